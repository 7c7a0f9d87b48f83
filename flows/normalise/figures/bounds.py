"""What limits a figure (at least, about, or more) and which way it went (rose, down, a decline of)."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flows.normalise.figures.words import alternation

START = r"(?i)(?:^|[^\p{L}-])"
WORD = r"[^\s\d,;:.(]+"
OPENING = r"[\s(“\"'‘]*$"


@dataclass(frozen=True, slots=True)
class BoundRules:
    """The regexes of bounds and directions; group 1 of each is the word to look up."""

    before: str
    after: str
    verb: str
    change: str
    noun: str
    bounds: pl.DataFrame
    directions: pl.DataFrame


def compile_bounds(bounds: pl.DataFrame, directions: pl.DataFrame) -> BoundRules:
    """Compile the tables `figure_bound` and `figure_direction`."""
    phrase = {side: bounds.filter(side=side)["phrase"] for side in ("before", "after")}
    worded = phrase["before"].str.contains(r"\p{L}$")
    words, signs = alternation(phrase["before"].filter(worded)), alternation(phrase["before"].filter(~worded))
    cue = {name: alternation(directions.filter(cue=name)["word"]) for name in ("verb", "noun", "change", "filler")}
    between = alternation(directions.filter(cue="inside")["word"])
    return BoundRules(
        before=rf"(?i)(?:(?:^|[^\p{{L}}\p{{N}}])({words})(?:[\s-]+{between})?|({signs}))[\s-]*[(“\"'‘]*$",
        after=rf"(?i)^(?:\s+\p{{L}}+){{0,2}}?\s*({alternation(phrase['after'])})(?:[^\p{{L}}]|$)",
        verb=rf"{START}({cue['verb']})(?:(?:\s+{WORD}){{1,3}}\s+by)?(?:\s+{cue['filler']})*{OPENING}",
        change=rf"{START}(?:{cue['verb']}|{cue['noun']}|{cue['change']})(?:[\s,]+{WORD}){{0,6}}[\s,]+from\s+(?:\p{{L}}+\s+){{0,2}}$",
        noun=rf"{START}({cue['noun']})\s+of(?:[\s]+{cue['filler']})*{OPENING}",
        bounds=bounds,
        directions=directions,
    )


def read_bounds(figures: pl.DataFrame, rules: BoundRules, patterns: Mapping[str, str]) -> pl.DataFrame:
    """Add `bound` and set `low` and `high` accordingly: null is an open end."""
    first, sign = (pl.col("before").str.extract(rules.before, i) for i in (1, 2))
    ahead = pl.coalesce(first, sign).str.to_lowercase().str.replace_all(r"\s+", " ")
    own = pl.when(~pl.col("rest").str.contains(patterns["next_bound"])).then(pl.col("rest"))
    behind = own.str.extract(rules.after, 1).str.to_lowercase()
    table = {side: rules.bounds.filter(side=side) for side in ("before", "after")}
    during = (pl.col("dimension") == "duration") & ~pl.col("before").str.contains(patterns["lasting"])
    place = pl.col("before").str.contains(patterns["circling"])
    literal = ((pl.col("_before") == "over") & during.fill_null(value=False)) | place
    found = figures.with_columns(_before=ahead, _after=behind).with_columns(
        _before=pl.when(~literal.fill_null(value=False)).then("_before")
    )
    for column, side in (("_before", "before"), ("_after", "after")):
        phrases = table[side].select(pl.col("phrase").alias(column), pl.col("bound").alias(f"{column}_bound"))
        found = found.join(phrases, on=column, how="left", maintain_order="left")
    ranged = pl.col("pair").is_in(["range", "change"]).fill_null(value=False) | pl.col("value").is_null()
    fixed = pl.col("pair").is_in(["tally", "ratio"]).fill_null(value=False)
    bound = (
        pl.when(ranged)
        .then(pl.lit("range"))
        .when(fixed)
        .then(pl.lit("exact"))
        .otherwise(pl.coalesce("_before_bound", "_after_bound", pl.lit("exact")))
    )
    return found.with_columns(bound=bound, up_to=pl.col("_before") == "up to").drop(
        "_before", "_after", "_before_bound", "_after_bound"
    )


def open_ends(bound: pl.Expr, low: pl.Expr, high: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """`low` and `high` as the bound leaves them: over and at least have no upper end, under and at most no lower."""
    return (
        pl.when(bound.is_in(["under", "at_most"])).then(None).otherwise(low),
        pl.when(bound.is_in(["over", "at_least"])).then(None).otherwise(high),
    )


def read_directions(figures: pl.DataFrame, rules: BoundRules, patterns: Mapping[str, str]) -> pl.DataFrame:
    """Add `direction`; a minus sign makes the value negative and is part of the figure."""
    before = pl.col("before")
    verb, noun = before.str.extract(rules.verb, 1), before.str.extract(rules.noun, 1)
    phrasal = before.str.contains(patterns["phrasal"])
    verbs = rules.directions.filter(cue="verb").select(_verb="word", _verb_direction="direction")
    nouns = rules.directions.filter(cue="noun").select(_noun="word", _noun_direction="direction")
    found = (
        figures.with_columns(
            _verb=pl.when(~pl.col("up_to").fill_null(value=False) & ~phrasal).then(verb.str.to_lowercase()),
            _noun=noun.str.to_lowercase(),
            negative=before.str.contains(patterns["negative"]),
            signed=before.str.contains(patterns["sign"]),
            plus=before.str.contains(patterns["plus"]),
        )
        .join(verbs, on="_verb", how="left", maintain_order="left")
        .join(nouns, on="_noun", how="left", maintain_order="left")
    )
    signed = pl.when("negative").then(pl.lit("down")).when("plus").then(pl.lit("up"))
    return found.with_columns(direction=pl.coalesce("turned", signed, "_verb_direction", "_noun_direction")).drop(
        "_verb", "_noun", "_verb_direction", "_noun_direction", "plus", "up_to"
    )
