"""Warehouse files of older versions: brought to the present schema when a run opens them, or refused by name."""

from pathlib import Path

import pytest
import zstandard

from flows.settings import Settings
from flows.steps import run_plain
from tests.integration.warehouse.staging import article_tables
from tests.integration.warehouse.test_load import load_tables
from warehouse import migrate
from warehouse.connection import open_build
from warehouse.migrate import Migration, OtherSchemaError, check_schema
from warehouse.paths import WarehousePaths
from warehouse.reader import open_published

RELEASED = sorted((Path(__file__).parent / "released").glob("*.duckdb.zst"))
NEW_ARTICLE = '{"id": "9", "text": "Peru received a loan of $3 billion on 4 March 2021."}\n'


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths.of(tmp_path / "news.duckdb")


def put_back(released: Path, paths: WarehousePaths) -> None:
    """Lay a released version's published file where it published it."""
    published = paths.versions / "20210101T000000000Z-000000.duckdb"
    with released.open("rb") as packed, published.open("wb") as file:
        zstandard.ZstdDecompressor().copy_stream(packed, file)
    paths.published.symlink_to(published.relative_to(paths.published.parent))


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.name.removesuffix(".duckdb.zst"))
def test_a_warehouse_of_each_released_version_is_opened_and_gets_what_is_new(
    released: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    put_back(released, paths)
    with open_published(paths.published) as reader:
        before = reader.rows("SELECT figure_id, value, unit, run_id FROM fact_figure ORDER BY ALL")
        superseded = reader.rows("SELECT count(*) FROM hist.fact_figure")
    assert before
    (tmp_path / "new.jsonl").write_text(NEW_ARTICLE, encoding="utf-8")
    job = run_plain([str(tmp_path / "new.jsonl")], Settings(warehouse=paths.published))
    assert job.record.state == "published"
    with open_published(paths.published) as reader:
        after = reader.rows("SELECT figure_id, value, unit, run_id FROM fact_figure ORDER BY ALL")
        assert set(before) < set(after)
        assert reader.rows("SELECT count(*) FROM hist.fact_figure") == superseded
        assert reader.rows("SELECT count(*) FROM etl.schema_version") == [(1,)]


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.name.removesuffix(".duckdb.zst"))
def test_an_upgraded_warehouse_reaches_its_readers_although_nothing_is_to_load(
    released: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    put_back(released, paths)
    (tmp_path / "empty").mkdir()
    job = run_plain([str(tmp_path / "empty")], Settings(warehouse=paths.published))
    assert job.record.state == "published"
    with open_published(paths.published) as reader:
        check_schema(reader.connection)
    again = run_plain([str(tmp_path / "empty")], Settings(warehouse=paths.published))
    assert (again.record.state, again.record.publish_seconds) == ("unchanged", None)


def make_older(paths: WarehousePaths, *statements: str) -> None:
    """A file with one article whose tables differ, and whose schema is not the present one."""
    with open_build(paths) as build:
        load_tables(build, paths, "r1", article_tables(1))
        build.execute("UPDATE etl.schema_version SET fingerprint = 'older'")
        for statement in statements:
            build.execute(statement)


def test_a_missing_table_and_a_missing_column_that_may_be_null_come_by_themselves(paths: WarehousePaths) -> None:
    make_older(
        paths,
        "ALTER TABLE fact_figure DROP COLUMN counted",
        "ALTER TABLE hist.fact_figure DROP COLUMN counted",
        "DROP TABLE etl.article_copy",
        "DROP VIEW mart.evidence",
    )
    with open_build(paths) as build:
        check_schema(build)
        assert build.sql("SELECT value, counted, per_unit FROM fact_figure").fetchall() == [(2e9, None, None)]
        assert build.sql("SELECT count(*) FROM mart.evidence").fetchall() == [(4,)]
        commented = "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'fact_figure' AND comment IS NULL"
        assert build.sql(f"{commented} AND schema_name = 'main'").fetchall() == [(0,)]
        assert build.sql("SELECT count(*) FROM etl.schema_version").fetchall() == [(2,)]


def test_a_renamed_column_takes_its_migration_and_keeps_its_values(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_older(paths, "ALTER TABLE fact_figure RENAME value TO amount")
    with pytest.raises(OtherSchemaError, match=r"main\.fact_figure \(amount"), open_build(paths):
        pass
    rename = Migration(2, "0002_value.sql", "ALTER TABLE main.fact_figure RENAME amount TO value;")
    monkeypatch.setattr(migrate, "read_migrations", lambda: [rename])
    with open_build(paths) as build:
        assert build.sql("SELECT value FROM fact_figure").fetchall() == [(2e9,)]
        assert build.sql("SELECT max(schema_version) FROM etl.schema_version").fetchall() == [(2,)]


def test_a_column_that_may_not_be_null_is_never_invented(paths: WarehousePaths) -> None:
    make_older(paths, "ALTER TABLE fact_figure DROP COLUMN dimension")
    with pytest.raises(OtherSchemaError, match="fact_figure has rows without a value"), open_build(paths):
        pass


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE etl.schema_version SET schema_version = 99", "version 99"),
        (f"UPDATE etl.schema_version SET schema_version = 98, fingerprint = '{migrate.present_fingerprint()}'", "98"),
        ("CREATE TABLE fact_rumour (article_id VARCHAR)", "main.fact_rumour"),
    ],
)
def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(paths: WarehousePaths, change: str, says: str) -> None:
    make_older(paths, change)
    before = paths.build.read_bytes()
    with pytest.raises(OtherSchemaError, match=says), open_build(paths):
        pass
    assert paths.build.read_bytes() == before
