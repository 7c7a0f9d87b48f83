"""What kind of actor a name is: the pattern, the words around it and what the same article says elsewhere are added up."""

from typing import Final

import polars as pl

from flows.normalise.actors.rules import KINDS, ActorRules

SURE: Final = 6.0
"""A pattern of this weight needs no context: a name of the tables that is nothing else."""
FAMILY_NAME: Final = 4.0
"""Weight for a person where the article gives the full name with this last word."""
GIVEN_NAME: Final = 2.0
"""Weight for a person where the article gives the full name with this first word."""
ACRONYM: Final = 3.0
"""Weight for an organisation whose initials the article spells out."""
MOST_CUES: Final = 3.0
"""Cues of a kind count up to this, however often they come."""

WEIGHTS: Final = (*KINDS, "other")


def judge(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Decide the kind of each name; names that are more likely no actor are dropped.

    Returns:
        The mentions with `kind` (person, organisation, place, group), `score` and `is_sure`.
    """
    weighed = mentions.join(rules.weights.drop("priority"), on="rule", how="left", maintain_order="left")
    sure = pl.max_horizontal(*KINDS) >= SURE
    open_ones = weighed.filter(~sure)
    names = _add_article(_weigh_names(open_ones, rules), weighed.filter(sure))
    decided = names.with_columns(_kind()).filter(pl.col("score") > pl.col("other"))
    kinds = decided.select("article_no", "norm", "kind", "score")
    return pl.concat(
        [
            weighed.filter(sure).with_columns(_kind()).with_columns(is_sure=True).drop(WEIGHTS),
            open_ones.drop(WEIGHTS).join(kinds, on=["article_no", "norm"]).with_columns(is_sure=False),
        ]
    ).sort("mention")


def _kind() -> list[pl.Expr]:
    best = pl.max_horizontal(*KINDS)
    chosen = pl.coalesce(pl.when(pl.col(name) == best).then(pl.lit(name)) for name in KINDS)
    return [chosen.alias("kind"), best.alias("score")]


def _weigh_names(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """One row for each name of each article: the strongest pattern plus its cues."""
    cues = _cues(mentions, rules)
    most = mentions.group_by("article_no", "norm").agg(pl.col(WEIGHTS).mean())
    heard = cues.group_by("article_no", "norm").agg(pl.col(WEIGHTS).sum().clip(upper_bound=MOST_CUES))
    joined = most.join(heard, on=["article_no", "norm"], how="left", suffix="_cue")
    return joined.select(
        "article_no", "norm", *(pl.col(name) + pl.col(f"{name}_cue").fill_null(0.0) for name in WEIGHTS)
    )


def _cues(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    before = pl.col("before").str.to_lowercase().str.extract_groups(r"(?:(\S+)\s+)?(\S+)\s*$").struct
    after = pl.col("after").str.to_lowercase().str.extract_groups(r"^\s*([^\s.,;:]+|[.,;:])\s*([^\s.,;:]+)?").struct
    sides = mentions.select(
        "article_no",
        "norm",
        before_one=before.field("2"),
        before_two=pl.concat_str(before.field("1"), before.field("2"), separator=" "),
        after_one=after.field("1"),
        after_two=pl.concat_str(after.field("1"), after.field("2"), separator=" "),
    )
    found = [
        sides.select("article_no", "norm", cue=column).join(
            rules.cues.filter(pl.col("side") == side).drop("side"), on="cue"
        )
        for side, column in (
            ("before", "before_one"),
            ("before", "before_two"),
            ("after", "after_one"),
            ("after", "after_two"),
        )
    ]
    return pl.concat(found).drop("cue")


def _add_article(names: pl.DataFrame, sure: pl.DataFrame) -> pl.DataFrame:
    """Add what other names of the same article say: full names of persons, spelled-out organisations."""
    several = pl.col("norm").str.contains(" ", literal=True)
    decided = (
        pl.concat([names.with_columns(_kind()), sure.with_columns(_kind())], how="diagonal")
        .filter(several)
        .select("article_no", "norm", "kind")
    )
    persons = decided.filter(pl.col("kind") == "person")
    first = persons.select("article_no", norm=pl.col("norm").str.extract(r"^(\S+)"), given=GIVEN_NAME).unique()
    last = persons.select("article_no", norm=pl.col("norm").str.extract(r"(\S+)$"), family=FAMILY_NAME).unique()
    spelled = (
        decided.filter(pl.col("kind") == "organisation")
        .select("article_no", norm=initials(pl.col("norm")), spelled=ACRONYM)
        .unique()
    )
    return (
        names.join(first, on=["article_no", "norm"], how="left")
        .join(last, on=["article_no", "norm"], how="left")
        .join(spelled, on=["article_no", "norm"], how="left")
        .with_columns(
            person=pl.col("person") + pl.max_horizontal("given", "family").fill_null(0.0),
            organisation=pl.col("organisation") + pl.col("spelled").fill_null(0.0),
        )
        .drop("given", "family", "spelled")
    )


def initials(name: pl.Expr) -> pl.Expr:
    """The capitals with which a name's words begin."""
    return name.str.replace_all(r"(?:^|[\s-])(\p{Lu})[^\s-]*", "$1").str.replace_all(r"[^\p{Lu}]", "")
