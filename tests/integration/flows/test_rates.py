"""Money in dollars: by the rates that ship, or by a file of the user's; beside the amount, never in place of it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.job import Job
from flows.settings import Settings
from flows.sources.reference import ReferenceTableError
from flows.steps import run_plain
from warehouse.reader import open_published

HEADER = "currency,starts_on,ends_on,usd_per_unit,source"
ARTICLES = (
    ("2023-11-06", "The fund received between €4 and €6 million."),
    ("2023-11-06", "The ministry paid more than $5 million for it."),
    ("2023-11-06", "The plant cost 300 million pesos."),
    ("1998-03-02", "The bridge cost 7 million Swiss francs."),
    (None, "The tunnel cost £9 million."),
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    file = tmp_path / "inbox.jsonl"
    rows = [{"id": number, "published_on": day, "text": text} for number, (day, text) in enumerate(ARTICLES)]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def run(inbox: Path, rates: Path | None = None) -> Job:
    return run_plain([str(inbox)], Settings(warehouse=inbox.parent / "news.duckdb", rates=rates, search_mb=0))


def rates_file(folder: Path, *rows: str) -> Path:
    file = folder / "my-rates.csv"
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return file


def ask(inbox: Path, query: str) -> list[tuple[Any, ...]]:
    with open_published(inbox.parent / "news.duckdb") as reader:
        return [tuple(row) for row in reader.connection.sql(query).fetchall()]


def test_each_sum_has_its_rate_with_its_period_and_its_dollars(inbox: Path) -> None:
    run(
        inbox, rates_file(inbox.parent, "EUR,2023-01-01,2023-12-31,1.25,a test", "CHF,1999-01-01,2026-12-31,1.5,a test")
    )
    query = (
        "SELECT surface, currency, usd_per_unit, rate_starts_on, rate_ends_on, rate_source, "
        "value_usd, value_low_usd, value_high_usd FROM mart.money ORDER BY surface"
    )
    year = (date(2023, 1, 1), date(2023, 12, 31))
    assert ask(inbox, query) == [
        ("$5 million", "USD", 1.0, None, None, None, 5e6, 5e6, None),
        ("300 million pesos", "XXX", None, None, None, None, None, None, None),
        ("7 million Swiss francs", "CHF", None, None, None, None, None, None, None),
        ("£9 million", "GBP", None, None, None, None, None, None, None),
        ("€4 and €6 million", "EUR", 1.25, *year, "a test", None, 5e6, 7.5e6),
    ]
    assert ask(inbox, "SELECT value_low, value_high FROM mart.money WHERE currency = 'EUR'") == [(4e6, 6e6)]


def test_the_rates_that_ship_are_those_of_the_year_of_publication(inbox: Path) -> None:
    run(inbox)
    (row,) = ask(
        inbox, "SELECT usd_per_unit, rate_starts_on, rate_source, value_high_usd FROM mart.money WHERE currency = 'EUR'"
    )
    rate, starts_on, source, dollars = row
    assert 1.0 < rate < 1.2
    assert starts_on == date(2023, 1, 1)
    assert "average" in source
    assert dollars == pytest.approx(6e6 * rate)


def test_other_rates_are_published_also_where_no_article_is_new_and_leaving_them_out_brings_the_shipped_back(
    inbox: Path,
) -> None:
    euro = "SELECT value_high_usd FROM mart.money WHERE currency = 'EUR'"
    run(inbox)
    shipped = ask(inbox, euro)
    mine = rates_file(inbox.parent, "EUR,2023-01-01,2023-12-31,2,a test")
    assert run(inbox, mine).record.state == "published"
    assert ask(inbox, euro) == [(12e6,)]
    assert run(inbox, mine).record.state == "unchanged"
    run(inbox)
    assert ask(inbox, euro) == shipped


def test_rates_of_single_days_count_on_their_day(inbox: Path) -> None:
    days = (
        "EUR,2023-11-05,2023-11-05,3,a test",
        "EUR,2023-11-06,2023-11-06,4,a test",
        "GBP,2023-11-06,2023-11-06,4,a test",
    )
    run(inbox, rates_file(inbox.parent, *days))
    assert ask(inbox, "SELECT currency, usd_per_unit FROM mart.money WHERE rate_source = 'a test'") == [("EUR", 4.0)]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (("EUR,2023-01-01,2023-12-31,0,a test",), "usd_per_unit|greater"),
        (("EUR,2023-12-31,2023-01-01,1.1,a test",), "starts_before_end"),
        (("EUR,2023-01-01,2023-12-31,1.1,a test", "EUR,2023-06-01,2024-05-31,1.2,a test"), "one_rate_a_day"),
        (("euro,2023-01-01,2023-12-31,1.1,a test",), "euro"),
        (("EUR,2023,2023-12-31,1.1,a test",), "my-rates.csv"),
    ],
)
def test_a_file_of_rates_that_cannot_be_is_refused_before_anything_is_loaded(
    inbox: Path, rows: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(ReferenceTableError, match=complaint):
        run(inbox, rates_file(inbox.parent, *rows))
    assert not (inbox.parent / "news.duckdb").exists()


def test_a_file_of_rates_that_is_not_there_is_named(inbox: Path) -> None:
    with pytest.raises(ReferenceTableError, match=r"nowhere\.csv"):
        run(inbox, inbox.parent / "nowhere.csv")
