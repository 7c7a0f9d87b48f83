"""The load on a real DuckDB file: all or nothing, changed articles replaced, audits that catch what they are for."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from schemas.actors import FactActorMention
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import table_name
from schemas.etl import EtlReject
from schemas.figures import FactFigure
from tests.integration.warehouse.staging import TEXT, article_tables, dimensions, identity, ledgers, package, staged
from warehouse.audit import BlockingAuditError, read_audits, run_audits
from warehouse.connection import Connection, open_build
from warehouse.load import LoadInput, LoadResult, load
from warehouse.migrate import OtherSchemaError
from warehouse.paths import WarehousePaths
from warehouse.transaction import transaction


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths.of(tmp_path / "news.duckdb")


@pytest.fixture
def build(paths: WarehousePaths) -> Iterator[Connection]:
    with open_build(paths) as connection:
        yield connection


def load_tables(
    build: Connection,
    paths: WarehousePaths,
    run_id: str,
    *batches: dict[str, pl.DataFrame],
    rejects: pl.DataFrame | None = None,
) -> LoadResult:
    packages = [package(paths.stage, f"{run_id}-{number}", tables) for number, tables in enumerate(batches)]
    written = ledgers(paths.stage / f"landing-{run_id}", rejects=rejects)
    with transaction(build):
        return load(build, LoadInput(run_id, packages, dimensions(paths.stage), written))


def count(build: Connection, table: str) -> int:
    found: int = build.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    return found


def test_a_load_fills_every_table_with_its_run(build: Connection, paths: WarehousePaths) -> None:
    result = load_tables(build, paths, "r1", article_tables(1), article_tables(2))
    assert result.changed
    assert result.rows["dim_article"] == 2
    for table in (
        "dim_article",
        "article_text",
        "fact_date_mention",
        "fact_figure",
        "fact_actor_mention",
        "etl.article",
    ):
        assert count(build, table) == 2
    assert build.sql("SELECT DISTINCT run_id FROM fact_figure").fetchall() == [("r1",)]
    assert build.sql("SELECT count(loaded_at) FROM dim_article").fetchall() == [(2,)]


def test_a_changed_article_replaces_its_facts_and_the_old_ones_move_to_hist(
    build: Connection, paths: WarehousePaths
) -> None:
    load_tables(build, paths, "r1", article_tables(1), article_tables(2))
    load_tables(build, paths, "r2", article_tables(1, text=f"{TEXT} More.", version="b"))
    assert count(build, "fact_figure") == 2
    assert build.sql("SELECT article_id, run_id, replaced_by_run_id FROM hist.fact_figure").fetchall() == [
        (identity(1), "r1", "r2")
    ]
    assert build.sql("SELECT text FROM article_text ORDER BY article_id").fetchall() == [(f"{TEXT} More.",), (TEXT,)]


def test_loading_the_same_again_gives_the_same_rows(build: Connection, paths: WarehousePaths) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    before = build.sql("SELECT * EXCLUDE (run_id) FROM fact_actor_mention").fetchall()
    load_tables(build, paths, "r2", article_tables(1))
    assert build.sql("SELECT * EXCLUDE (run_id) FROM fact_actor_mention").fetchall() == before


def test_a_discovered_actor_stays_as_long_as_a_mention_needs_it(build: Connection, paths: WarehousePaths) -> None:
    tables = article_tables(1)
    found = {"actor_id": "x:person:ana-alba", "name": "Ana Alba", "actor_kind": "person", "origin": "discovered"}
    tables["discovered_actor"] = pl.DataFrame([found], schema=tables["discovered_actor"].schema)
    tables[table_name(FactActorMention)] = tables[table_name(FactActorMention)].with_columns(
        actor_id=pl.lit("x:person:ana-alba"), actor_kind=pl.lit("person")
    )
    load_tables(build, paths, "r1", tables, article_tables(2))
    assert count(build, "dim_actor") == 2
    load_tables(build, paths, "r2", article_tables(1, version="b"))
    assert build.sql("SELECT actor_id FROM dim_actor").fetchall() == [("country:jpn",)]


def test_new_rejects_change_what_readers_see_and_known_ones_do_not(build: Connection, paths: WarehousePaths) -> None:
    reject = staged(
        EtlReject,
        {"reject_id": identity(9), "severity": "error", "reason": "bad_json", "detail": "line 3", "source_uri": "a"},
    )
    assert load_tables(build, paths, "r1", rejects=reject).changed
    assert not load_tables(build, paths, "r2", rejects=reject).changed
    assert count(build, "etl.reject") == 1


PLANTED = {
    "surface_matches_text": "UPDATE fact_figure SET surface = '$3 billion'",
    "fact_in_sentence": "UPDATE fact_date_mention SET span_end = 4000",
    "id_unique": "INSERT INTO fact_figure FROM fact_figure",
    "mention_has_actor": "DELETE FROM dim_actor",
    "claim_names_rows": "DELETE FROM fact_figure",
    "claim_party_agrees": "DELETE FROM claim_party",
    "party_matches_text": "UPDATE claim_party SET surface = 'Kenya'",
    "mention_kind_agrees": "UPDATE dim_actor SET actor_kind = 'place'",
    "ledger_matches_articles": "DELETE FROM etl.article",
    "article_is_complete": "DELETE FROM article_text",
    "published_in_future": "UPDATE dim_article SET published_on = current_date + 30",
    "story_is_whole": "UPDATE article_story SET is_lead = FALSE",
    "parent_is_known": "UPDATE dim_actor SET parent_actor_id = 'country:nowhere'",
}


@pytest.mark.parametrize("audit", [audit.name for audit in read_audits()])
def test_each_audit_catches_the_violation_it_is_for(build: Connection, paths: WarehousePaths, audit: str) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    assert [result.audit for result in run_audits(build) if result.bad_rows] == []
    build.execute(PLANTED[audit])
    (caught,) = [result for result in run_audits(build) if result.audit == audit]
    assert caught.bad_rows >= 1
    assert caught.sample


def test_a_blocking_audit_rolls_the_whole_load_back(build: Connection, paths: WarehousePaths) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    broken = article_tables(2)
    broken[table_name(FactFigure)] = broken[table_name(FactFigure)].with_columns(surface=pl.lit("$9 billion"))
    with pytest.raises(BlockingAuditError, match="surface_matches_text: 1 rows"):
        load_tables(build, paths, "r2", broken, article_tables(3))
    assert build.sql("SELECT DISTINCT run_id FROM fact_figure").fetchall() == [("r1",)]
    assert count(build, "dim_article") == 1


def test_a_build_file_with_other_tables_is_refused_by_name(paths: WarehousePaths) -> None:
    with open_build(paths) as connection:
        connection.execute("ALTER TABLE fact_figure DROP COLUMN per_unit")
    with pytest.raises(OtherSchemaError, match="fact_figure"), open_build(paths):
        pass


def test_extracting_the_same_content_again_supersedes_only_what_came_out_differently(
    build: Connection, paths: WarehousePaths
) -> None:
    load_tables(build, paths, "r1", article_tables(1), article_tables(2))
    same = load_tables(build, paths, "r2", article_tables(1), article_tables(2))
    assert not same.changed
    assert (count(build, "hist.fact_figure"), count(build, "hist.fact_actor_mention")) == (0, 0)
    better = article_tables(1)
    better[table_name(FactFigure)] = better[table_name(FactFigure)].with_columns(counted=pl.lit("loan"))
    assert load_tables(build, paths, "r3", better, article_tables(2)).changed
    assert build.sql("SELECT article_id, run_id, counted FROM fact_figure ORDER BY ALL").fetchall() == [
        (identity(1), "r3", "loan"),
        (identity(2), "r1", None),
    ]
    superseded = "SELECT article_id, run_id, counted, replaced_by_run_id FROM hist.fact_figure"
    assert build.sql(superseded).fetchall() == [(identity(1), "r1", None, "r3")]
    assert count(build, "hist.fact_actor_mention") == 0
    assert build.sql("SELECT DISTINCT run_id FROM dim_article").fetchall() == [("r1",)]


def test_what_no_rule_finds_any_longer_moves_to_hist(build: Connection, paths: WarehousePaths) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    without = article_tables(1)
    for contract in (FactFigure, FactClaim, ClaimParty):
        without[table_name(contract)] = without[table_name(contract)].clear()
    load_tables(build, paths, "r2", without)
    assert (count(build, "fact_figure"), count(build, "fact_date_mention")) == (0, 1)
    assert build.sql("SELECT replaced_by_run_id FROM hist.fact_figure").fetchall() == [("r2",)]
