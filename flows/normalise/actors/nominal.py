"""Common nouns that stand for an actor: the British prime minister, by the article's day; the general, named before."""

from typing import Final

import polars as pl

from flows.normalise.actors.rules import ActorRules
from flows.normalise.spans import find_spans

HOLDER: Final = 0.85
"""Confidence in the only holder of an office on the article's day."""
CARRIED: Final = 0.6
"""Confidence that a noun stands for the last actor before it whom it fits."""


def nominal_mentions(
    mentions: pl.DataFrame, sentences: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules
) -> pl.DataFrame:
    """Find the nouns that stand for actors.

    Args:
        mentions: resolved names with `after`, `norm`, `role`.
        sentences: `sentence_id`, `article_no`, `text`.
        articles: `article_no`, `published_on`.
        rules: the compiled rules.

    Returns:
        A mention frame with the own columns of fact_actor_mention and `rule`.
    """
    found = [_office_holders(mentions, articles, rules), _carried(mentions, sentences, rules)]
    return pl.concat(found, how="diagonal_relaxed").with_columns(mention_type=pl.lit("nominal"))


def _office_holders(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """A country or nationality and an office after it, with no name: who held it on the article's day."""
    parts = pl.col("after").str.extract_groups(rules.office_pattern).struct
    day = pl.col("published_on")
    asked = (
        mentions.filter(pl.col("actor_kind").is_in(["country", "group"]))
        .with_columns(added=parts.field("1"), phrase=parts.field("2"), name_follows=parts.field("3").is_not_null())
        .filter(pl.col("phrase").is_not_null(), ~pl.col("name_follows"))
        .join(rules.office_words, on="phrase")
        .join(rules.parents, on="actor_id", how="left")
        .with_columns(of_actor_id=pl.coalesce("parent", "actor_id"))
        .join(articles.select("article_no", "published_on"), on="article_no")
    )
    held = rules.offices.rename({"actor_id": "holder"})
    return (
        asked.join(held, on=["of_actor_id", "office"])
        .filter(pl.col("from_on") <= day, pl.col("to_on").is_null() | (pl.col("to_on") >= day))
        .unique(["mention", "holder"], maintain_order=True)
        .filter(pl.len().over("mention") == 1)
        .select(
            "sentence_id",
            "start",
            end=(pl.col("end") + pl.col("added").str.len_chars()).cast(pl.Int32),
            surface=pl.concat_str("surface", "added"),
            actor_id="holder",
            actor_kind=pl.lit("person"),
            role="phrase",
            resolution=pl.lit("office"),
            confidence=pl.lit(HOLDER),
            rule=pl.lit("office_holder"),
        )
    )


def _carried(mentions: pl.DataFrame, sentences: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """A noun with its article: the last actor before it in the article whose title or head noun it is."""
    nouns = (
        find_spans(sentences.filter(pl.col("text").str.contains(rules.nominal_hint)), rules.nominal_pattern)
        .join(sentences.select("sentence_id", "article_no"), on="sentence_id", maintain_order="left")
        .with_columns(nominal=pl.col("surface").str.to_lowercase().str.replace(r"^the\s+", ""), order=_order())
    )
    known = _antecedents(mentions, rules).sort("order")
    return (
        nouns.sort("order")
        .join_asof(known, on="order", by=["article_no", "nominal"], strategy="backward", check_sortedness=False)
        .filter(pl.col("actor_id").is_not_null())
        .select(
            "sentence_id",
            "start",
            "end",
            "surface",
            "actor_id",
            "actor_kind",
            role=pl.lit(None, pl.String),
            resolution=pl.lit("short"),
            confidence=pl.lit(CARRIED),
            rule=pl.lit("carried_noun"),
        )
    )


def _antecedents(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Actors with the nouns that may stand for them: `order`, `article_no`, `nominal`, `actor_id`, `actor_kind`."""
    is_person = pl.col("actor_kind") == "person"
    source = pl.when(is_person).then("role").otherwise("norm")
    word = source.str.to_lowercase().str.extract(r"([\p{L}-]+)\.?$")
    return (
        mentions.select("article_no", "actor_id", "actor_kind", word=word, order=_order())
        .filter(pl.col("word").is_not_null())
        .join(rules.nominals, on=["word", "actor_kind"])
        .select("order", "article_no", "nominal", "actor_id", "actor_kind")
    )


def _order() -> pl.Expr:
    """The place in the text as one number: sentences ascend in reading order."""
    return pl.col("sentence_id").cast(pl.Int64) * 2**32 + pl.col("start").cast(pl.Int64)
