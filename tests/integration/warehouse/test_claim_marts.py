"""The views over claims, on a small warehouse: three articles, of which the second is a near-copy of the first."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from schemas.actors import DimActor
from schemas.articles import ArticleSentence, ArticleText, DimArticle
from schemas.claims import FactClaim
from schemas.contract import Contract, columns, qualified_name
from schemas.dates import FactDateMention
from schemas.figures import DimFxRate, FactFigure
from schemas.stories import ArticleStory
from tests.integration.warehouse.staging import identity
from warehouse.ddl import create_marts, create_tables

TEXT = "Japan pledged Kenya ¥300 billion ($2 billion) in May. Some 30 people died and 41% of Kenyans approve of it."
JANUARY = {number: date(2024, 1, 9 + number) for number in (1, 2, 3)}
"""The day of publication of each article."""
STORY = {1: 1, 2: 1, 3: 3}
"""The article that leads the story of each."""
NEVER_NULL: dict[str, Any] = {
    "VARCHAR": "-",
    "INTEGER": 0,
    "DOUBLE": 1.0,
    "BOOLEAN": False,
    "DATE": date(2024, 1, 1),
    "TIMESTAMP": "2024-01-01",
}
"""What a column that may not be null holds where a test does not care."""


def insert(connection: duckdb.DuckDBPyConnection, contract: type[Contract], **values: Any) -> None:  # noqa: ANN401
    row = [values.get(c.name, None if c.nullable else NEVER_NULL[c.duckdb_type]) for c in columns(contract)]
    connection.execute(f"INSERT INTO {qualified_name(contract)} VALUES ({', '.join('?' * len(row))})", row)


def tell(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    surface: str,
    claim: dict[str, Any],
    **figure: Any,  # noqa: ANN401
) -> None:
    """One claim of an article, with its figure; it keeps the place that the surface has in TEXT."""
    start = TEXT.index(surface)
    fact = {"article_id": identity(number), "span_start": start, "span_end": start + len(surface), "surface": surface}
    name = f"{number}-{connection.sql('SELECT count(*) FROM fact_claim').fetchall()[0][0]}"
    value = figure.get("value")
    limits = {"value_low": value, "value_high": value, "bound": "exact"}
    insert(connection, FactFigure, figure_id=f"f{name}", **fact, **{**limits, **figure})
    told = {"modality": "asserted", **claim}
    insert(connection, FactClaim, claim_id=f"c{name}", figure_id=f"f{name}", **fact, **told)


PLEDGE = {
    "topic": "aid",
    "status": "pledged",
    "subject_surface": "Japan",
    "subject_actor_id": "country:jpn",
    "object_surface": "Kenya",
    "object_actor_id": "country:ken",
    "date_id": "may",
    "claim_key": "aid/pledged/country:jpn/country:ken/JPY/2023-05/3.0e11",
}
CONVERSION = PLEDGE | {"claim_key": "aid/pledged/country:jpn/country:ken/USD/2023-05/2.0e9"}
KILLED = {"topic": "casualties", "status": "killed", "subject_surface": "people", "object_surface": "gunmen"}
POLL = {"topic": "poll", "subject_surface": "Kenyans", "claim_key": "poll/-/kenyans/-/percent/-/41"}
YEN = {"dimension": "money", "unit": "JPY"}
PEOPLE = {"dimension": "count", "counted": "person"}
LAST = f"article_id = '{identity(3)}'"


def killed(number: int) -> dict[str, Any]:
    return KILLED | {"claim_key": f"casualties/killed/people/gunmen/person/2024-01-08/{number}.0"}


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_tables(connection)
        for code, name in (("jpn", "Japan"), ("ken", "Kenya")):
            insert(connection, DimActor, actor_id=f"country:{code}", name=name, country_code=code.upper())
        insert(
            connection,
            DimFxRate,
            currency="JPY",
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
            usd_per_unit=0.01,
        )
        insert(connection, FactDateMention, date_id="may", starts_on=date(2023, 5, 1), ends_on=date(2023, 5, 31))
        for number, day in JANUARY.items():
            article = identity(number)
            insert(connection, DimArticle, article_id=article, published_on=day, source_name=f"Paper {number}")
            insert(connection, ArticleText, article_id=article, text=TEXT)
            insert(connection, ArticleSentence, article_id=article, span_start=0, span_end=53)
            insert(
                connection,
                ArticleStory,
                article_id=article,
                story_id=identity(STORY[number]),
                is_lead=STORY[number] == number,
            )
            tell(connection, number, "¥300 billion", PLEDGE, value=3e11, **YEN)
        tell(connection, 1, "$2 billion", CONVERSION, value=2e9, dimension="money", unit="USD")
        tell(connection, 1, "30", killed(12), value=12.0, **PEOPLE)
        tell(connection, 2, "30", killed(12), value=12.0, **PEOPLE)
        tell(connection, 3, "30", killed(30), value=30.0, value_high=None, bound="at_least", **PEOPLE)
        tell(connection, 3, "30", killed(30) | {"modality": "negated"}, value=30.4, **PEOPLE)
        tell(connection, 1, "41%", POLL, value=41.0, dimension="percent", unit="percent")
        tell(connection, 2, "41%", POLL, value=41.0, dimension="percent", unit="percent")
        create_marts(connection)
        yield connection


def rows(warehouse: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return warehouse.sql(query).fetchall()


def test_a_claim_counts_each_independent_story_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    pledge = (
        "SELECT subject, object, status, unit, stories, stories_denying, tellings, first_told_on, last_told_on, "
        "dated_from, dated_to FROM mart.claims WHERE topic = 'aid' AND unit = 'JPY'"
    )
    assert rows(warehouse, pledge) == [
        (*("Japan", "Kenya", "pledged", "JPY", 2, 0, 3, JANUARY[1], JANUARY[3]), date(2023, 5, 1), date(2023, 5, 31))
    ]


def test_a_claim_keeps_its_lowest_and_highest_value_and_who_denies_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT lowest_value, highest_value, stories, stories_denying, tellings FROM mart.claims WHERE topic = "
    assert rows(warehouse, f"{query} 'casualties' ORDER BY ALL") == [(12.0, 12.0, 1, 0, 2), (30.0, 30.4, 1, 1, 2)]


def test_every_key_has_one_row(warehouse: duckdb.DuckDBPyConnection) -> None:
    counted = rows(warehouse, "SELECT count(*), count(DISTINCT claim_key) FROM mart.claims")
    assert counted == rows(warehouse, "SELECT count(DISTINCT claim_key), count(DISTINCT claim_key) FROM fact_claim")


def test_a_flow_of_money_stands_once_in_its_own_currency_and_in_dollars(warehouse: duckdb.DuckDBPyConnection) -> None:
    flows = (
        "SELECT giver, giver_country_code, receiver, receiver_country_code, status, amount, currency, amount_usd, "
        "stories FROM mart.money_flows"
    )
    assert rows(warehouse, flows) == [("Japan", "JPN", "Kenya", "KEN", "pledged", 3e11, "JPY", 3e9, 2)]


def test_a_casualty_report_stands_once_a_story_with_its_bound(warehouse: duckdb.DuckDBPyConnection) -> None:
    reports = (
        "SELECT published_on, source_name, status, victims, perpetrator, bound, number, lowest_number, highest_number "
        "FROM mart.casualty_reports ORDER BY published_on"
    )
    assert rows(warehouse, reports) == [
        (JANUARY[1], "Paper 1", "killed", "people", "gunmen", "exact", 12.0, 12.0, 12.0),
        (JANUARY[3], "Paper 3", "killed", "people", "gunmen", "at_least", 30.0, 30.0, None),
    ]


def test_a_poll_stands_once_a_story_beside_its_sentence(warehouse: duckdb.DuckDBPyConnection) -> None:
    polls = "SELECT published_on, respondents, target, percent, sentence FROM mart.polls"
    assert rows(warehouse, polls) == [(JANUARY[1], "Kenyans", None, 41.0, TEXT[:53])]


def test_a_history_shows_how_the_value_moved_between_independent_stories(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    history = (
        "SELECT series, telling_no, published_on, value, previous_value, change, stories FROM mart.figure_history "
        "WHERE topic = 'casualties' ORDER BY telling_no LIMIT 2"
    )
    series = "casualties/killed/people/gunmen/person/2024-01-08"
    assert rows(warehouse, history) == [
        (series, 1, JANUARY[1], 12.0, None, None, 2),
        (series, 2, JANUARY[3], 30.0, 12.0, 18.0, 2),
    ]


def test_a_series_that_one_story_tells_has_no_history(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, "FROM mart.figure_history WHERE topic = 'poll'") == []


@pytest.fixture
def telling(warehouse: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, to which a test adds claims; they are gone after it."""
    warehouse.begin()
    yield warehouse
    warehouse.rollback()


