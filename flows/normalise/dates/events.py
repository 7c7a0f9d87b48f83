"""Expressions dated by a named event of the table of world events: "since Russia's invasion"."""

import polars as pl

from flows.normalise.dates.lexicon import SPACE
from flows.normalise.spans import find_spans

ANCHORS = rf"(?i:since|after|before|until|following|preceding|prior{SPACE}to|in{SPACE}the{SPACE}wake{SPACE}of)"
"""The prepositions and conjunctions by which an event becomes a date; an event merely told is none."""


def find_event_dates(articles: pl.DataFrame, sentences: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Find and date the mentions of world events that anchor a time.

    An event later than the day of publication is not the one that is meant; of several with the same name the latest
    one before publication is.

    Args:
        articles: `article_no`, `published_on`.
        sentences: `sentence_id`, `article_no`, `text`.
        events: reference table `world_event`.

    Returns:
        A mention frame with the columns of FactDateMention and `rule`.
    """
    names = "|".join(f"(?:{pattern})" for pattern in events["pattern"])
    article = SPACE.join(("(?:(?:the|an?|last year['’]s)", ")?"))
    anchor = rf"(?-u:\b){ANCHORS}{SPACE}{article}"
    event = rf"{anchor}(?:{_spaced(names)})(?-u:\b)"
    found = find_spans(sentences.filter(pl.col("text").str.contains(event)), event)
    name = pl.col("surface").str.replace(rf"^{ANCHORS}{SPACE}", "")
    named = found.with_columns(start=(pl.col("end") - name.str.len_chars()).cast(pl.Int32), surface=name)
    meant = pl.concat_list(
        pl.when(pl.col("surface").str.contains(f"^{article}(?:{_spaced(pattern)})$")).then(pl.lit(starts_on))
        for pattern, starts_on in zip(events["pattern"], events["starts_on"], strict=True)
    )
    dated = named.with_columns(starts_on=meant).explode("starts_on").drop_nulls("starts_on")
    published = articles.select("article_no", "published_on")
    return (
        dated.join(sentences.select("sentence_id", "article_no"), on="sentence_id")
        .join(published, on="article_no")
        .filter((pl.col("starts_on") <= pl.col("published_on")).fill_null(value=True))
        .sort("sentence_id", "start", "starts_on")
        .unique(["sentence_id", "start", "end"], keep="last", maintain_order=True)
        .with_columns(
            timex_type=pl.lit("DATE"),
            timex_value=pl.col("starts_on").dt.to_string("%Y-%m-%d"),
            timex_mod=pl.lit(None, pl.String),
            ends_on="starts_on",
            granularity=pl.lit("day"),
            resolution=pl.lit("event"),
            rule=pl.lit("world_event"),
        )
    )


def _spaced(pattern: str) -> str:
    """The pattern with any white space where it has a space."""
    return pattern.replace(" ", SPACE)
