"""The static page: all that the charts show in one file that asks for nothing and runs nothing of others."""

import hashlib
import json
import re
from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from flows.console.report import report_command
from flows.errors import UsageError, exit_code_of
from flows.options import ReportOptions
from tests.integration.explorer.office import PLEDGE, text_of
from warehouse.explorer import report
from warehouse.explorer.charts import read_charts, run_chart
from warehouse.explorer.filters import Filters
from warehouse.explorer.pages import PAGES
from warehouse.explorer.report import ReportError, write_report
from warehouse.reader import NoWarehouseError, open_published

CHARTED = [name for page in PAGES if page.is_listed for name in page.charts]


@pytest.fixture(scope="module")
def page(small: Path, tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    target = tmp_path_factory.mktemp("report") / "report.html"
    write_report(small, target, Filters(), "What was said")
    return html.fromstring(target.read_bytes())


def test_the_page_asks_for_nothing(page: html.HtmlElement) -> None:
    asked = page.xpath("//@href | //@src | //@action | //@srcset | //@data | //@poster")
    assert asked
    assert [address for address in asked if not address.startswith("#")] == []
    assert page.xpath("//link | //img | //iframe | //object | //form | //base") == []
    (style,) = page.xpath("//style/text()")
    assert not re.search(r"url\(|@import", style)


def test_its_policy_allows_its_own_scripts_and_style_and_nothing_else(page: html.HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = {name: sources.split() for name, _, sources in (rule.strip().partition(" ") for rule in policy.split(";"))}
    scripts = page.xpath("//script[not(@type='application/json')]/text()")
    expected = {"script-src": scripts, "style-src": page.xpath("//style/text()")}
    for name, texts in expected.items():
        digests = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        assert rules.pop(name) == [f"'sha256-{digest}'" for digest in digests]
    nothing = ["'none'"]
    assert rules == {"default-src": nothing, "img-src": ["data:"], "base-uri": nothing, "form-action": nothing}


def test_it_has_every_chart_with_its_rows_and_a_table(page: html.HtmlElement, small: Path) -> None:
    assert page.xpath("//figure/@id") == [f"chart-{name}" for name in CHARTED]
    with open_published(small) as reader:
        flows = run_chart(reader, read_charts()["money_flows"], Filters())
    assert flows.rows
    (figure,) = page.xpath("//figure[@id='chart-money_flows']")
    drawn = json.loads(figure.xpath(".//script/text()")[0])
    assert drawn["columns"] == list(flows.columns)
    assert drawn["rows"] == [list(row) for row in flows.rows]
    assert len(figure.xpath(".//tbody/tr")) == len(flows.rows)
    (sums,) = page.xpath("//figure[@id='chart-largest_sums']")
    assert PLEDGE in text_of(sums)
    assert [text_of(name) for name in sums.xpath(".//thead//th")][-2:] == ["source name", "title"]


def test_it_says_what_it_is_about_and_of_which_version(page: html.HtmlElement, small: Path) -> None:
    assert page.xpath("//title/text()") == ["What was said"]
    shown = text_of(page.find(".//main"))
    assert "6 articles, published from 2023-11-06 to 2023-11-20, 1 of them without a day." in shown
    assert small.resolve().parent.name in text_of(page.find(".//footer"))


def test_what_articles_say_is_text(page: html.HtmlElement) -> None:
    assert "<script>alert(1)</script><img src=x onerror=alert(1)> rules" in text_of(page)
    assert page.xpath("//img | //b | //*[@onerror or @onclick or @onmouseover]") == []
    assert [kind for kind in page.xpath("//script/@type") if kind not in {"application/json", "module"}] == []


def test_filters_limit_it_and_are_told(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    found = write_report(small, target, Filters(since=date(2023, 11, 20), actor="Japan"))
    shown = html.fromstring(target.read_bytes())
    assert found == 1
    assert (
        "1 article, published from 2023-11-20 to 2023-11-20. Limited to articles since 2023-11-20, the actor Japan."
        in (text_of(shown))
    )
    titles = shown.xpath("//figure[@id='chart-newest_articles']//tbody/tr/td[2]")
    assert [text_of(title) for title in titles] == ["Aid for Kenya"]


def test_an_empty_warehouse_gives_a_page_that_says_so(small: Path, tmp_path: Path) -> None:
    assert write_report(small, tmp_path / "report.html", Filters(since=date(2100, 1, 1))) == 0
    shown = html.fromstring((tmp_path / "report.html").read_bytes())
    assert "0 articles." in text_of(shown)
    assert shown.xpath("//p[@class='empty']")


def test_a_failed_write_leaves_the_page_before(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    target = tmp_path / "report.html"
    target.write_text("the page before")
    monkeypatch.setattr(report, "sync", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(small, target, Filters())
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text() == "the page before"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (ReportOptions(source="Meridian"), "the sources are Meridian Wire"),
        (ReportOptions(actor="nobody at all"), "try a part of the name"),
        (ReportOptions(actor="Jap"), "name one by its id: country:jpn (Japan)"),
        (ReportOptions(since=date(2024, 1, 2), until=date(2024, 1, 1)), "--since 2024-01-02 is later"),
    ],
)
def test_what_cannot_be_is_a_wrong_use_that_says_what_can(
    small: Path, tmp_path: Path, options: ReportOptions, words: str
) -> None:
    with pytest.raises((ReportError, UsageError), match=re.escape(words)) as raised:
        report_command(tmp_path / "report.html", small, options)
    assert exit_code_of(raised.value) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_wrote_and_where_it_cannot(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.html"
    assert report_command(target, small, ReportOptions(title="T")) == 0
    assert capsys.readouterr().out.startswith(f"{target}: 6 articles, ")
    assert target.stat().st_mode & 0o777 == 0o644
    with pytest.raises(UsageError, match="is a folder"):
        report_command(tmp_path, small, ReportOptions())
    with pytest.raises(UsageError, match="no folder"):
        report_command(tmp_path / "missing" / "report.html", small, ReportOptions())
    with pytest.raises(NoWarehouseError):
        report_command(target, tmp_path / "none.duckdb", ReportOptions())
