"""The marts over dates, figures and mentions, on a small warehouse: two articles of one day, and one without a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from schemas.actors import DimActor, FactActorMention
from schemas.articles import ArticleSentence, ArticleText, DimArticle
from schemas.claims import FactClaim
from schemas.dates import FactDateMention
from schemas.figures import DimFxRate, FactFigure
from schemas.stories import ArticleStory
from tests.integration.warehouse.staging import identity
from tests.integration.warehouse.test_claim_marts import insert, rows
from warehouse.ddl import create_marts, create_tables

TEXT = "Kenya paid Japan €5 million. Ana Alba flies to Kenya on Friday."
SECOND = TEXT.index("Ana")
DAY = date(2024, 1, 10)
FRIDAY = DAY + timedelta(2)
PAPERS = {1: "Harbour Post", 2: "Lake Times", 3: None}
"""Who published each article; the third has no day of publication either."""
ACTORS = {"country:jpn": "Japan", "country:ken": "Kenya", "place:nairobi": "Nairobi", "x:person:ana": "Ana Alba"}


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_tables(connection)
        for actor_id, name in ACTORS.items():
            kind = actor_id.split(":")[-2]
            place = {"latitude": -1.3, "longitude": 36.8} if kind == "place" else {}
            insert(connection, DimActor, actor_id=actor_id, name=name, actor_kind=kind, **place)
        period = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}
        insert(connection, DimFxRate, currency="EUR", usd_per_unit=1.1, **period)
        insert(
            connection,
            DimFxRate,
            currency="GBP",
            usd_per_unit=1.3,
            starts_on=date(2020, 1, 1),
            ends_on=DAY.replace(2020),
        )
        for number, paper in PAPERS.items():
            put_article(connection, number, paper)
        create_marts(connection)
        yield connection


def put_article(connection: duckdb.DuckDBPyConnection, number: int, paper: str | None) -> None:
    article = identity(number)
    day = DAY if paper else None
    insert(connection, DimArticle, article_id=article, published_on=day, source_name=paper, word_count=12)
    insert(connection, ArticleText, article_id=article, text=TEXT)
    insert(connection, ArticleStory, article_id=article, story_id=identity(1), is_lead=number == 1)
    for sentence, (start, end) in enumerate(((0, SECOND - 1), (SECOND, len(TEXT)))):
        insert(connection, ArticleSentence, article_id=article, sentence_no=sentence, span_start=start, span_end=end)


@pytest.fixture
def facts(warehouse: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, to which a test adds facts; they are gone after it."""
    warehouse.begin()
    yield warehouse
    warehouse.rollback()


def name_actors(connection: duckdb.DuckDBPyConnection, number: int, sentence: int, *actors: str) -> None:
    for place, actor in enumerate(actors):
        mention = f"{number}-{sentence}-{place}"
        where = {"article_id": identity(number), "sentence_no": sentence}
        insert(connection, FactActorMention, mention_id=mention, actor_id=actor, **where)


def put_date(connection: duckdb.DuckDBPyConnection, number: int, starts: date | None, **values: Any) -> None:  # noqa: ANN401
    where = {"article_id": identity(number), "sentence_no": 1, "span_start": TEXT.index("Friday"), "surface": "Friday"}
    shape = {"timex_type": "DATE", "granularity": "day", "starts_on": starts, "ends_on": starts}
    insert(connection, FactDateMention, **{**where, **shape, "date_id": f"d{number}-{starts}", **values})


def put_money(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    value: float | None,
    unit: str,
    **values: Any,  # noqa: ANN401
) -> None:
    limits = {"value": value, "value_low": value, "value_high": value, "bound": "exact", "dimension": "money"}
    name = f"f{number}-{unit}"
    insert(
        connection, FactFigure, **{**limits, "figure_id": name, "article_id": identity(number), "unit": unit, **values}
    )


def test_a_day_counts_an_actors_mentions_and_the_articles_that_have_them(facts: duckdb.DuckDBPyConnection) -> None:
    name_actors(facts, 1, 0, "country:ken", "country:ken")
    name_actors(facts, 2, 1, "country:ken", "x:person:ana")
    name_actors(facts, 3, 0, "country:ken")
    query = "SELECT published_on, name, actor_kind, mentions, articles FROM mart.actor_timeline ORDER BY ALL NULLS LAST"
    assert rows(facts, query) == [
        (DAY, "Ana Alba", "person", 1, 1),
        (DAY, "Kenya", "country", 3, 2),
        (None, "Kenya", "country", 1, 1),
    ]


def test_a_pair_counts_sentences_that_name_both_once_each(facts: duckdb.DuckDBPyConnection) -> None:
    name_actors(facts, 1, 0, "country:ken", "country:jpn", "country:ken")
    name_actors(facts, 1, 1, "country:jpn", "country:ken")
    name_actors(facts, 2, 0, "country:jpn")
    name_actors(facts, 2, 1, "country:ken")
    name_actors(facts, 3, 0, "x:person:ana", "country:ken")
    assert rows(facts, "FROM mart.actor_pairs ORDER BY ALL") == [
        ("country:jpn", "Japan", "country:ken", "Kenya", 2, 1, DAY, DAY),
        ("country:ken", "Kenya", "x:person:ana", "Ana Alba", 1, 1, None, None),
    ]


