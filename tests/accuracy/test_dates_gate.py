from typing import Any

import polars as pl
import pytest

from flows.normalise.dates import compile_date_rules, extract_dates
from flows.sources.reference import load_reference
from tests.accuracy.gate import gold_frame, load_floors, load_passages, run_stages, score, set_hash

AREA = "dates"
MEASURES: dict[str, dict[str, Any]] = {
    "strict": {"strict": True},
    "relaxed": {"strict": False},
    "type": {"strict": False, "equal": ("type",)},
    "value": {"strict": False, "equal": ("value",)},
}
LEAST_SENTENCES = 250


@pytest.fixture(scope="module")
def gold() -> pl.DataFrame:
    return gold_frame(load_passages(AREA)).select("article_no", "start", "end", "type", "value")


@pytest.fixture(scope="module")
def system() -> pl.DataFrame:
    rules = compile_date_rules(load_reference())
    found = run_stages(load_passages(AREA), lambda articles, sentences: extract_dates(articles, sentences, rules))
    is_event = pl.col("resolution") == "event"
    kind = pl.when(is_event).then(pl.lit("EVENT")).otherwise("timex_type")
    return found.select("article_no", "start", "end", type=kind, value="timex_value")


def test_the_set_is_the_one_that_the_floors_were_measured_on() -> None:
    assert set_hash(AREA) == load_floors(AREA)["sha256"]


def test_the_set_is_large_enough_and_its_spans_fit() -> None:
    passages = load_passages(AREA)
    assert len(passages) >= LEAST_SENTENCES
    for passage in passages:
        for mention in passage["mentions"]:
            assert passage["text"][mention["start"] : mention["end"]] == mention["surface"]


@pytest.mark.parametrize("measure", MEASURES)
def test_accuracy_stays_above_its_floor(gold: pl.DataFrame, system: pl.DataFrame, measure: str) -> None:
    assert score(gold, system, **MEASURES[measure])["f1"] >= load_floors(AREA)[measure]
