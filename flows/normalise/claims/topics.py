"""What a figure is about: cues near it, weighted by their distance and the breaks between."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import FIGURE, MENTION, NOUN, PARTY
from flows.normalise.claims.rules import ClaimRules

SHARES: Final = ("percent", "ratio")
MEASURES: Final = ("mass", "volume", "energy", "power", "area")
LEAST: Final = 0.9
"""The least evidence that makes a topic."""
PER_WORD, PER_BREAK = 0.09, 0.7
"""How much farther a cue is for each word and each break between it and the figure."""
OWN: Final = 2.5
"""How much more a cue counts in the noun phrase that the figure counts."""
OWN_PHRASE: Final = f"^([em]*(?:oa?)?(?:[em]*)(?:[{MENTION}{PARTY}{NOUN}]s?)*[{MENTION}{PARTY}{NOUN}])"


def figure_classes(figures: pl.DataFrame) -> pl.DataFrame:
    """Keep the figures that may make claims, with `figure_class`."""
    dimension = pl.col("dimension")
    figure_class = (
        pl.when(dimension == "money")
        .then(pl.lit("money"))
        .when(dimension.is_in(SHARES))
        .then(pl.lit("share"))
        .when(dimension == "tally")
        .then(pl.lit("tally"))
        .when((dimension == "count") & (pl.col("unit") == "person"))
        .then(pl.lit("people"))
        .when((dimension == "count") | dimension.is_in(MEASURES))
        .then(pl.lit("thing"))
    )
    return figures.with_columns(figure_class=figure_class).filter(pl.col("figure_class").is_not_null())


def add_topics(figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Give each figure its topic.

    Args:
        figures: `row`, `sentence_id`, `word`, `figure_class`, `right` (the letters behind it).
        words: of `claim_words`, with `breaks`.
        rules: the compiled rules.

    Returns:
        The figures with `topic` (count where nothing tells more), `own` (words of the phrase behind it).
    """
    own = figures.with_columns(
        own=pl.col("right").str.extract(OWN_PHRASE, 1).str.len_chars().fill_null(0).cast(pl.Int32)
    )
    cues = _cues(words, rules)
    near = own.select("row", "sentence_id", "figure_class", "own", "breaks", place="word").join(
        cues, on="sentence_id", suffix="_cue"
    )
    step = pl.col("word") - pl.col("place")
    inside = (step > 0) & (step <= pl.col("own"))
    distance = 1 + PER_WORD * step.abs() + PER_BREAK * (pl.col("breaks") - pl.col("breaks_cue")).abs()
    weight = pl.when(inside).then(pl.col("weight") * OWN).otherwise(pl.col("weight")) / distance
    best = (
        near.filter(pl.col("applies").is_in(["any"]) | (pl.col("applies") == pl.col("figure_class")))
        .with_columns(weight=weight)
        .group_by("row", "topic")
        .agg(pl.col("weight").sum())
        .filter(pl.col("weight") >= LEAST)
        .sort("row", "weight", "topic", descending=[False, True, False])
        .unique("row", keep="first", maintain_order=True)
        .select("row", "topic")
    )
    return own.join(best, on="row", how="left", maintain_order="left").with_columns(pl.col("topic").fill_null("count"))


def _cues(words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """The words that tell topics: `sentence_id`, `word`, `breaks`, `applies`, `topic`, `weight`."""
    found = []
    for part, column in (("verb", "verb"), ("noun", "noun"), ("word", "form")):
        table = rules.cues.filter(part_of_speech=part).drop("part_of_speech")
        found.append(
            words.filter(pl.col("letter") != FIGURE)
            .select("sentence_id", "word", "breaks", cue=column)
            .join(table, on="cue")
            .drop("cue")
        )
    return pl.concat(found)
