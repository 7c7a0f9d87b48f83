"""What kind of actor a name is: its pattern, the words around it and the rest of the article are summed up."""

from typing import Final

import polars as pl

from flows.normalise.actors.classes import KINDS
from flows.normalise.actors.elsewhere import add_elsewhere
from flows.normalise.actors.rules import ActorRules

SURE: Final = 4.0
"""A pattern of this weight needs no context: a name of the tables that is nothing else."""
MOST_CUES: Final = 3.0
"""Cues of a kind count up to this, however often they come."""
IN_OFFICE: Final = 1.0
"""Weight for a person who bears the name and is in office on the article's day."""
UNBORNE: Final = -2.0
"""Weight for a kind of which a name of the tables has no bearer."""
WEIGHTS: Final = (*KINDS, "other")
DIGITS: Final = 6
"""Decimals of a sum of weights that count: the rest tells in which order they were added."""


def judge(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Decide the kind of each name; names that are more likely no actor are dropped.

    Args:
        mentions: what `find_mentions` returns.
        articles: `article_no`, `published_on`.
        rules: the compiled rules.

    Returns:
        The mentions with `kind` (person, organisation, place, group), `score` and `is_sure`.
    """
    weighed = mentions.join(rules.weights.drop("priority", "is_live"), on="rule", how="left", maintain_order="left")
    is_sure = pl.max_horizontal(*KINDS) >= SURE
    sure = weighed.filter(is_sure).with_columns(best_kind())
    doubtful = _add_bearers(weighed.filter(~is_sure), articles, rules)
    names = add_elsewhere(_weigh_names(doubtful, rules), sure, mentions)
    decided = names.with_columns(best_kind()).filter(pl.col("score") > pl.col("other"))
    kinds = decided.select("article_no", "norm", "kind", "score")
    settled = doubtful.drop(WEIGHTS).join(kinds, on=["article_no", "norm"], maintain_order="left")
    return sure.drop(WEIGHTS).with_columns(is_sure=True).merge_sorted(settled.with_columns(is_sure=False), "mention")


def best_kind() -> list[pl.Expr]:
    """`kind` and `score`: the kind of the largest weight, and that weight."""
    best = pl.max_horizontal(*KINDS)
    chosen = pl.coalesce(pl.when(pl.col(name) == best).then(pl.lit(name)) for name in KINDS)
    return [chosen.alias("kind"), best.alias("score")]


def _add_bearers(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Add what the bearers of a name of the tables speak for, most of all who is in office on the article's day."""
    priors = rules.aliases.select("alias_no", *(pl.col(f"{name}_prior") for name in KINDS))
    joined = mentions.join(priors, on="alias_no", how="left", maintain_order="left")
    weighed = joined.with_columns(
        pl.col(name) + pl.col(f"{name}_prior").replace(0.0, UNBORNE).fill_null(0.0) for name in KINDS
    )
    in_office = _in_office(mentions, articles, rules)
    return (
        weighed.drop(f"{name}_prior" for name in KINDS)
        .join(in_office, on=["article_no", "alias_no"], how="left", maintain_order="left")
        .with_columns(person=pl.col("person") + pl.col("in_office").fill_null(0.0))
        .drop("in_office")
    )


def _in_office(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Names of which a bearer is in office on the article's day: `article_no`, `alias_no`, `in_office`."""
    day = pl.col("published_on")
    asked = (
        mentions.filter(pl.col("alias_no").is_not_null()).select("article_no", "alias_no").unique(maintain_order=True)
    )
    return (
        asked.join(articles.select("article_no", "published_on"), on="article_no")
        .join(rules.bearers.select("alias_no", "actor_id"), on="alias_no")
        .join(rules.offices.select("actor_id", "from_on", "to_on"), on="actor_id")
        .filter(pl.col("from_on") <= day, pl.col("to_on").is_null() | (pl.col("to_on") >= day))
        .select("article_no", "alias_no", in_office=IN_OFFICE)
        .unique(maintain_order=True)
    )


def _weigh_names(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """One row for each name of each article: its patterns on average plus its cues."""
    average = mentions.group_by("article_no", "norm").agg(pl.col(WEIGHTS).mean())
    cues = _cues(mentions, rules).group_by("article_no", "norm").agg(pl.col(WEIGHTS).sum().clip(upper_bound=MOST_CUES))
    joined = average.join(cues, on=["article_no", "norm"], how="left", suffix="_cue")
    both = {name: pl.col(name) + pl.col(f"{name}_cue").fill_null(0.0) for name in WEIGHTS}
    return joined.select("article_no", "norm", **{name: weight.round(DIGITS) for name, weight in both.items()})


def _cues(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """The cues of one and of two words on both sides: a row each, with their weights."""
    before = pl.col("before").str.to_lowercase().str.strip_chars_end().str.replace_all("\n", " ", literal=True)
    after = pl.col("after").str.to_lowercase().str.extract_groups(r"^\s*([^\s.,;:]+|[.,;:])\s*([^\s.,;:]+)?")
    words = mentions.select("article_no", "norm", before=before.str.split(" ").list.tail(2), after=after)
    near, far = pl.col("after").struct.field("1"), pl.col("after").struct.field("2")
    sides = {
        "before": (pl.col("before").list.get(-1, null_on_oob=True), pl.col("before").list.join(" ")),
        "after": (near, pl.concat_str(near, far, separator=" ")),
    }
    found = [
        words.select("article_no", "norm", cue=cue).join(rules.cues[side], on="cue")
        for side, cues in sides.items()
        for cue in cues
    ]
    return pl.concat(found).drop("cue")
