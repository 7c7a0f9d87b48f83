from typing import Any

import polars as pl
import pytest

from flows.normalise.dates import compile_date_rules, extract_dates
from flows.normalise.figures import compile_figure_rules, extract_figures
from flows.sources.reference import load_reference
from tests.accuracy.gate import gold_frame, load_floors, load_passages, run_stages, score, set_hash

AREA = "figures"
MEASURES: dict[str, dict[str, Any]] = {
    "strict": {"strict": True},
    "relaxed": {"strict": False},
    "value": {"strict": False, "equal": ("value", "value_low", "value_high")},
    "bound": {"strict": False, "equal": ("value", "bound")},
    "direction": {"strict": False, "equal": ("value", "direction")},
    "unit": {"strict": False, "equal": ("dimension", "unit", "per_unit")},
    "counted": {"strict": False, "equal": ("counted",)},
}
COLUMNS = ("value", "value_low", "value_high", "bound", "direction", "dimension", "unit", "counted", "per_unit")
LEAST_SENTENCES = 250


def comparable(figures: pl.DataFrame) -> pl.DataFrame:
    """Values to nine significant digits, so that a third is a third."""
    values = pl.col("value", "value_low", "value_high").cast(pl.Float64).round_sig_figs(9)
    return figures.select("article_no", "start", "end", *COLUMNS).with_columns(values)


@pytest.fixture(scope="module")
def gold() -> pl.DataFrame:
    return comparable(gold_frame(load_passages(AREA)))


@pytest.fixture(scope="module")
def system() -> pl.DataFrame:
    reference = load_reference()
    date_rules, figure_rules = compile_date_rules(reference), compile_figure_rules(reference)

    def extract(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
        dates = extract_dates(articles, sentences, date_rules)
        return extract_figures(articles, sentences, dates, figure_rules)

    return comparable(run_stages(load_passages(AREA), extract))


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
