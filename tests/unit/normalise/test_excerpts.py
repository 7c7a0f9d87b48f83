"""Excerpts of texts of any length: a span reads from its excerpt what it would read from its text."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from flows.normalise.excerpts import WIDTH, with_excerpts

LETTERS = "aé€😀\n "
places = st.tuples(st.integers(0, 3), st.integers(0, 4 * WIDTH), st.integers(0, 2 * WIDTH))


@given(st.lists(st.integers(0, 4 * WIDTH), min_size=4, max_size=4), st.lists(places, max_size=20))
def test_an_excerpt_holds_what_is_asked_for(lengths: list[int], asked: list[tuple[int, int, int]]) -> None:
    lines = [(LETTERS * length)[no:][:length] for no, length in enumerate(lengths)]
    texts = pl.DataFrame({"line": range(4), "text": lines})
    inside = [(no, start, start + length) for no, start, length in asked if start < len(lines[no])]
    spans = pl.DataFrame(inside, schema={"line": pl.Int64, "start": pl.Int32, "end": pl.Int32}, orient="row")
    start, end, base = pl.col("start"), pl.col("end"), pl.col("base")
    found = with_excerpts(spans, texts, "line", start, end).with_columns(
        read=pl.col("excerpt").str.slice(start - base, end - start)
    )
    expected = [(no, first, past, lines[no][first:past]) for no, first, past in inside]
    assert sorted(found.select("line", "start", "end", "read").rows()) == sorted(expected)


def test_an_excerpt_is_no_longer_than_what_is_asked_for_and_a_piece_on_each_side() -> None:
    texts = pl.DataFrame({"line": [0], "text": ["x" * 100 * WIDTH]})
    spans = pl.DataFrame({"line": [0, 0], "start": [0, 50 * WIDTH + 1], "end": [1, 52 * WIDTH]})
    found = with_excerpts(spans, texts, "line", pl.col("start"), pl.col("end")).sort("start")
    assert found["excerpt"].str.len_chars().to_list() == [WIDTH, 2 * WIDTH]
