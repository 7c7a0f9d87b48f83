"""What the explorer refuses, what it sends with every answer, and that text of articles stays text."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.integration.explorer.office import (
    ARTICLES,
    EVIL,
    EVIL_SOURCE,
    TestClient,
    app_over,
    empty_warehouse,
    explorer_of,
    load,
    page,
    text_of,
)
from warehouse.explorer.app import HEADERS
from warehouse.explorer.charts import PARAMETER, read_chart, read_charts, run_chart
from warehouse.explorer.filters import Filters
from warehouse.explorer.pages import PAGES
from warehouse.explorer.versions import Versions

FILTERS = [
    Filters(),
    Filters(since=date(2023, 11, 1), until=date(2023, 11, 30), actor="country:jpn"),
    Filters(source=EVIL_SOURCE, claim="it's -- no; key"),
]
"""No filter, usual ones, and ones that would break SQL if they were pasted into it."""


def addresses(client: TestClient) -> Iterator[str]:
    """Every page that a link of another leads to, from the overview on."""
    seen, ahead = set[str](), ["/"]
    while ahead:
        address = ahead.pop()
        yield address
        found = page(client, address)
        links = {str(href).split("#")[0] for href in found.xpath("//a/@href") if str(href).startswith("/")}
        new = {href for href in links - seen if not href.startswith("/data/")}
        seen |= new
        ahead += sorted(new)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?since=yesterday", "since=yesterday is no day: write it like 2017-01-31"),
        ("/?until=20170131", "until=20170131 is no day"),
        ("/?since=2017-02-30", "since=2017-02-30 is no day"),
        ("/?since=2018-01-01&until=2017-01-01", "since=2018-01-01 comes after until=2017-01-01: exchange them"),
        ("/?source=a&source=b", "source is given 2 times: give it once"),
        ("/?source=" + "a" * 501, "source has 501 characters"),
        ("/articles?page=0", "page=0 is no number from 1"),
        ("/articles?page=two", "page=two is no number from 1"),
        ("/data/articles_a_day.csv?since=x", "since=x is no day"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_would_do(client: TestClient, address: str, said: str) -> None:
    assert said in text_of(page(client, address, 400))


@pytest.mark.parametrize(
    "address", ["/nowhere", "/article/nix", "/claim", "/claim?key=nix", "/actor/nix", "/data/nix.csv", "/static/nix.js"]
)
def test_what_is_not_there_is_a_page_that_says_where_to_look(client: TestClient, address: str) -> None:
    found = page(client, address, 404)
    assert text_of(found.find(".//h1")) == "There is nothing at this address"
    assert found.xpath("//main//a/@href") == ["/"]


def test_filters_come_back_from_their_address(client: TestClient) -> None:
    for filters in FILTERS:
        asked = client.build_request("GET", f"/?{filters.to_query()}").url.params
        assert Filters.from_query(_Params(asked.multi_items())) == filters


class _Params:
    def __init__(self, items: list[tuple[str, str]]) -> None:
        self.items = items

    def getlist(self, key: str, /) -> list[str]:
        return [value for name, value in self.items if name == key]


@pytest.mark.parametrize("address", ["/", "/nowhere", "/?since=x", "/static/style.css", "/data/articles_a_day.csv"])
def test_every_answer_has_the_headers(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_fault_of_the_program_is_a_page_with_the_headers_too(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("warehouse.explorer.views.list_articles", fail)
    with TestClient(app_over(small), raise_server_exceptions=False) as failing:
        answer = failing.get("/articles")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "please report it" in answer.text
    assert "ZeroDivisionError" not in answer.text


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8765", 200), ("127.0.0.1", 200), ("[::1]:8765", 200), ("evil.example", 400), ("localhost.evil", 400)],
)
def test_only_the_names_of_this_machine_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_looking_is_possible(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 405
    assert client.head("/").status_code == 200


def test_text_of_articles_is_text_on_every_page(client: TestClient) -> None:
    seen = list(addresses(client))
    assert len(seen) > 30
    own = {f"/static/{name}.js" for name in ("filters", "charts", "reader", "vendor/echarts.min")}
    for address in seen:
        found = page(client, address)
        assert {str(src) for src in found.xpath("//script/@src")} <= own
        assert {script.get("type") for script in found.xpath("//script[not(@src)]")} <= {"application/json"}
        assert not found.xpath("//img | //iframe | //b | //style | //*[@style] | //base | //svg")
        assert not [name for name in found.xpath("//@*") if str(getattr(name, "attrname", "")).startswith("on")]
        assert not [href for href in found.xpath("//@href") if not str(href).startswith(("/", "http", "#"))]
        assert found.xpath("count(//form[not(starts-with(@action, '/'))])") == 0


def test_hostile_text_is_shown_as_it_was_written(client: TestClient) -> None:
    found = page(client, "/articles?source=" + "O%27Hara+%26+%22Sons%22+%3Cb+onclick%3Dalert%281%29%3E")
    (link,) = found.xpath("//tbody//a")
    assert link.text == f"{EVIL} rules"
    article = page(client, link.get("href", ""))
    assert text_of(article.find(".//h1")) == f"{EVIL} rules"
    assert f"</script>{EVIL} Kenya" in text_of(article.find(".//article"))
    assert "{{ 7*7 }}" in text_of(article.find(".//article"))
    assert not article.xpath("//main//a[contains(@href, 'javascript')]")


def test_addresses_of_articles_are_links_only_when_they_are_web_pages(client: TestClient) -> None:
    found = page(client, page(client, "/articles?since=2023-11-06&until=2023-11-06").xpath("//tbody//a/@href")[0])
    (link,) = found.xpath("//main//a[starts-with(@href, 'http')]")
    assert (link.get("href"), link.get("rel")) == ("https://news.example/pledge?a=1&b=2", "noopener noreferrer")


@pytest.mark.parametrize("filters", FILTERS, ids=["none", "usual", "hostile"])
@pytest.mark.parametrize("name", sorted(read_charts()))
def test_the_csv_and_the_shown_sql_give_what_the_chart_shows(client: TestClient, name: str, filters: Filters) -> None:
    explorer = explorer_of(client)
    with explorer.versions.open() as (reader, _):
        data = run_chart(reader, explorer.charts[name], filters)
        again = reader.fetch(data.sql)
    assert data.fault is None
    assert not PARAMETER.search(data.sql)
    assert (tuple(again[0]), tuple(again[1])) == (data.columns, data.rows)
    answer = client.get(f"/data/{name}.csv?{filters.to_query()}")
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    shown = [["" if value is None else str(value) for value in row] for row in data.rows]
    assert list(csv.reader(io.StringIO(answer.text))) == [list(data.columns), *shown]


def test_every_chart_stands_on_a_page_and_every_name_has_a_chart() -> None:
    assert {name for found in PAGES for name in found.charts} == set(read_charts())


def test_a_chart_says_which_filters_it_does_not_obey(client: TestClient) -> None:
    (figure,) = page(client, "/?source=Pacific+Ledger").xpath("//figure[@id='chart-newest_runs']")
    assert "Not limited by source here." in text_of(figure)


@pytest.mark.parametrize(
    "header", ["-- kind: bar", "-- Title\n-- kind: pie", "-- Title\n-- kind: bar\n-- filters: day"]
)
def test_a_chart_with_a_wrong_header_is_refused_by_name(header: str) -> None:
    with pytest.raises(ValueError, match="its header needs a title, a kind"):
        read_chart("odd", f"{header}\nSELECT 1")


def test_a_chart_that_an_older_file_cannot_answer_says_so_and_the_page_stands(client: TestClient) -> None:
    explorer = explorer_of(client)
    old = read_chart("old", "-- Old\n-- kind: table\nSELECT * FROM mart.nothing")
    with explorer.versions.open() as (reader, _):
        data = run_chart(reader, old, Filters())
    assert data.rows == ()
    assert "`dateline run` brings an older warehouse up to date" in str(data.fault)


def test_a_file_without_the_tables_of_today_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    with duckdb.connect(str(old)) as connection:
        connection.execute("CREATE TABLE dim_article (article_id VARCHAR)")
    with TestClient(app_over(old)) as asking:
        answer = asking.get("/articles")
    assert answer.status_code == 503
    assert "brings a warehouse of an older version up to date" in answer.text


def test_a_request_keeps_its_version_and_the_next_one_has_the_new(tmp_path: Path) -> None:
    warehouse = load(tmp_path, *ARTICLES[:1])
    versions = Versions(warehouse)
    counted = "SELECT count(*) FROM dim_article"
    with versions.open() as (before, old), TestClient(app_over(warehouse)) as asking:
        assert "1 article," in asking.get("/articles").text
        load(tmp_path, *ARTICLES[1:3])
        assert "3 articles," in asking.get("/articles").text
        assert before.rows(counted) == [(1,)]
        with versions.open() as (after, new):
            assert after.rows(counted) == [(3,)]
    assert old.name < new.name == warehouse.resolve().parent.name
    versions.close()


def test_a_warehouse_that_goes_away_is_an_error_page_and_comes_back(tmp_path: Path, small: Path) -> None:
    link = tmp_path / "here.duckdb"
    link.symlink_to(small.resolve())
    with TestClient(app_over(link)) as asking:
        assert asking.get("/articles").status_code == 200
        link.unlink()
        gone = asking.get("/articles")
        link.symlink_to(small.resolve())
        assert asking.get("/articles").status_code == 200
    assert gone.status_code == 503
    assert "no warehouse at" in gone.text


def open_files(folder: Path) -> list[str]:
    """The files below a folder that this process has open, those without a name any longer included."""
    held = (entry.readlink() for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink())
    return [str(file) for file in held if str(file).startswith(str(folder.resolve()))]


def test_a_version_is_let_go_of_when_it_is_no_longer_the_newest_and_at_the_end(tmp_path: Path) -> None:
    first, second = (empty_warehouse(tmp_path / name) for name in ("one", "two"))
    link = tmp_path / "here.duckdb"
    link.symlink_to(first)
    with TestClient(app_over(link)) as asking:
        assert asking.get("/").status_code == 200
        assert open_files(first.parent)
        link.unlink()
        link.symlink_to(second)
        explorer_of(asking).versions.let_go_of_old()
        assert open_files(first.parent) == []
        assert asking.get("/").status_code == 200
        assert open_files(second.parent)
    assert open_files(tmp_path) == []
