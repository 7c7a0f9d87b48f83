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
LISTED = 100
"""Rows that a page lists below a chart."""
MARKS = """figure => {
    const chart = echarts.getInstanceByDom(figure.querySelector(".plot"));
    const series = chart.getOption().series;
    return {
        data: series.map(one => (one.links || one.edges || one.data || []).length),
        paths: figure.querySelectorAll(".plot svg path, .plot canvas").length,
    };
}"""


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
            marks = figure.evaluate(MARKS)
            assert max(marks["data"]) > 0, chart
            assert marks["paths"] > 0, chart
