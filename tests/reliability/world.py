"""A small world for faults: an inbox in two states, a warehouse of the first, and what it should hold after both."""

import hashlib
import json
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from tests.reliability.command import run_command

BATCH_MB = 0.001
"""Small enough for the second state to come in two batches."""

VOLATILE = ("run_id", "replaced_by_run_id", "loaded_at")
"""Columns that differ between two runs over the same input."""
OWN_RECORD = ("etl.run", "etl.check", "etl.schema_version")
"""Tables that tell of runs, not of articles: a run more or less is a row more or less."""
OF_SOURCES = ("etl.source", "etl.reject", "etl.article_copy")
"""Tables that tell of the files in which articles came: these differ where the same articles come in other files."""

STORIES = (
    "Kenya received a loan of $2 billion from Japan on 3 March 2021. The money will build a port in Mombasa.",
    "At least 12 people were killed in Lagos on Monday, officials said. President Joe Biden offered 50 tents.",
    "Prices rose by 3.4 percent in 2019, the ministry said. Ana Alba, a teacher, paid €30 a week more than in May.",
    "NATO sent 1,500 soldiers to Poland last week. The alliance had promised 2,000 of them by the end of 2020.",
)


def record(number: int, more: str = "") -> str:
    """A line of JSON: an article of its own id, day and text."""
    text = f"{STORIES[number % len(STORIES)]} This was report {number}. {more}".strip()
    fields = {"id": f"n{number}", "source": "Example News", "text": text}
    return json.dumps({**fields, "published_on": f"2021-03-{number % 27 + 1:02}"})


def write_inbox(folder: Path, state: int) -> None:
    """Write the first state, or turn it into the second: an article changed, some are new, one file is gone."""
    folder.mkdir(exist_ok=True)
    if state == 1:
        (folder / "a.jsonl").write_text("\n".join(record(number) for number in range(6)), encoding="utf-8")
        (folder / "b.jsonl").write_text(f"{record(6)}\n{{broken\n{record(7)}\n", encoding="utf-8")
        (folder / "c.txt").write_text(f"Date: 4 May 2020\n\n{STORIES[0]}", encoding="utf-8")
        return
    changed = [record(number, "It was corrected on Tuesday." if number == 2 else "") for number in range(9)]
    (folder / "a.jsonl").write_text("\n".join(changed), encoding="utf-8")
    (folder / "b.jsonl").unlink()
    (folder / "d.csv").write_text(f'id,text\n"20","{STORIES[1]}"\n21\n"22","{STORIES[3]}"\n', encoding="utf-8")


def content_hash(database: Path, *, sources: bool = True) -> str:
    """A hash of every row of every table, free of the order of rows, of run ids and of times of loading.

    Without `sources` it is also free of the files in which the articles came.
    """
    digest = hashlib.sha256()
    left_out = VOLATILE if sources else (*VOLATILE, "source_uri")
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        for table, columns in table_columns(connection):
            kept = ", ".join(f'"{column}"' for column in columns if column not in left_out)
            if sources or table not in OF_SOURCES:
                found = connection.sql(f"SELECT count(*), sum(hash({kept})::HUGEINT) FROM {table}").fetchall()
                digest.update(f"{table} {kept} {found}".encode())
    return digest.hexdigest()


def table_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    """Tables with their columns, those of the runs' own record apart."""
    query = (
        "SELECT schema_name || '.' || table_name AS name, list(column_name ORDER BY column_index) "
        "FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
        "WHERE database_name = current_database() AND NOT duckdb_tables.internal GROUP BY ALL ORDER BY name"
    )
    return [(name, columns) for name, columns in connection.sql(query).fetchall() if name not in OWN_RECORD]