def test_rates_changes_goods_paid_and_money_to_oneself_are_no_flows(telling: duckdb.DuckDBPyConnection) -> None:
    before = rows(telling, "SELECT count(*) FROM mart.money_flows")
    euros = {"dimension": "money", "unit": "EUR", "value": 5.0}
    tell(telling, 3, "¥300 billion", PLEDGE | {"claim_key": "rate"}, **euros, per_unit="month")
    tell(telling, 3, "¥300 billion", PLEDGE | {"claim_key": "change"}, **euros, direction="up")
    tell(telling, 3, "¥300 billion", PLEDGE | {"claim_key": "goods", "topic": "trade", "status": None}, **euros)
    tell(telling, 3, "¥300 billion", PLEDGE | {"claim_key": "self", "object_actor_id": "country:jpn"}, **euros)
    assert rows(telling, "SELECT count(*) FROM mart.money_flows") == before


def test_a_flow_without_an_amount_or_a_rate_keeps_its_bounds(telling: duckdb.DuckDBPyConnection) -> None:
    nobody = {"subject_actor_id": None, "object_actor_id": None, "object_surface": None, "date_id": None}
    billions = {"dimension": "money", "unit": "EUR", "value_low": 2e9, "bound": "over"}
    tell(telling, 3, "¥300 billion", PLEDGE | nobody | {"claim_key": "billions"}, **billions)
    query = (
        "SELECT giver, receiver, amount, bound, lowest_amount, highest_amount, amount_usd, dated_from "
        "FROM mart.money_flows WHERE claim_key = 'billions'"
    )
    assert rows(telling, query) == [("Japan", None, None, "over", 2e9, 2e9, None, None)]


