"""What is asked of the marts is answered within 200 ms, also in a warehouse with the facts of 200,000 articles."""

import time
from collections.abc import Iterator

import pytest

from tests.benchmarks.facts import generate_facts
from warehouse.connection import open_build
from warehouse.paths import WarehousePaths
from warehouse.publish import publish
from warehouse.reader import Reader, open_published
from warehouse.views import read_marts

MOST_SECONDS = 0.2
TRIES = 5
"""The best counts: the machine has other work."""
GIVEN = """
SELECT article_id AS article, max(claim_id) AS fact, (SELECT min(series) FROM mart.figure_history) AS series
FROM fact_claim GROUP BY article_id ORDER BY article_id LIMIT 1
"""
"""What a user has at hand who asks for the evidence or the history of something."""
QUERIES = {
    "an actor's days": "FROM mart.actor_timeline WHERE actor_id = 'x:actor-7' AND published_on >= '2022-01-01'",
    "the most named of a month": """
        SELECT name, sum(mentions) AS mentions FROM mart.actor_timeline
        WHERE published_on BETWEEN '2022-03-01' AND '2022-03-31' GROUP BY name ORDER BY mentions DESC LIMIT 20""",
    "countries of a year": """
        SELECT country_code, sum(mentions) AS mentions FROM mart.actor_timeline
        WHERE published_on >= '2023-01-01' AND actor_kind = 'country' GROUP BY country_code ORDER BY mentions DESC""",
    "who is named with an actor": """
        FROM mart.actor_pairs WHERE 'Name of 3' IN (name, other_name) ORDER BY articles DESC LIMIT 20""",
    "the pairs named most": "FROM mart.actor_pairs ORDER BY articles DESC LIMIT 20",
    "claims told most of a topic": """
        FROM mart.claims WHERE topic = 'aid' AND last_told_on >= '2023-06-01' ORDER BY stories DESC LIMIT 20""",
    "claims about an actor": "FROM mart.claims WHERE 'x:actor-2' IN (subject_actor_id, object_actor_id) LIMIT 500",
    "money to a receiver": """
        SELECT giver, status, sum(amount_usd) AS usd FROM mart.money_flows
        WHERE receiver = 'Name of 1' GROUP BY giver, status ORDER BY usd DESC NULLS LAST LIMIT 20""",
    "sums a month": """
        SELECT date_trunc('month', published_on) AS month, currency, sum(value_usd) AS usd FROM mart.money
        WHERE published_on >= '2022-01-01' GROUP BY ALL ORDER BY ALL""",
    "casualties of a quarter": """
        FROM mart.casualty_reports WHERE published_on BETWEEN '2022-01-01' AND '2022-03-31' AND status = 'killed'
        ORDER BY number DESC LIMIT 100""",
    "polls of a source": "FROM mart.polls WHERE source_name = 'Paper 4' ORDER BY published_on DESC LIMIT 100",
    "a figure's history": "FROM mart.figure_history WHERE series = '{series}' ORDER BY telling_no",
    "coverage of a year": "FROM mart.daily_coverage WHERE published_on >= '2023-01-01' ORDER BY published_on",
    "what comes next month": """
        FROM mart.future_dates WHERE starts_on BETWEEN '2023-02-01' AND '2023-02-28' AND granularity = 'day'
        ORDER BY starts_on LIMIT 200""",
    "places of a source": """
        SELECT name, latitude, longitude, sum(mentions) AS mentions FROM mart.places
        WHERE source_name = 'Paper 0' AND published_on >= '2023-01-01' GROUP BY ALL ORDER BY mentions DESC LIMIT 200""",
    "a fact's sentence": "FROM mart.evidence WHERE fact_id = '{fact}'",
    "all evidence of an article": "FROM mart.evidence WHERE article_id = '{article}'",
}


@pytest.fixture(
    scope="module",
    params=[1_000, pytest.param(200_000, marks=pytest.mark.full)],
    ids=lambda number: f"{number} articles",
)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    paths = WarehousePaths.of(tmp_path_factory.mktemp("speed") / "facts.duckdb")
    with open_build(paths) as build:
        generate_facts(build, request.param)
        publish(build, paths, "r1")
    with open_published(paths.published) as opened:
        yield opened


def best_seconds(reader: Reader, query: str) -> float:
    """The least of wall time and processor time that any try took: alone, the query takes no longer than either."""
    best = float("inf")
    for _ in range(TRIES):
        wall, processor = time.perf_counter(), time.process_time()
        reader.rows(query)
        best = min(best, time.perf_counter() - wall, time.process_time() - processor)
        if best <= MOST_SECONDS / 2:
            break
    return best


def test_a_filtered_query_of_each_mart_is_answered_at_once(reader: Reader, measured: dict[str, object]) -> None:
    names, (values,) = reader.fetch(GIVEN)
    given = dict(zip(names, values, strict=True))
    took = {name: best_seconds(reader, query.format(**given)) for name, query in QUERIES.items()}
    measured["ms"] = {name: round(seconds * 1000) for name, seconds in took.items()}
    assert {name: seconds for name, seconds in took.items() if seconds > MOST_SECONDS} == {}


def test_each_mart_is_asked_and_stored_as_it_says(reader: Reader) -> None:
    asked = " ".join(" ".join(QUERIES.values()).split())
    kinds = {"table": "BASE TABLE", "view": "VIEW"}
    held = reader.rows("SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'mart'")
    assert dict(held) == {mart.name: kinds[mart.stored_as] for mart in read_marts()}  # type: ignore[arg-type]
    for mart in read_marts():
        assert f"mart.{mart.name} " in asked
        assert reader.rows(f"FROM mart.{mart.name} LIMIT 1") != []
