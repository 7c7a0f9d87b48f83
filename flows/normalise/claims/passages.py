"""Endless sentences in passages: a clause is looked for among its neighbours, not in a book without a full stop."""

from collections.abc import Callable
from typing import Final

import polars as pl

from flows.normalise.spans import find_spans

LONGEST: Final = 1500
"""Characters of a passage: of 95,000 sentences of news seven are longer, all of them lists. The places of a predicate
are looked for from each figure to the ends of its passage, so that time and memory grow with its length squared."""

AT_ONCE: Final = 10_000
"""Figures that are paired with the words of their passages at a time: more of them than a batch of news has."""


def are_long(sentences: pl.DataFrame) -> bool:
    """Whether any sentence has to be cut."""
    return bool((sentences["text"].str.len_chars() > LONGEST).any())


def cut(sentences: pl.DataFrame) -> pl.DataFrame:
    """The passages of sentences, the short ones whole.

    Args:
        sentences: `sentence_id`, `article_no`, `span_start`, `text`, in reading order.

    Returns:
        The same columns, `sentence_id` counting passages and `span_start` being that of the passage; `whole` is the
        sentence's own id and `skipped` the characters of it before the passage.
    """
    long = pl.col("text").str.len_chars() > LONGEST
    found = find_spans(sentences.filter(long), rf"(?s).{{1,{LONGEST}}}")
    whole = sentences.filter(~long).select("sentence_id", "text", skipped=pl.lit(0, pl.Int32))
    pieces = pl.concat([whole, found.select("sentence_id", text="surface", skipped="start")])
    return (
        sentences.drop("text")
        .join(pieces, on="sentence_id", maintain_order="left_right")
        .rename({"sentence_id": "whole"})
        .with_row_index("sentence_id")
        .with_columns(pl.col("span_start") + pl.col("skipped"))
    )


def within(mentions: pl.DataFrame, passages: pl.DataFrame) -> pl.DataFrame:
    """A mention frame of sentences as one of their passages; what lies across the end of one is left out."""
    place = passages.select("sentence_id", "whole", "skipped")
    start = pl.col("start") // LONGEST * LONGEST
    return (
        mentions.filter(pl.col("end") - start <= LONGEST)
        .with_columns(skipped=start)
        .rename({"sentence_id": "whole"})
        .join(place, on=["whole", "skipped"], maintain_order="left")
        .with_columns(pl.col("start", "end") - pl.col("skipped"))
        .drop("whole", "skipped")
    )


def put_together(mentions: pl.DataFrame, passages: pl.DataFrame) -> pl.DataFrame:
    """A mention frame of passages as one of their sentences again."""
    place = passages.select("sentence_id", "whole", "skipped")
    return (
        mentions.join(place, on="sentence_id", maintain_order="left")
        .with_columns(pl.col("start", "end") + pl.col("skipped"), sentence_id="whole")
        .drop("whole", "skipped")
    )


def pair_in_parts(
    figures: pl.DataFrame, words: pl.DataFrame, step: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Run a step that pairs figures with words of their sentences on so many figures at a time.

    A passage of nothing but figures and verbs has a hundred pairs for each of its figures: those of a whole text, all
    at once, would take two gigabytes a megabyte.

    Args:
        figures: `sentence_id`, in reading order.
        words: `sentence_id`, in reading order.
        step: looks at no more than one sentence at a time.
    """
    if figures.height <= AT_ONCE:
        return step(figures, words)
    begins = figures["sentence_id"].gather_every(AT_ONCE).unique(maintain_order=True)
    first, from_word = (frame["sentence_id"].search_sorted(begins).to_list() for frame in (figures, words))
    parts = zip(first, [*first[1:], None], from_word, [*from_word[1:], None], strict=True)
    return pl.concat(step(figures[a:b], words[c:d]) for a, b, c, d in parts)
