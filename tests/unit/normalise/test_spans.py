"""The span engine on arbitrary text: exact offsets, no overlap, linear time."""

import time

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from flows.normalise.spans import find_spans, keep_best, with_neighbours

SENTENCES = {"sentence_id": pl.UInt32, "text": pl.String}
PATTERNS = (r"\w+", r"\d+(?:\.\d+)?", r"[^\s]", r"(?i)[a-f]+|é", r"\s+")
texts = st.lists(
    st.text(st.characters(exclude_characters="\x01\x02", exclude_categories=["Cs"])), min_size=1, max_size=5
)


def sentences(*lines: str) -> pl.DataFrame:
    return pl.DataFrame({"sentence_id": range(len(lines)), "text": lines}, schema=SENTENCES)


def candidates(*rows: tuple[int, int, int, int]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["sentence_id", "start", "end", "priority"], orient="row")
    return frame.with_columns(surface=pl.format("{}-{}", "start", "end"))


def spans(frame: pl.DataFrame) -> list[tuple[int, int]]:
    return frame.select("start", "end").rows()


@given(texts, st.sampled_from(PATTERNS))
def test_the_text_at_a_span_is_its_surface(lines: list[str], pattern: str) -> None:
    found = find_spans(sentences(*lines), pattern)
    for sentence, start, end, surface in found.iter_rows():
        assert lines[sentence][start:end] == surface
        assert surface


@given(texts, st.sampled_from(PATTERNS))
def test_every_match_is_found_in_order_and_without_overlap(lines: list[str], pattern: str) -> None:
    found = find_spans(sentences(*lines), pattern)
    expected = pl.DataFrame({"text": lines}).select(pl.col("text").str.count_matches(pattern)).sum().item()
    assert found.height == expected
    for _, group in found.group_by("sentence_id"):
        assert (group["start"].shift(-1) >= group["end"]).all()


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(1, 20), st.integers(0, 3)), max_size=30))
def test_what_is_kept_never_overlaps_and_what_is_dropped_overlaps_something_kept(
    rows: list[tuple[int, int, int, int]],
) -> None:
    all_rows = candidates(*((s, start, start + length, p) for s, start, length, p in rows))
    kept = [row[:3] for row in keep_best(all_rows).select("sentence_id", "start", "end").rows()] if rows else []
    for s, start, end in kept:
        assert not any(s == o and start < e and b < end for o, b, e in kept if (o, b, e) != (s, start, end))
    for s, start, length, _ in rows:
        assert any(s == o and start < e and b < start + length for o, b, e in kept)


def test_the_longest_wins_then_the_lowest_priority_then_the_first() -> None:
    assert spans(keep_best(candidates((0, 0, 8, 9), (0, 0, 3, 0), (0, 4, 8, 0)))) == [(0, 8)]
    assert spans(keep_best(candidates((0, 0, 4, 2), (0, 2, 6, 1)))) == [(2, 6)]
    assert spans(keep_best(candidates((0, 0, 4, 1), (0, 2, 6, 1)))) == [(0, 4)]


def test_neighbours_are_cut_at_the_sentence() -> None:
    lines = sentences("about 50 nations", "50")
    found = with_neighbours(find_spans(lines, r"\d+"), lines, width=4)
    assert found.select("before", "after").rows() == [("out ", " nat"), ("", "")]


def test_a_long_chain_of_overlapping_candidates_takes_linear_time() -> None:
    def seconds(length: int) -> float:
        chain = pl.DataFrame({"start": range(length)}).select(
            sentence_id=pl.lit(0), start="start", end=pl.col("start") + 3, surface=pl.lit("x"), priority=pl.lit(0)
        )
        begin = time.process_time()
        keep_best(chain)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(160_000) < 100 * seconds(10_000), "16 times the length: 256 times would be quadratic"
