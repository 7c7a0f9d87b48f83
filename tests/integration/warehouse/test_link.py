"""The link step on a real DuckDB file: near-copies are one story, whatever the order and the portions they come in."""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.articles import DimArticle
from schemas.contract import table_name
from schemas.stories import SIGNATURE_DIGITS, SIGNATURE_PLACES
from tests.integration.warehouse.staging import TEXT, article_tables, dimensions, identity, ledgers, package
from warehouse.connection import Connection, open_build
from warehouse.forget import forget_article
from warehouse.link import link_stories
from warehouse.load import LoadInput, load
from warehouse.paths import WarehousePaths
from warehouse.transaction import transaction

Article = tuple[int, str, date | None]
"""Number, what its text says beside the fact, day of publication."""
Stories = dict[int, tuple[int, bool]]
"""By number: the number of the story's lead, and whether it is that lead."""

DAY = date(2023, 11, 6)
BOILERPLATE = "Follow us for alerts. This report was prepared with the help of local staff. All rights reserved."


def prose(seed: str, sentences: int = 12) -> str:
    """Sentences that only this seed gives."""
    drawn = [hashlib.sha256(f"{seed} {number}".encode()).hexdigest() for number in range(sentences)]
    return " ".join(" ".join(digest[n : n + 4] for n in range(0, 60, 4)) + "." for digest in drawn)


def tables_of(article: Article) -> dict[str, pl.DataFrame]:
    number, text, published_on = article
    tables = article_tables(number, text=f"{TEXT} {text}", version=hashlib.sha256(text.encode()).hexdigest()[0])
    dimension = tables[table_name(DimArticle)]
    return tables | {table_name(DimArticle): dimension.with_columns(published_on=pl.lit(published_on, pl.Date))}


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths.of(tmp_path / "news.duckdb")


@pytest.fixture
def build(paths: WarehousePaths) -> Iterator[Connection]:
    with open_build(paths) as connection:
        yield connection


def load_articles(build: Connection, paths: WarehousePaths, run_id: str, articles: Sequence[Article]) -> Stories:
    packages = [package(paths.stage, f"{run_id}-{article[0]}", tables_of(article)) for article in articles]
    with transaction(build):
        landing = ledgers(paths.stage / f"landing-{run_id}")
        load(build, LoadInput(run_id, packages, dimensions(paths.stage), landing))
    return stories(build)


def stories(build: Connection) -> Stories:
    rows = build.sql("SELECT article_id, story_id, is_lead FROM article_story ORDER BY ALL").fetchall()
    return {int(article, 16): (int(story, 16), lead) for article, story, lead in rows}


def loaded_at_once(folder: Path, articles: Sequence[Article]) -> Stories:
    paths = WarehousePaths.of(folder / "once.duckdb")
    with open_build(paths) as connection:
        return load_articles(connection, paths, "once", articles)


WIRE = prose("wire")


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        f"PORT SUDAN (Example Wire) - {WIRE}",
        WIRE[: len(WIRE) * 5 // 6],
        f"BY OUR STAFF - {WIRE[: len(WIRE) // 2]}",
        f"New headline on the first line\n\n{WIRE} Additional reporting by our correspondent.",
        WIRE.upper().replace(" ", "\n"),
    ],
    ids=["equal", "dateline", "last sentences cut", "cut to half", "headline and credit", "set otherwise"],
)
def test_a_near_copy_is_of_the_same_story_and_the_earlier_leads(
    build: Connection, paths: WarehousePaths, copy: str
) -> None:
    found = load_articles(build, paths, "r1", [(1, copy, date(2023, 11, 7)), (2, WIRE, DAY), (3, prose("other"), DAY)])
    assert found == {1: (2, False), 2: (2, True), 3: (3, True)}


def test_unrelated_articles_with_the_same_boilerplate_stay_apart(build: Connection, paths: WarehousePaths) -> None:
    articles = [(number, f"{prose(str(number), 5)} {BOILERPLATE}", DAY) for number in (1, 2)]
    assert load_articles(build, paths, "r1", articles) == {1: (1, True), 2: (2, True)}


def test_of_one_day_the_smallest_id_leads_and_an_undated_copy_comes_last(
    build: Connection, paths: WarehousePaths
) -> None:
    found = load_articles(build, paths, "r1", [(1, WIRE, None), (3, WIRE, DAY), (2, WIRE, DAY)])
    assert found == {1: (2, False), 2: (2, True), 3: (2, False)}


CHAIN: list[Article] = [
    (1, prose("a") + prose("x", 2), date(2023, 11, 9)),
    (2, prose("a") + prose("b"), date(2023, 11, 8)),
    (3, prose("b") + prose("y", 2), date(2023, 11, 7)),
    (4, prose("d", 10), DAY),
]


SAMPLE = {(0, 1, 2, 3), (1, 3, 0, 2), (2, 0, 3, 1)}
"""Three of the orders in which four articles can come."""


