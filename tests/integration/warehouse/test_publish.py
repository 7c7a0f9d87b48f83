"""Publishing on real files: readers keep what they opened, get what is new, and meet no lock."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.integration.warehouse.staging import article_tables
from tests.integration.warehouse.test_load import load_tables
from warehouse.connection import Connection, open_build
from warehouse.lock import WarehouseLockedError, writer_lock
from warehouse.paths import WarehousePathError, WarehousePaths
from warehouse.publish import publish, published_version
from warehouse.reader import NoWarehouseError, QueryError, open_published

OLDEST_STORAGE_FORMAT = 64
"""The number in a DuckDB file's header that versions 0.10 to 1.1 write and all later ones read."""


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths.of(tmp_path / "news.duckdb")


@pytest.fixture
def build(paths: WarehousePaths) -> Iterator[Connection]:
    with open_build(paths) as connection:
        yield connection


def articles(connection: Connection) -> int:
    found: int = connection.sql("SELECT count(*) FROM dim_article").fetchall()[0][0]
    return found


def test_an_open_reader_keeps_its_version_and_a_new_one_gets_the_new(build: Connection, paths: WarehousePaths) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    publish(build, paths, "r1")
    old = duckdb.connect(str(paths.published.resolve()), read_only=True)
    load_tables(build, paths, "r2", article_tables(2))
    publish(build, paths, "r2")
    with open_published(paths.published) as new:
        assert (articles(old), new.rows("SELECT count(*) FROM dim_article")) == (1, [(2,)])
    assert published_version(paths) == "r2"


def test_the_published_file_carries_comments_marts_and_an_old_storage_version(
    build: Connection, paths: WarehousePaths
) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    target = publish(build, paths, "r1")
    assert paths.published.is_symlink()
    assert not paths.published.readlink().is_absolute()
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT comment FROM duckdb_tables() WHERE schema_name = 'main'")[0][0]
        ((sentence,),) = reader.rows("SELECT sentence FROM mart.evidence WHERE fact_table = 'fact_figure'")
        assert sentence == "Japan pledged $2 billion in 2023."
    assert int.from_bytes(target.read_bytes()[12:20], "little") == OLDEST_STORAGE_FORMAT
    assert not target.with_name(f"{target.name}.wal").exists()


def test_two_versions_are_kept_and_older_ones_go(build: Connection, paths: WarehousePaths) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    for version in ("v1", "v2", "v3"):
        publish(build, paths, version)
    assert sorted(file.name for file in paths.versions.iterdir()) == ["v2.duckdb", "v3.duckdb"]


def test_a_second_writer_is_told_who_holds_the_lock(paths: WarehousePaths) -> None:
    with (
        writer_lock(paths.lock),
        pytest.raises(WarehouseLockedError, match=r"process \d+ on "),
        writer_lock(paths.lock),
    ):
        pass
    with writer_lock(paths.lock):
        pass


def test_a_file_that_dateline_did_not_make_is_never_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "mine.duckdb"
    mine.write_bytes(b"precious")
    with pytest.raises(WarehousePathError, match="not a link that Dateline made"):
        WarehousePaths.of(mine)
    assert mine.read_bytes() == b"precious"


def test_a_link_that_dateline_did_not_make_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_bytes(b"precious")
    (tmp_path / "latest.duckdb").symlink_to("mine.db")
    with pytest.raises(WarehousePathError, match="not a link that Dateline made"):
        WarehousePaths.of(tmp_path / "latest.duckdb")


def test_warehouses_that_differ_in_their_ending_share_nothing(tmp_path: Path) -> None:
    assert WarehousePaths.of(tmp_path / "n.db").work != WarehousePaths.of(tmp_path / "n.duckdb").work


def test_a_missing_parent_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WarehousePathError, match="does not exist"):
        WarehousePaths.of(tmp_path / "missing" / "news.duckdb")


def test_readers_are_told_how_to_make_a_warehouse_and_why_a_query_fails(
    build: Connection, paths: WarehousePaths
) -> None:
    with pytest.raises(NoWarehouseError, match="dateline run"), open_published(paths.published):
        pass
    publish(build, paths, "r1")
    with open_published(paths.published) as reader, pytest.raises(QueryError, match="no_such_table"):
        reader.rows("FROM no_such_table")
    with open_published(paths.published) as reader, pytest.raises(QueryError, match="read-only"):
        reader.rows("DELETE FROM dim_article")
