"""The SQL of each chart: it runs, has the columns that its drawing needs, and obeys its filters and no others."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.integration.explorer.office import empty_warehouse, load
from tests.integration.explorer.world import WEEK
from warehouse.explorer.charts import Chart, ChartData, read_charts, run_chart
from warehouse.explorer.filters import Filters
from warehouse.explorer.pages import PAGES
from warehouse.reader import Reader, open_published

CHARTS = read_charts()
MOST_ROWS = 500
TOLL = "casualties/killed/people/-/person/2024-03-04/45.0"
EXCLUDING: dict[str, dict[str, Any]] = {
    "since": {"since": date(2100, 1, 1)},
    "until": {"until": date(1900, 1, 1)},
    "source": {"source": "The Moon Herald"},
    "actor": {"actor": "country:nowhere"},
    "claim": {"claim": "aid/pledged/nobody/-/USD/-/1.0"},
}
"""A value of each filter that nothing passes."""
NEEDED = {
    "sankey": {"giver", "receiver"},
    "network": {"name", "other_name", "actor_id", "other_actor_id"},
    "calendar": {"day"},
}
"""Columns that a kind is drawn from, besides numbers."""
NO_ROWS_HERE = {"rejects"}

each_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with open_published(load(tmp_path_factory.mktemp("week"), *WEEK)) as reader:
        yield reader


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with open_published(empty_warehouse(tmp_path_factory.mktemp("empty"))) as reader:
        yield reader


def unfiltered(chart: Chart) -> Filters:
    """Nothing is left out; what is about one claim is asked for one."""
    return Filters(claim=TOLL if "claim" in chart.filters else None)


def shown(week: Reader, name: str, *columns: str, **filters: Any) -> list[tuple[object, ...]]:  # noqa: ANN401
    data = run_chart(week, CHARTS[name], Filters(**filters))
    return [tuple(row[data.columns.index(column)] for column in columns) for row in data.rows]


def numbers(data: ChartData) -> list[str]:
    """Columns after the first that hold a number somewhere."""
    found = zip(data.columns[1:], list(zip(*data.rows, strict=True))[1:], strict=True)
    return [name for name, values in found if any(isinstance(value, int | float) for value in values)]


@each_chart
def test_a_chart_of_an_empty_warehouse_has_no_rows(empty: Reader, chart: Chart) -> None:
    assert run_chart(empty, chart, unfiltered(chart)).rows == ()


@each_chart
def test_a_chart_has_rows_and_the_columns_that_its_kind_needs(week: Reader, chart: Chart) -> None:
    data = run_chart(week, chart, unfiltered(chart))
    if chart.name in NO_ROWS_HERE:
        return
    assert data.rows
    assert set(data.columns) >= NEEDED.get(chart.kind, set())
    assert len(set(data.columns)) == len(data.columns)
    assert chart.kind == "table" or numbers(data)
    if chart.kind == "map":
        assert {"latitude", "longitude"} <= set(data.columns) or "country_code" in data.columns
    if chart.kind == "range":
        assert [*data.columns[1:4:2]] == ["low", "high"]
    assert {type(value) for row in data.rows for value in row} <= {str, int, float, bool, date, type(None)}


@each_chart
def test_a_chart_obeys_the_filters_that_it_names_and_no_others(week: Reader, chart: Chart) -> None:
    everything = run_chart(week, chart, unfiltered(chart)).rows
    for name, value in EXCLUDING.items():
        data = run_chart(week, chart, Filters(**({"claim": unfiltered(chart).claim} | value)))
        if name in chart.filters:
            assert data.rows == ()
            assert data.ignored == ()
        else:
            assert data.rows == everything
            assert data.ignored == (name,)


@each_chart
def test_the_sql_that_is_shown_gives_the_rows_that_are_drawn(week: Reader, chart: Chart) -> None:
    data = run_chart(week, chart, Filters(since=date(2024, 3, 6), source="Hill Gazette", claim=TOLL))
    assert tuple(week.rows(data.sql)) == data.rows


@each_chart
def test_a_chart_says_what_it_shows_and_ends_somewhere(chart: Chart) -> None:
    assert chart.note.endswith(".")
    assert not chart.title.endswith(".")
    limits = [int(limit) for limit in re.findall(r"\bLIMIT (\d+)", chart.query)]
    assert limits
    assert min(limits) <= MOST_ROWS
    assert set(re.findall(r"\$(\w+)", chart.query)) == set(chart.filters)


def test_every_chart_stands_on_a_page_and_every_page_names_charts_that_are() -> None:
    assert {name for page in PAGES for name in page.charts} == set(CHARTS)


def test_articles_are_counted_by_day_and_those_without_one_left_out(week: Reader) -> None:
    days = [(date(2024, 3, day), 1) for day in (5, 7, 8)]
    assert shown(week, "articles_a_day", "day", "articles") == days
    assert shown(week, "articles_a_day", "day", "articles", actor="country:can") == days[2:]
    assert shown(week, "articles_a_day", "day", "articles", until=date(2024, 3, 7)) == days[:2]


def test_money_flows_both_ways_between_the_same_two(week: Reader) -> None:
    flows = shown(week, "money_flows", "giver", "receiver", "amount_usd", "status", actor="country:mwi")
    assert flows == [("Norway", "Malawi", 40e6, "pledged"), ("Malawi", "Norway", 5e6, "provided")]


def test_a_toll_spans_what_the_stories_tell_and_ends_with_the_last(week: Reader) -> None:
    columns = ("label", "low", "number", "high", "stories")
    assert shown(week, "casualties", *columns) == [("2024-03-04 people killed", 30.0, 45.0, 45.0, 2)]
    assert shown(week, "casualties", *columns, source="Lake Courier") == [
        ("2024-03-04 people killed", 30.0, 30.0, 30.0, 1)
    ]


def test_a_claim_over_time_has_the_other_values_too_and_open_ends(week: Reader) -> None:
    assert shown(week, "claim_history", "source_name", "low", "value", "high", claim=TOLL) == [
        ("Lake Courier", 30.0, 30.0, None),
        ("Hill Gazette", 45.0, 45.0, 45.0),
    ]
    assert shown(week, "claim_tellings", "source_name", "surface", claim=TOLL) == [("Hill Gazette", "45")]
    assert shown(week, "figures_moved", "first_value", "last_value", "stories") == [(30.0, 45.0, 2)]


def test_days_ahead_count_stories_and_months_are_no_days(week: Reader) -> None:
    polling = date(2024, 3, 20)
    assert shown(week, "future_days", "day", "stories") == [(polling, 2)]
    assert shown(week, "future_days", "day", "stories", actor="country:nor") == [(polling, 1)]
    assert shown(week, "future_events", "surface", "days_ahead") == [
        ("20 March 2024", 13),
        ("20 March 2024", 15),
        ("May 2024", 55),
    ]
    assert shown(week, "how_far_ahead", "ahead", "mentions") == [("within a month", 2), ("within three months", 1)]


def test_pairs_are_actors_in_one_sentence(week: Reader) -> None:
    pairs = shown(week, "named_together", "name", "other_name", "sentences", actor="country:nor")
    assert pairs == [("Malawi", "Norway", 3)]


def test_a_place_counts_for_its_country_once_an_article(week: Reader) -> None:
    assert shown(week, "places_named", "name", "latitude", "longitude", "articles", "mentions") == [
        ("Blantyre", -15.79, 34.9899, 2, 2)
    ]
    assert ("Malawi", 4) in shown(week, "countries_named", "name", "articles")
    assert shown(week, "most_named", "name", "articles")[0] == ("Malawi", 4)
    assert "Malawi" not in [name for (name,) in shown(week, "most_named", "name", actor="country:mwi")]


def test_an_actor_not_named_on_a_day_is_drawn_at_zero(week: Reader) -> None:
    mentions = shown(week, "mentions_over_time", "day", "series", "mentions")
    assert [count for day, name, count in mentions if name == "Norway"] == [2, 0, 1]


def test_a_hostile_actor_or_source_is_a_value_and_no_sql(week: Reader) -> None:
    value = "x'; DROP TABLE dim_article; --"
    for chart in CHARTS.values():
        data = run_chart(week, chart, Filters(source=value, actor=value, claim=value))
        assert tuple(week.rows(data.sql)) == data.rows


def test_the_charts_folder_holds_charts_alone() -> None:
    folder = Path(__file__).parents[3] / "warehouse" / "explorer" / "charts"
    assert {file.stem for file in folder.iterdir()} == set(CHARTS)


def test_future_dates_are_after_the_day_of_publication_with_their_sentence(week: Reader) -> None:
    query = "SELECT starts_on, ends_on, granularity, days_ahead, sentence FROM mart.future_dates ORDER BY days_ahead"
    found = week.rows(query)
    sentence = "Voters in Zambia go to the polls on 20 March 2024 and the harbour opens in May 2024."
    assert found[0] == (date(2024, 3, 20), date(2024, 3, 20), "day", 13, sentence)
    assert found[2] == (date(2024, 5, 1), date(2024, 5, 31), "month", 55, sentence)
    assert len(found) == 3


def test_places_are_counted_by_day_and_source(week: Reader) -> None:
    query = "SELECT published_on, source_name, name, latitude, mentions, articles FROM mart.places ORDER BY ALL"
    assert week.rows(query) == [
        (date(2024, 3, 5), "Lake Courier", "Blantyre", -15.79, 1, 1),
        (date(2024, 3, 8), "Hill Gazette", "Blantyre", -15.79, 1, 1),
    ]