@pytest.mark.parametrize(
    "order",
    [pytest.param(order, marks=() if order in SAMPLE else pytest.mark.full) for order in permutations(range(4))],
    ids=str,
)
def test_any_order_of_loads_gives_what_one_load_of_all_gives(
    tmp_path: Path, build: Connection, paths: WarehousePaths, order: tuple[int, ...]
) -> None:
    for step, number in enumerate(order):
        load_articles(build, paths, f"r{step}", [CHAIN[number]])
    assert stories(build) == loaded_at_once(tmp_path, CHAIN)
    assert stories(build) == {1: (3, False), 2: (3, False), 3: (3, True), 4: (4, True)}


def test_a_story_falls_apart_when_the_article_that_held_it_together_changes(
    build: Connection, paths: WarehousePaths
) -> None:
    load_articles(build, paths, "r1", CHAIN)
    found = load_articles(build, paths, "r2", [(2, prose("rewritten"), date(2023, 11, 8))])
    assert found == {1: (1, True), 2: (2, True), 3: (3, True), 4: (4, True)}


def test_hundreds_of_equal_articles_are_one_story_that_grows(build: Connection, paths: WarehousePaths) -> None:
    first = load_articles(build, paths, "r1", [(2, WIRE, DAY), (3, prose("other"), DAY)])
    assert first == {2: (2, True), 3: (3, True)}
    tables = [tables_of((number, WIRE, DAY)) for number in (1, *range(4, 300))]
    merged = {name: pl.concat(batch[name] for batch in tables) for name in tables[0]}
    with transaction(build):
        landing = ledgers(paths.stage / "landing-r2")
        load(build, LoadInput("r2", [package(paths.stage, "r2", merged)], dimensions(paths.stage), landing))
    found = stories(build)
    assert found.pop(3) == (3, True)
    assert set(found.values()) == {(1, True), (1, False)}


def test_a_forgotten_lead_leaves_the_story_to_the_next(build: Connection, paths: WarehousePaths) -> None:
    load_articles(build, paths, "r1", [(1, WIRE, date(2023, 11, 8)), (2, WIRE, DAY), (3, WIRE, date(2023, 11, 7))])
    with transaction(build):
        forget_article(build, identity(2))
    assert stories(build) == {1: (3, False), 3: (3, True)}


def related_signatures(chosen: random.Random, count: int) -> list[str]:
    """Signatures of which many are equal to an earlier one, or agree with it in about half of their places."""
    drawn: list[list[str]] = []
    for _ in range(count):
        parent = chosen.choice(drawn) if drawn and chosen.random() < 0.7 else []
        kept = chosen.choice([1.0, 0.7, 0.5, 0.4])
        drawn.append(
            [
                parent[place] if parent and chosen.random() < kept else f"{chosen.randrange(10**SIGNATURE_DIGITS):04}"
                for place in range(SIGNATURE_PLACES)
            ]
        )
    return ["".join(places) for places in drawn]


def add_signed(connection: duckdb.DuckDBPyConnection, signatures: Mapping[int, str], numbers: Sequence[int]) -> None:
    """Put articles in the place of their earlier versions, and link."""
    ids = [identity(number) for number in numbers]
    connection.execute("CREATE OR REPLACE TEMP TABLE changed AS SELECT unnest(?) AS article_id", [ids])
    for table in ("dim_article", "etl.article_signature"):
        connection.execute(f"DELETE FROM {table} WHERE article_id IN (FROM changed)")
    for number in numbers:
        connection.execute(
            "INSERT INTO dim_article (article_id, published_on, word_count) VALUES (?, ?, 300)",
            [identity(number), date(2024, 1, 1 + number % 7)],
        )
        connection.execute("INSERT INTO etl.article_signature VALUES (?, ?)", [identity(number), signatures[number]])
    link_stories(connection)


@pytest.mark.parametrize("seed", range(3))
def test_random_portions_and_changes_end_in_what_one_link_of_all_gives(seed: int) -> None:
    chosen, results = random.Random(seed), []  # noqa: S311  (draws test data)
    final = dict(enumerate(related_signatures(chosen, 60)))
    before = dict(enumerate(related_signatures(chosen, 60)))
    order = chosen.sample(range(60), 60)
    portions = [order[start : start + 13] for start in range(0, 60, 13)]
    steps = [*((before, portion) for portion in portions), *((final, portion) for portion in reversed(portions))]
    for plan in ([(final, range(60))], steps):
        with duckdb.connect() as connection:
            connection.execute("CREATE SCHEMA etl")
            connection.execute("CREATE TABLE dim_article (article_id VARCHAR, published_on DATE, word_count INTEGER)")
            connection.execute("CREATE TABLE etl.article_signature (article_id VARCHAR, signature VARCHAR)")
            connection.execute("CREATE TABLE article_story (article_id VARCHAR, story_id VARCHAR, is_lead BOOLEAN)")
            for signatures, numbers in plan:
                add_signed(connection, signatures, numbers)
            results.append(stories(connection))
    assert results[0] == results[1]
    assert 1 < len({lead for lead, _ in results[0].values()}) < 60
