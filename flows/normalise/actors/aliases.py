"""The names of the actor tables, as texts write them, and who bears them."""

from typing import Final

import polars as pl

from flows.normalise.actors.classes import KINDS, LETTERS
from flows.normalise.actors.words import split_words
from schemas.reference.registry import Reference

MAX_WORDS: Final = 9
"""The longest name in words that the tables are asked for."""
BEARER_PRIOR: Final = {"country": 2.5, "place": 1.2, "organisation": 1.2, "group": 1.8, "person": 0.6}
"""How strongly a name of the tables that is another thing as well speaks for its bearer's kind."""

HEADS: Final = ("organisation_head", "place_head", "place_lead", "title", "role_modifier", "other_head")
"""Words of these classes are no names by themselves: Commission, Park."""


def compile_aliases(reference: Reference, common: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Compile the names of the actor tables.

    Args:
        reference: the tables actor, actor_alias and actor_word.
        common: `lookup`, ordinary words in lower case.

    Returns:
        The written names: `alias_no`, `norm` (words joined by a space), `word_count`, `title_count` (1 where the first
        word is a title, which stays outside the name), `word_class` (letter) and a prior for each kind. Their bearers:
        `alias_no`, `actor_id`, `actor_kind`, `country_code`, `origin`, `alias_type`, `needs_context`.
    """
    lone = reference["actor_word"].filter(pl.col("word_class") == "lone_organisation")["word"]
    titles = reference["actor_word"].filter(pl.col("word_class") == "title")["word"]
    title = pl.col("norm").str.extract(r"^(\S+) ").str.to_lowercase().is_in(titles.implode()).fill_null(value=False)
    rows = _spelled(_alias_rows(reference), common).with_columns(
        title_count=(title & (pl.col("actor_kind") == "person")).cast(pl.Int32),
        is_lone=pl.col("norm").str.to_lowercase().is_in(lone.implode()),
        is_word=pl.col("norm").str.to_lowercase().is_in(common["lookup"].implode()),
    )
    metonym = pl.col("alias_type").str.ends_with("_metonym") & (pl.col("named").sum().over("norm") > 0)
    written = (
        rows.filter(~metonym)
        .group_by("norm", maintain_order=True)
        .agg(
            pl.col("word_count").first(),
            pl.col("title_count").max(),
            kind=pl.col("kind").first(),
            kinds=pl.col("kind").n_unique(),
            needs_context=pl.col("needs_context").any(),
            is_word=pl.col("is_word").first(),
            is_lone=pl.col("is_lone").first(),
            **{f"{name}_prior": pl.col("prior").filter(pl.col("kind") == name).max() for name in KINDS},
        )
        .with_row_index("alias_no")
        .with_columns(pl.col([f"{name}_prior" for name in KINDS]).fill_null(0.0), word_class=_class_of_alias())
    )
    bearers = (
        rows.join(written.select("norm", "alias_no"), on="norm")
        .select("alias_no", "actor_id", "actor_kind", "country_code", "origin", "alias_type", "needs_context")
        .sort("alias_no", "actor_id", "needs_context")
        .unique(["alias_no", "actor_id"], keep="first", maintain_order=True)
    )
    priors = [f"{name}_prior" for name in KINDS]
    return written.select("alias_no", "norm", "word_count", "title_count", "word_class", *priors), bearers


def aliases_by_length(aliases: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """The written names of one word, of two words, up to the longest."""
    columns = ["norm", "alias_no", "word_count", "title_count", "word_class"]
    return tuple(aliases.filter(pl.col("word_count") == count).select(columns) for count in range(1, MAX_WORDS + 1))


def _alias_rows(reference: Reference) -> pl.DataFrame:
    """The aliases with their actors; an adjective is the people's, and the country's only where it has no people."""
    actors = reference["actor"].select("actor_id", "actor_kind", "country_code", "origin")
    rows = (
        reference["actor_alias"]
        .with_columns(pl.col("alias").str.strip_prefix("the "))
        .join(actors, on="actor_id", maintain_order="left")
        .filter(~_misleading(reference))
    )
    people = _of_people()
    is_group = pl.col("actor_kind") == "group"
    kind = pl.when(people).then(pl.lit("group")).otherwise(pl.col("actor_kind").replace({"country": "place"}))
    prior = pl.col("actor_kind").replace_strict(BEARER_PRIOR, return_dtype=pl.Float64)
    return (
        rows.filter(~(people & ~is_group & is_group.any().over("alias")))
        .with_columns(kind=kind, prior=prior, named=~pl.col("alias_type").str.ends_with("_metonym"))
        .with_row_index("run")
    )


def _of_people() -> pl.Expr:
    return pl.col("alias_type").is_in(["adjective", "demonym"])


def _misleading(reference: Reference) -> pl.Expr:
    """Names that mean too much by themselves: Park, The Union; and the end of a name alone: da Silva."""
    heads = reference["actor_word"].filter(pl.col("word_class").is_in(HEADS))
    is_head = pl.col("alias").str.to_lowercase().is_in(heads["word"].implode())
    vague = pl.col("needs_context") & (is_head | pl.col("alias").str.starts_with("The ")) & ~_of_people()
    is_ending = (pl.col("actor_kind") == "person") & pl.col("alias").str.contains(r"^\p{Ll}+ ")
    return vague | is_ending


def _spelled(rows: pl.DataFrame, common: pl.DataFrame) -> pl.DataFrame:
    """The rows with `norm`, their words as a text is split into them."""
    spelled = (
        split_words(rows.select("run", surface="alias"), common)
        .group_by("run", maintain_order=True)
        .agg("norm", word_count=pl.len())
        .with_columns(pl.col("norm").list.join(" "))
    )
    return rows.join(spelled, on="run", maintain_order="left").filter(pl.col("word_count") <= MAX_WORDS)


def _class_of_alias() -> pl.Expr:
    """A name that is another thing as well, or belongs to several kinds, is left to the context."""
    one_word = ~pl.col("norm").str.replace_all(" - ", "-", literal=True).str.contains(" ", literal=True)
    surname = (pl.col("kind") == "person") & one_word & (pl.col("title_count") == 0)
    other_thing = pl.col("needs_context") & one_word & (~surname | pl.col("is_word")) & (pl.col("kind") != "group")
    mixed = (pl.col("kinds") > 1) | other_thing
    name = (
        pl.when(mixed & pl.col("is_lone"))
        .then(pl.lit("lone_organisation"))
        .when(mixed)
        .then(pl.lit("ambiguous"))
        .when(surname)
        .then(pl.when("needs_context").then(pl.lit("family")).otherwise(pl.lit("surname")))
        .otherwise("kind")
    )
    return name.replace_strict(LETTERS, return_dtype=pl.String)
