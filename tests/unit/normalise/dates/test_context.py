import polars as pl

from flows.normalise.spans import find_spans, find_spans_in_context


def sentences(*texts: str) -> pl.DataFrame:
    return pl.DataFrame({"sentence_id": range(len(texts)), "text": texts}, schema_overrides={"sentence_id": pl.UInt32})


def test_spans_in_context_are_the_same_spans() -> None:
    frame = sentences("on 12 May and 13 June", "nothing", "7é8 x")
    found = find_spans_in_context(frame, r"\d+", 6)
    assert found.drop("before", "after").equals(find_spans(frame, r"\d+"))


def test_the_text_around_a_match_stays_within_its_sentence() -> None:
    found = find_spans_in_context(sentences("on 12 May and 13 June", "7é8 x"), r"\d+", 6)
    assert found.select("before", "after").rows() == [
        ("on ", " May a"),
        ("y and ", " June"),
        ("", "é8 x"),
        ("7é", " x"),
    ]