def test_coverage_counts_articles_without_facts_and_without_a_day(facts: duckdb.DuckDBPyConnection) -> None:
    name_actors(facts, 1, 0, "country:ken", "country:jpn")
    put_date(facts, 1, FRIDAY)
    put_money(facts, 1, 5e6, "EUR")
    insert(facts, FactClaim, claim_id="c", article_id=identity(1))
    assert rows(facts, "FROM mart.daily_coverage ORDER BY published_on NULLS LAST") == [
        (DAY, 2, 24, 1, 1, 2, 1),
        (None, 1, 12, 0, 0, 0, 0),
    ]


def test_the_evidence_of_each_kind_of_fact_is_its_sentence(facts: duckdb.DuckDBPyConnection) -> None:
    name_actors(facts, 1, 0, "country:ken")
    put_date(facts, 1, FRIDAY)
    money = {"surface": "€5 million", "span_start": TEXT.index("€")}
    put_money(facts, 1, 5e6, "EUR", **money)
    insert(facts, FactClaim, claim_id="c", article_id=identity(1), **money)
    first, second = TEXT[: SECOND - 1], TEXT[SECOND:]
    assert rows(facts, "SELECT fact_table, surface, sentence, surface_at FROM mart.evidence ORDER BY ALL") == [
        ("fact_actor_mention", "-", first, 0),
        ("fact_claim", "€5 million", first, first.index("€")),
        ("fact_date_mention", "Friday", second, second.index("Friday")),
        ("fact_figure", "€5 million", first, first.index("€")),
    ]


def test_money_has_dollars_where_a_rate_covers_the_day_and_keeps_open_bounds(facts: duckdb.DuckDBPyConnection) -> None:
    put_money(facts, 1, 2.0, "EUR")
    put_money(facts, 1, None, "USD", value_low=3.0, bound="over")
    put_money(facts, 2, 4.0, "GBP")
    put_money(facts, 3, 5.0, "EUR")
    put_money(facts, 3, 6.0, "USD")
    insert(facts, FactFigure, figure_id="people", article_id=identity(1), dimension="count", unit="person")
    query = (
        "SELECT figure_id, value, currency, bound, usd_per_unit, round(value_usd, 2), round(value_low_usd, 2), "
        "value_high_usd IS NULL FROM mart.money ORDER BY figure_id"
    )
    assert rows(facts, query) == [
        ("f1-EUR", 2.0, "EUR", "exact", 1.1, 2.2, 2.2, False),
        ("f1-USD", None, "USD", "over", 1.0, None, 3.0, True),
        ("f2-GBP", 4.0, "GBP", "exact", None, None, None, True),
        ("f3-EUR", 5.0, "EUR", "exact", None, None, None, True),
        ("f3-USD", 6.0, "USD", "exact", 1.0, 6.0, 6.0, False),
    ]


def test_only_placed_dates_behind_the_day_of_publication_are_to_come(facts: duckdb.DuckDBPyConnection) -> None:
    put_date(facts, 1, FRIDAY)
    put_date(facts, 2, FRIDAY)
    put_date(facts, 1, DAY)
    put_date(facts, 1, DAY - timedelta(1))
    put_date(facts, 1, None, timex_value="FUTURE_REF")
    put_date(facts, 2, FRIDAY + timedelta(1), timex_type="DURATION")
    put_date(facts, 3, FRIDAY)
    query = (
        "SELECT starts_on, days_ahead, surface, sentence, source_name, story_id FROM mart.future_dates ORDER BY date_id"
    )
    assert rows(facts, query) == [
        (FRIDAY, 2, "Friday", TEXT[SECOND:], "Harbour Post", identity(1)),
        (FRIDAY, 2, "Friday", TEXT[SECOND:], "Lake Times", identity(1)),
    ]


def test_places_are_counted_by_day_and_source_and_countries_are_none(facts: duckdb.DuckDBPyConnection) -> None:
    name_actors(facts, 1, 0, "place:nairobi", "country:ken", "place:nairobi")
    name_actors(facts, 2, 1, "place:nairobi")
    name_actors(facts, 3, 0, "place:nairobi")
    query = (
        "SELECT published_on, source_name, name, latitude, mentions, articles FROM mart.places ORDER BY ALL NULLS LAST"
    )
    assert rows(facts, query) == [
        (DAY, "Harbour Post", "Nairobi", -1.3, 2, 1),
        (DAY, "Lake Times", "Nairobi", -1.3, 1, 1),
        (None, None, "Nairobi", -1.3, 1, 1),
    ]