def test_parts_are_shares_of_opinion_and_percentage_points_are_none(telling: duckdb.DuckDBPyConnection) -> None:
    tell(telling, 3, "41%", POLL | {"claim_key": "ratio"}, value=0.6, dimension="ratio")
    tell(telling, 3, "41%", POLL | {"claim_key": "points"}, value=3.0, dimension="percent", unit="percentage_point")
    open_end = {"value_low": 50.0, "bound": "over", "dimension": "percent", "unit": "percent"}
    tell(telling, 3, "41%", POLL | {"claim_key": "majority", "modality": "reported"}, **open_end)
    shares = "SELECT claim_key, percent, lowest_percent, highest_percent, modality FROM mart.polls"
    assert rows(telling, f"{shares} WHERE {LAST} ORDER BY ALL") == [
        ("majority", None, 50.0, None, "reported"),
        ("ratio", 60.0, 60.0, 60.0, "asserted"),
    ]


def test_a_toll_is_a_count_and_its_first_telling_the_earliest_dated(telling: duckdb.DuckDBPyConnection) -> None:
    insert(telling, DimArticle, article_id=identity(9), published_on=None, source_name="Undated")
    insert(telling, ArticleStory, article_id=identity(9), story_id=identity(3))
    denied = killed(7) | {"modality": "negated"}
    tell(telling, 9, "30", denied | {"modality": "asserted"}, value=7.0, **PEOPLE)
    tell(telling, 3, "30", denied, value=7.0, **PEOPLE)
    tell(telling, 3, "41%", killed(41), value=41.0, dimension="percent", unit="percent")
    query = (
        "SELECT number, modality, source_name FROM mart.casualty_reports WHERE claim_key LIKE '%/7.0' OR number = 41"
    )
    assert rows(telling, query) == [(7.0, "negated", "Paper 3")]
    (claim,) = rows(telling, "SELECT modality, stories_denying, tellings FROM mart.claims WHERE claim_key LIKE '%/7.0'")
    assert claim == ("negated", 1, 2)


def test_counts_and_claims_without_a_period_have_no_history(telling: duckdb.DuckDBPyConnection) -> None:
    for number, story_value in ((1, 5.0), (3, 6.0)):
        counted = {"topic": "count", "claim_key": f"count/-/ships/-/ship/2024-01-08/{story_value}"}
        undated = {"topic": "forces", "claim_key": f"forces/-/country:ken/-/person/-/{story_value}"}
        nobodys = {"topic": "forces", "claim_key": f"forces/-/troops/-/person/2024/{story_value}"}
        for claim in (counted, undated, nobodys):
            tell(telling, number, "30", claim, value=story_value, **PEOPLE)
    assert rows(telling, "FROM mart.figure_history WHERE topic IN ('count', 'forces')") == []
