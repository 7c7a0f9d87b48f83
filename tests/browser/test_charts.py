"""What a chart shows is what its SQL gives, and what its SQL gives is what the warehouse holds."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import ADDRESSES
from tests.browser.chromium import Window
from tests.browser.eye import data, figures, wait_until_drawn
from tests.browser.serving import Explorer, Rows

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Windows = Callable[..., Window]
CHARTED = ("overview", "actors", "actor", "figures", "claim", "dates", "places")
SOURCE = "Harbour News Agency"
OF_SOURCE = f"article_id IN (SELECT article_id FROM dim_article WHERE source_name = '{SOURCE}')"
LISTED = 100
"""Rows that a page lists below a chart."""
DRAWN = """figure => {
    const { series } = echarts.getInstanceByDom(figure.querySelector(".plot")).getOption();
    const sum = (name) => series.reduce((total, one) => total + (one[name] || []).length, 0);
    return {
        points: sum("data"),
        lines: sum("links") + sum("edges"),
        paths: figure.querySelectorAll(".plot svg path").length,
        words: [...figure.querySelectorAll(".plot svg text")].map(one => one.textContent),
    };
}"""
"""Of a chart: the points and lines that it was given, the shapes that it drew, and the words beside them."""


def plain(rows: Rows) -> object:
    """Rows as they come out of JSON."""
    return json.loads(json.dumps(rows, default=lambda value: value.isoformat()))


def as_csv(columns: Sequence[str], rows: Rows) -> str:
    """Rows as CSV, nulls as nothing."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([columns, *rows])
    return written.getvalue()


def downloaded(figure: "Locator") -> str:
    """The CSV that a chart offers."""
    with figure.page.expect_download() as download:
        figure.locator("a[download]").click()
    return download.value.path().read_text(encoding="utf-8")


def assert_shows(figure: "Locator", row: dict[str, object]) -> None:
    """The first row of a chart's table has the values of its columns."""
    names = [name.replace(" ", "_") for name in figure.locator("thead th").all_text_contents()]
    cells = figure.locator("tbody tr").first.locator("td").all_text_contents()
    assert names
    assert len(names) == len(cells)
    for name, cell in zip(names, cells, strict=True):
        value = row[name]
        match value:
            case None:
                assert cell == "" or name == "title"  # what has no title is called by its id or place
            case bool():
                assert cell == ("yes" if value else "no")
            case int() | float():
                assert float(cell.replace(",", "")) == value
            case str():
                assert value in cell
            case _:
                assert cell.startswith(str(value)[:10])


@pytest.mark.parametrize("name", CHARTED)
def test_the_charts_of_a_page_show_what_their_sql_gives(name: str, site: Explorer, window: Windows) -> None:
    page = window().page
    page.goto(ADDRESSES[name](site))
    wait_until_drawn(page)
    charts = figures(page)
    assert charts
    for chart, figure in charts.items():
        columns, rows = site.fetch(figure.locator("pre").text_content() or "")
        assert downloaded(figure) == as_csv(columns, rows), chart
        if not rows:
            assert "Nothing here" in (figure.text_content() or ""), chart
            continue
        assert figure.locator("tbody tr").count() == min(len(rows), LISTED), chart
        assert_shows(figure, dict(zip(columns, rows[0], strict=True)))
        if figure.get_attribute("data-kind") != "table":
            assert data(figure)["rows"] == plain(rows), chart
            assert_draws(figure, columns, rows)


def assert_draws(figure: "Locator", columns: Sequence[str], rows: Rows) -> None:
    """A chart draws each of its rows: once, or once for each column of numbers."""
    kind, drawn = figure.get_attribute("data-kind"), figure.evaluate(DRAWN)
    if kind in {"sankey", "network"}:
        assert drawn["lines"] == len(rows)
    elif kind in {"bar", "line"} and "series" not in columns:
        numbers = [value for value in rows[0][1:] if isinstance(value, int | float)]
        assert drawn["points"] == len(rows) * len(numbers)
    else:
        assert drawn["points"] >= len(rows)  # a line has a point for a day without a row, a map its countries
    assert drawn["paths"] >= len(rows)


def test_the_bars_are_labelled_with_what_the_warehouse_counts(site: Explorer, window: Windows) -> None:
    query = "SELECT count(DISTINCT article_id) FROM fact_actor_mention WHERE actor_id = 'country:usa' AND {}"
    for words, filters in {"true": {}, OF_SOURCE: {"source": SOURCE}}.items():
        page = window().page
        page.goto(site.url("/actors", **filters))
        wait_until_drawn(page)
        shown = figures(page)["most_named"].evaluate(DRAWN)["words"]
        assert "United States" in shown
        assert str(site.value(query.format(words))) in shown


def test_a_click_on_a_bar_leads_to_its_actor(site: Explorer, window: Windows) -> None:
    page = window().page
    page.goto(site.url("/actors"))
    wait_until_drawn(page)
    name = page.locator("#chart-most_named .plot svg text", has_text="United States").first.bounding_box()
    assert name
    page.mouse.click(name["x"] + name["width"] + 40, name["y"] + name["height"] / 2)
    page.wait_for_url("**/actor/country:usa")