def different_tables(one: Path, other: Path) -> list[str]:
    """The tables in which two files differ, with rows that only one of them has: for messages."""
    with duckdb.connect() as connection:
        for name, file in (("one", one), ("other", other)):
            connection.execute(f"ATTACH '{file.resolve()}' AS {name} (READ_ONLY)")
        found: list[str] = []
        connection.execute("USE one")
        for table, columns in table_columns(connection):
            kept = ", ".join(f'"{column}"' for column in columns if column not in VOLATILE)
            sides = [f"SELECT {kept} FROM {name}.{table}" for name in ("one", "other")]
            for first, second in (sides, sides[::-1]):
                rows = connection.sql(f"{first} EXCEPT ALL {second} LIMIT 1").fetchall()
                found.extend(f"{table}: {row}" for row in rows)
        return sorted(set(found))


@dataclass(frozen=True, slots=True)
class World:
    """A warehouse in a first state and a command that brings it to a second one.

    Attributes:
        folder: where copies of the warehouse are made.
        template: the folder of the warehouse in its first state.
        command: the arguments of `dateline`, without the warehouse.
        again: the command that finishes what a dead one left, with the exit codes that it may end with.
        old: the content of the published file before.
        new: the same after.
        build: the content of the build file after: it has the marts as views.
    """

    folder: Path
    template: Path
    command: tuple[str, ...]
    again: tuple[tuple[str, ...], frozenset[int]]
    old: str
    new: str = ""
    build: str = ""

    @property
    def inbox(self) -> Path:
        """The source folder."""
        return self.folder / "inbox"

    @property
    def expected(self) -> Path:
        """A warehouse that the undisturbed command brought to the second state."""
        return self.folder / "expected" / "news.duckdb"

    def copy(self, name: str) -> Path:
        """A fresh copy of the warehouse of the first state."""
        shutil.copytree(self.template, self.folder / name, symlinks=True)
        return self.folder / name / "news.duckdb"

    def finished(self) -> "World":
        """The same with the contents that the undisturbed command left in `expected`."""
        return replace(self, new=content_hash(self.expected), build=content_hash(work(self.expected) / "build.duckdb"))

    def assert_old_or_new(self, warehouse: Path) -> str:
        """Say which of both the published file is; anything else is a failure."""
        found = content_hash(warehouse)
        assert found in {self.old, self.new}, different_tables(warehouse, self.expected)
        return "old" if found == self.old else "new"

    def assert_next_run_mends(self, warehouse: Path) -> None:
        """The next command ends by itself where an undisturbed one does, and leaves nothing lying about."""
        command, codes = self.again
        assert run_command([*command, "--warehouse", str(warehouse)]) in codes
        assert content_hash(warehouse) == self.new, different_tables(warehouse, self.expected)
        assert content_hash(work(warehouse) / "build.duckdb") == self.build
        assert leftovers(warehouse) == []


def run_over(inbox: Path) -> tuple[str, ...]:
    """The command of a run over a folder, in small batches."""
    return ("run", str(inbox), "--batch-mb", str(BATCH_MB))


def make_world(folder: Path) -> World:
    """A run over the second state of an inbox, on a warehouse of the first."""
    inbox, template = folder / "inbox", folder / "template"
    write_inbox(inbox, 1)
    template.mkdir()
    command = run_over(inbox)
    assert run_command([*command, "--warehouse", str(template / "news.duckdb")]) == 0
    time.sleep(0.01)  # a clock tick, or an equal size and time of change would hide the second state
    write_inbox(inbox, 2)
    world = World(folder, template, command, (command, frozenset({0})), content_hash(template / "news.duckdb"))
    assert run_command([*command, "--warehouse", str(world.copy("expected"))]) == 0
    return world.finished()


def work(warehouse: Path) -> Path:
    """The working folder of a warehouse."""
    return warehouse.parent / f".{warehouse.stem}"


def leftovers(warehouse: Path) -> list[str]:
    """Files of the working folder that no idle warehouse has."""
    folder = work(warehouse)
    files = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file() or file.is_symlink()]
    usual = {"lock", "build.duckdb"}
    versions = [name for name in files if name.startswith("versions/") and name.endswith(".duckdb")]
    usual |= {f"{version}.search" for version in versions}
    extra = [name for name in files if name not in usual and name not in versions]
    return sorted(extra) if len(versions) <= 2 else sorted([*extra, *versions])
