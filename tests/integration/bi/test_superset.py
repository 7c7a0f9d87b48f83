"""Apache Superset registers the warehouse read-only and charts a mart, while runs publish beneath it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import httpx
import pytest

from tests.conftest import Figures
from tests.integration.bi.newsroom import Newsroom
from tests.integration.bi.superset import Superset, superset_server
from warehouse.views import read_marts

RUNS = 6
NO_CACHE = -1
"""Superset's word for results that are not kept."""

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    with superset_server(tmp_path_factory.mktemp("superset")) as server:
        yield server


@pytest.fixture(scope="module")
def told(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A warehouse that the tests of this module publish into."""
    return newsroom.copy(tmp_path_factory.mktemp("told") / "newsroom")


@pytest.fixture(scope="module")
def database(superset: Superset, told: Newsroom) -> int:
    return superset.register(told.warehouse, "Dateline", cache_timeout=NO_CACHE)


@pytest.fixture(scope="module")
def flows(superset: Superset, database: int) -> int:
    """A dataset of mart.money_flows, made of the schema that Superset's form offers."""
    assert "dateline.mart" in superset.get(f"database/{database}/schemas/")["result"]
    return superset.make_dataset(database, "dateline.mart", "money_flows")


def given(superset: Superset, dataset: int) -> list[tuple[object, ...]]:
    """Givers with what they give, as a chart gets them."""
    found = superset.chart(dataset, ["giver", "currency"], "sum(amount)")
    assert found["error"] is None
    return sorted((row["giver"], row["currency"], row["metric"]) for row in found["data"])


def asked(newsroom: Newsroom) -> list[tuple[object, ...]]:
    """The same, asked of the file."""
    return sorted(newsroom.ask("SELECT giver, currency, sum(amount) FROM mart.money_flows GROUP BY ALL"))


def test_a_dataset_of_a_mart_has_its_columns_with_their_comments(superset: Superset, flows: int) -> None:
    shown = superset.get(f"dataset/{flows}")["result"]["columns"]
    (mart,) = [mart for mart in read_marts() if mart.name == "money_flows"]
    assert {column["column_name"]: column["description"] for column in shown} == mart.columns
    days = {column["column_name"] for column in shown if column["is_dttm"]}
    assert days == {"dated_from", "dated_to", "first_told_on", "last_told_on"}


def test_a_chart_gets_what_a_query_gets(superset: Superset, told: Newsroom, flows: int) -> None:
    assert given(superset, flows) == asked(told)
    assert ("Japan", "USD", 2e9) in given(superset, flows)


def test_charts_meet_no_error_while_runs_publish_and_show_each_new_version(
    superset: Superset, told: Newsroom, flows: int, measured: Figures
) -> None:
    ended = Event()

    def drawn() -> list[Any]:
        """How many claims a chart shows, over and over; an answer that is an error ends the test."""
        counts = []
        while not ended.is_set():
            (row,) = superset.chart(flows, [], "count(*)")["data"]
            counts.append(row["metric"])
        return counts

    with ThreadPoolExecutor(2) as threads:
        readers = [threads.submit(drawn) for _ in range(2)]
        try:
            for number in range(1, RUNS + 1):
                told.tell(number, f"Norway pledged ${number} million to Chad on 4 March 2021.")
                assert given(superset, flows) == asked(told)
        finally:
            ended.set()
    counts = [reader.result() for reader in readers]
    last = len(told.ask("FROM mart.money_flows"))
    for seen in counts:
        assert seen == sorted(seen), "an older version after a newer one"
        assert last - RUNS <= seen[0] <= seen[-1] <= last
    measured.update(runs=RUNS, charts=sum(len(seen) for seen in counts), versions_seen=len(set(counts[0])))


def test_a_database_with_a_cache_shows_the_new_version_when_it_is_forced(superset: Superset, told: Newsroom) -> None:
    cached = superset.register(told.warehouse, "Dateline, cached")
    dataset = superset.make_dataset(cached, "dateline.mart", "claims")
    (before,) = superset.chart(dataset, [], "count(*)")["data"]
    told.tell(100, "Sweden pledged $77 million to Mali on 5 March 2021.")
    found = superset.chart(dataset, [], "count(*)")
    assert (found["is_cached"], found["data"]) == (True, [before])
    (after,) = superset.chart(dataset, [], "count(*)", force=True)["data"]
    assert after["metric"] == len(told.ask("FROM mart.claims")) > before["metric"]


def test_sql_lab_reads_and_cannot_write_even_where_superset_lets_it(superset: Superset, told: Newsroom) -> None:
    database = superset.register(told.warehouse, "Dateline, to write", allow_dml=True)
    query = {"database_id": database, "sql": "SELECT giver FROM mart.money_flows WHERE amount = 2e9"}
    assert superset.post("sqllab/execute/", query)["data"] == [{"giver": "Japan"}]
    refused = superset.client.post("/api/v1/sqllab/execute/", json={**query, "sql": "DELETE FROM dim_article"})
    assert refused.status_code >= httpx.codes.BAD_REQUEST
    assert "read-only" in refused.text
