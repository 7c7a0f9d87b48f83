"""Marts as readers get them: tables of the published file, views of the build file, with the same rows and comments."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.integration.warehouse.staging import article_tables
from tests.integration.warehouse.test_load import load_tables
from warehouse.connection import Connection, open_build
from warehouse.ddl import stored_mart_scripts
from warehouse.paths import WarehousePaths
from warehouse.publish import publish
from warehouse.reader import open_published
from warehouse.rollback import roll_back
from warehouse.runs import RunRecord
from warehouse.views import Mart, read_marts

STORED = [mart for mart in read_marts() if mart.stored_as == "table"]
KINDS = "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'mart' ORDER BY table_name"


def record(run_id: str) -> RunRecord:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    return RunRecord(run_id, now, now, "published", changed=True, rules_version="r", dateline_version="0")


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths.of(tmp_path / "news.duckdb")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """Two articles, loaded and published."""
    paths = WarehousePaths.of(tmp_path_factory.mktemp("stored") / "news.duckdb")
    with open_build(paths) as build:
        load_tables(build, paths, "r1", article_tables(1), article_tables(2, text="Japan spent $5 billion in 2023."))
        publish(build, paths, "r1")
    return paths


@pytest.fixture
def both(published: WarehousePaths) -> Iterator[Connection]:
    """The build file and the published one, attached as BI tools attach them."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{published.build}' AS build (READ_ONLY)")
        connection.execute(f"ATTACH '{published.published.resolve()}' AS papers (READ_ONLY)")
        yield connection


def test_all_marts_but_the_evidence_are_tables_for_readers_and_views_for_the_build(both: Connection) -> None:
    build = both.sql(KINDS.replace("'mart'", "'mart' AND table_catalog = 'build'")).fetchall()
    readers = both.sql(KINDS.replace("'mart'", "'mart' AND table_catalog = 'papers'")).fetchall()
    assert {kind for _, kind in build} == {"VIEW"}
    assert [name for name, kind in readers if kind == "VIEW"] == ["evidence"]
    assert [name for name, _ in readers] == [name for name, _ in build] == [mart.name for mart in read_marts()]


@pytest.mark.parametrize("mart", STORED, ids=lambda mart: mart.name)
def test_a_stored_mart_has_the_rows_types_and_comments_of_its_view(both: Connection, mart: Mart) -> None:
    name = mart.name
    for one, other in (("build", "papers"), ("papers", "build")):
        assert both.sql(f"FROM {one}.mart.{name} EXCEPT ALL FROM {other}.mart.{name}").fetchall() == []
    columns = (
        "SELECT column_name, data_type, comment FROM duckdb_columns() "
        f"WHERE schema_name = 'mart' AND table_name = '{name}' AND database_name = ? ORDER BY column_index"
    )
    assert both.execute(columns, ["papers"]).fetchall() == both.execute(columns, ["build"]).fetchall()
    comment = f"SELECT comment FROM duckdb_tables() WHERE schema_name = 'mart' AND table_name = '{name}'"
    assert both.sql(comment).fetchall() == [(mart.comment,)]


def test_marts_of_an_attached_file_take_nothing_from_other_tables_of_the_same_name(both: Connection) -> None:
    both.execute(
        "CREATE TABLE fact_claim (claim_id INTEGER); CREATE SCHEMA mart; CREATE TABLE mart.money (amount INTEGER)"
    )
    for mart in read_marts():
        counted = [both.sql(f"SELECT count(*) FROM {name}.mart.{mart.name}").fetchall() for name in ("papers", "build")]
        assert counted[0] == counted[1]


def test_a_build_made_again_from_what_is_published_has_views_and_goes_on(
    published: WarehousePaths, paths: WarehousePaths
) -> None:
    version = paths.version("r1")
    version.parent.mkdir()
    shutil.copyfile(published.published, version)
    paths.published.symlink_to(version.relative_to(paths.published.parent))
    with open_build(paths) as build:
        assert {kind for _, kind in build.sql(KINDS).fetchall()} == {"VIEW"}
        load_tables(build, paths, "r2", article_tables(3))
        publish(build, paths, "r2")
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT sum(articles)::BIGINT FROM mart.daily_coverage") == [(3,)]


def test_after_a_rollback_the_marts_are_those_of_the_version_and_the_next_publish_has_new_ones(
    paths: WarehousePaths,
) -> None:
    with open_build(paths) as build:
        for number, run_id in enumerate(("r1", "r2")):
            load_tables(build, paths, run_id, article_tables(number))
            publish(build, paths, run_id)
    roll_back(paths, "r1", record("r3"))
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT sum(articles)::BIGINT FROM mart.daily_coverage") == [(1,)]
    with open_build(paths) as build:
        load_tables(build, paths, "r4", article_tables(5), article_tables(6))
        publish(build, paths, "r4")
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT sum(articles)::BIGINT FROM mart.daily_coverage") == [(3,)]


def test_a_mart_that_memory_cannot_hold_stays_a_view_and_the_others_are_tables(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_large = (
        "DROP VIEW mart.claims; CREATE TABLE mart.claims AS SELECT list(n) FROM range(1000000000) AS numbers (n)"
    )
    scripts = [too_large, *(script for script in stored_mart_scripts() if "CREATE TABLE mart.money " in script)]
    monkeypatch.setattr("warehouse.publish.stored_mart_scripts", lambda: scripts)
    with open_build(paths) as build:
        load_tables(build, paths, "r1", article_tables(1))
        publish(build, paths, "r1")
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT count(*) FROM mart.claims") == [(1,)]
        assert [name for name, kind in reader.rows(KINDS) if kind == "BASE TABLE"] == ["money"]


ATTACHED = """
import duckdb, sys
connection = duckdb.connect()
connection.execute(f"ATTACH '{sys.argv[1]}' AS papers (READ_ONLY)")
for mart in sys.argv[2].split(","):
    connection.execute(f"FROM papers.mart.{mart}").fetchall()
connection.execute("USE papers")
print(connection.execute("SELECT count(*) FROM papers.mart.evidence").fetchall())
"""
"""Reads every table among the marts under an alias; the one view needs, in DuckDB before 1.4, USE."""


@pytest.mark.full
@pytest.mark.parametrize("version", ["1.1.3", "1.4.4", "2.0.0"])
def test_other_versions_of_duckdb_read_the_marts_of_an_attached_file(
    published: WarehousePaths, tmp_path: Path, version: str
) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "other")], check=True)
    python = str(tmp_path / "other" / "bin" / "python")
    installed = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", f"duckdb=={version}"], capture_output=True, text=True, check=False
    )
    if installed.returncode:
        pytest.skip(f"no package index has duckdb {version}: {installed.stderr.strip().splitlines()[-1]}")
    names = ",".join(mart.name for mart in STORED)
    read = subprocess.run(
        [python, "-c", ATTACHED, str(published.published), names], capture_output=True, text=True, check=False
    )
    assert read.stdout.splitlines() == ["[(8,)]"], read.stderr
