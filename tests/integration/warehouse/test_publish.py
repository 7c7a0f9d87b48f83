"""Publishing on real files: readers keep what they opened, get what is new, and meet no lock."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.integration.warehouse.staging import TEXT, article_tables
from tests.integration.warehouse.test_load import load_tables
from warehouse.connection import Connection, open_build
from warehouse.lock import WarehouseLockedError, writer_lock
from warehouse.packages import clear_stage
from warehouse.paths import WarehousePathError, WarehousePaths
from warehouse.publish import publish, published_version
from warehouse.reader import NoWarehouseError, QueryError, open_published
from warehouse.storage import StorageError, copy_open_file, storage_errors

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


@pytest.mark.parametrize("most_free", [-1.0, 1.0], ids=["table by table", "byte by byte"])
def test_readers_get_the_rows_of_the_build_whichever_way_it_is_copied(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch, most_free: float
) -> None:
    monkeypatch.setattr("warehouse.publish.MOST_FREE", most_free)
    with open_build(paths) as build:
        load_tables(build, paths, "r1", article_tables(1), article_tables(2))
        load_tables(build, paths, "r2", article_tables(1, text=f"{TEXT} More.", version="b"))
        publish(build, paths, "r2")
    with duckdb.connect() as both:
        both.execute(f"ATTACH '{paths.build}' AS build (READ_ONLY)")
        both.execute(f"ATTACH '{paths.published.resolve()}' AS papers (READ_ONLY)")
        tables = both.sql(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'build'"
        ).fetchall()
        assert ("hist.fact_figure",) in tables
        for (table,) in tables:
            for one, other in (("build", "papers"), ("papers", "build")):
                assert both.sql(f"FROM {one}.{table} EXCEPT ALL FROM {other}.{table}").fetchall() == []
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT (SELECT count(*) FROM fact_figure), (SELECT count(*) FROM hist.fact_figure)") == [
            (2, 1)
        ]


@pytest.mark.parametrize("most_free", [-1.0, 1.0], ids=["table by table", "byte by byte"])
def test_a_damaged_build_file_is_not_published(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch, most_free: float
) -> None:
    with open_build(paths) as build:
        load_tables(build, paths, "r1", article_tables(1))
        publish(build, paths, "r1")
        load_tables(build, paths, "r2", article_tables(2))
    content = paths.build.read_bytes()
    assert b"file-2.txt" in content
    paths.build.write_bytes(content.replace(b"file-2.txt", b"file-3.txt"))
    monkeypatch.setattr("warehouse.publish.MOST_FREE", most_free)
    with pytest.raises(StorageError, match="Corrupt database file"), storage_errors(), open_build(paths) as build:
        publish(build, paths, "r2")
    assert published_version(paths) == "r1"
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT source_uri FROM dim_article") == [("file-1.txt",)]


@pytest.mark.parametrize("most_free", [-1.0, 1.0], ids=["table by table", "byte by byte"])
def test_nobody_else_can_write_to_the_build_file_after_a_publish(
    build: Connection, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch, most_free: float
) -> None:
    monkeypatch.setattr("warehouse.publish.MOST_FREE", most_free)
    load_tables(build, paths, "r1", article_tables(1))
    publish(build, paths, "r1")
    program = [sys.executable, "-c", "import duckdb, sys; duckdb.connect(sys.argv[1])", str(paths.build)]
    other = subprocess.run(program, capture_output=True, text=True, check=False)
    assert "Conflicting lock is held" in other.stderr


def test_a_copy_that_fails_is_told_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"No such file or directory: .*missing"):
        copy_open_file(tmp_path / "missing", tmp_path / "copy")


def test_two_versions_are_kept_and_older_ones_go(build: Connection, paths: WarehousePaths) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    for version in ("v1", "v2", "v3"):
        publish(build, paths, version)
    assert sorted(file.name for file in paths.versions.iterdir()) == ["v2", "v3"]


def test_the_catalog_has_the_name_of_the_warehouse_in_every_version(build: Connection, paths: WarehousePaths) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    for version in ("v1", "v2"):
        publish(build, paths, version)
        with duckdb.connect(str(paths.published), read_only=True) as reader:
            assert reader.sql("SELECT count(*) FROM news.mart.evidence").fetchall() == [(4,)]


@pytest.mark.parametrize("name", ["mart.duckdb", "ETL.db", "main", "hist.old.duckdb"])
def test_a_name_under_which_duckdb_could_not_tell_the_schemas_apart_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WarehousePathError, match="one of its schemas"):
        WarehousePaths.of(tmp_path / name)


def test_a_second_writer_is_told_who_holds_the_lock(paths: WarehousePaths) -> None:
    with (
        writer_lock(paths.lock),
        pytest.raises(WarehouseLockedError, match=r"process \d+ on .+, since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC"),
        writer_lock(paths.lock),
    ):
        pass
    with writer_lock(paths.lock):
        pass


def test_the_lock_of_a_holder_that_was_killed_is_taken_over(paths: WarehousePaths) -> None:
    program = (
        "import sys; from pathlib import Path; from warehouse.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(paths.lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseLockedError, match=f"process {holder.pid} "), writer_lock(paths.lock, 0):
            pass
        holder.kill()
        holder.wait()
        with writer_lock(paths.lock, 0):
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


@pytest.mark.parametrize("name", [".duckdb", "bad\udcff.duckdb"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WarehousePathError, match="no name for a warehouse"):
        WarehousePaths.of(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_working_folder_that_dateline_did_not_make_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / ".pyenv" / "versions" / "3.11"
    theirs.mkdir(parents=True)
    with pytest.raises(WarehousePathError, match="did not make"):
        WarehousePaths.of(tmp_path / "pyenv.duckdb")
    assert theirs.exists()


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


def day(number: int, articles: int) -> dict[str, pl.DataFrame]:
    """The articles of a day in one package, each of some thousand words of its own."""
    chance = random.Random(number)  # noqa: S311  (text that is the same each time)
    words = [f"{chance.getrandbits(20):x}" for _ in range(3000)]
    made = [
        article_tables(number * 1000 + article, f"{TEXT} {' '.join(chance.sample(words, 900))}.")
        for article in range(articles)
    ]
    return {name: pl.concat([tables[name] for tables in made]) for name in made[0]}


@pytest.mark.parametrize("days", [8, pytest.param(100, marks=pytest.mark.full)])
def test_daily_loads_leave_a_file_hardly_larger_than_one_load_of_all(
    build: Connection, paths: WarehousePaths, tmp_path: Path, days: int, measured: dict[str, object]
) -> None:
    for number in range(days):
        load_tables(build, paths, f"r{number:03}", day(number, 20))
        grown = publish(build, paths, f"r{number:03}")
        clear_stage(paths.stage)
    other = WarehousePaths.of(tmp_path / "fresh.duckdb")
    with open_build(other) as fresh:
        load_tables(fresh, other, "r", *(day(number, 20) for number in range(days)))
        at_once = publish(fresh, other, "r")
    ratio = grown.stat().st_size / at_once.stat().st_size
    measured[f"size after {days} daily loads"] = f"{ratio:.2f} times that of one load"
    assert ratio <= 1.2


READ = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("SELECT value, unit FROM fact_figure").fetchall())
print(connection.execute("SELECT sentence FROM mart.evidence WHERE fact_table = 'fact_figure'").fetchall())
print(connection.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'fact_figure'").fetchall()[0][0] != "")
"""


@pytest.mark.full
@pytest.mark.parametrize("version", ["1.1.3", "1.3.2", "2.0.0"])
def test_other_versions_of_duckdb_read_the_published_file(
    build: Connection, paths: WarehousePaths, tmp_path: Path, version: str
) -> None:
    load_tables(build, paths, "r1", article_tables(1))
    published = publish(build, paths, "r1")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "other")], check=True)
    python = str(tmp_path / "other" / "bin" / "python")
    installed = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", f"duckdb=={version}"], capture_output=True, text=True, check=False
    )
    if installed.returncode:
        pytest.skip(f"no package index has duckdb {version}: {installed.stderr.strip().splitlines()[-1]}")
    read = subprocess.run([python, "-c", READ, str(published)], capture_output=True, text=True, check=False)
    assert read.stdout.splitlines() == ["[(2000000000.0, 'USD')]", f"[('{TEXT}',)]", "True"], read.stderr
