"""Endless sentences: figures are paired with the words of their own passage, however many passages there are."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.normalise.claims.passages import AT_ONCE, pair_in_parts


def pairs(figures: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    return figures.join(words, on="sentence_id")


def frame(counts: list[int], number: str) -> pl.DataFrame:
    """So many rows for each sentence, numbered."""
    sentences = [sentence for sentence, count in enumerate(counts) for _ in range(count)]
    return pl.DataFrame({"sentence_id": sentences}, schema={"sentence_id": pl.UInt32}).with_row_index(number)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, AT_ONCE), st.integers(0, 3)), min_size=1, max_size=6))
def test_parts_have_the_pairs_of_the_whole_once_each(counts: list[tuple[int, int]]) -> None:
    figures, words = frame([some for some, _ in counts], "row"), frame([some for _, some in counts], "word")
    found = pair_in_parts(figures, words, pairs)
    assert found.sort("row", "word").equals(pairs(figures, words).sort("row", "word"))


def test_no_part_is_much_larger_than_it_may_be() -> None:
    figures, words = frame([100] * 1000, "row"), frame([1] * 1000, "word")
    sizes: list[int] = []

    def noted(some: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
        sizes.append(some.height)
        return pairs(some, beside)

    assert pair_in_parts(figures, words, noted).height == figures.height
    assert max(sizes) <= AT_ONCE + 100
