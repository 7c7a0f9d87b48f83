"""Readers never wait and never see half of a build, however often a new one is published under them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import Figures
from tests.reliability.child import PATIENCE, fresh
from tests.reliability.reader import MARKED, ask
from tests.reliability.world import World
from warehouse.connection import Connection, open_build
from warehouse.paths import WarehousePaths
from warehouse.publish import publish
from warehouse.reader import open_published


def start_reader(warehouse: Path, how: str) -> subprocess.Popen[str]:
    """Start a reader and wait until it reads."""
    command = [sys.executable, "-m", "tests.reliability.reader", str(warehouse), how]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def result(process: subprocess.Popen[str]) -> dict[str, Any]:
    """End a reader, and give what it saw."""
    printed, _ = process.communicate(timeout=PATIENCE)
    found: dict[str, Any] = json.loads(printed)
    return found


def publish_build(build: Connection, paths: WarehousePaths, name: str) -> None:
    """Publish a build that has its name in every row of the marked tables, as a run that changed something."""
    build.execute("INSERT INTO etl.run SELECT * REPLACE (? AS run_id, true AS changed) FROM etl.run LIMIT 1", [name])
    for table, column in MARKED.items():
        build.execute(f"UPDATE {table} SET {column} = ?", [name])
    publish(build, paths, name)


@pytest.mark.parametrize(
    ("publishes", "readers"),
    [
        (12, ("dateline", "keeping")),
        pytest.param(100, ("dateline", "dateline", "duckdb", "keeping"), marks=pytest.mark.full),
    ],
)
def test_readers_see_one_build_at_a_time_and_meet_no_lock(
    world: World, publishes: int, readers: tuple[str, ...], measured: Figures
) -> None:
    paths = WarehousePaths.of(fresh(world))
    names = [f"b{number:03}" for number in range(publishes + 1)]
    with open_build(paths) as build:
        publish_build(build, paths, names[0])
        processes = [start_reader(paths.published, how) for how in readers]
        for name in names[1:]:
            publish_build(build, paths, name)
        found = [result(process) for process in processes]
    assert [seen["errors"] for seen in found] == [[] for _ in readers]
    for seen in found:
        assert set(seen["seen"]) <= set(names), "a mixed state"
        assert seen["seen"] == sorted(seen["seen"]), "an older build after a newer one"
        assert len(seen["seen"]) > 1
    measured.update(
        publishes=publishes,
        readers=len(readers),
        reads=sum(seen["opened"] for seen in found),
        builds_seen=[len(seen["seen"]) for seen in found],
    )


def test_a_version_that_is_displaced_between_look_and_open_is_looked_for_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = WarehousePaths.of(fresh(world))
    connect = duckdb.connect
    with open_build(paths) as build:

        def late(*arguments: Any, **named: Any) -> duckdb.DuckDBPyConnection:  # noqa: ANN401
            monkeypatch.undo()
            for name in ("v1", "v2", "v3"):
                publish_build(build, paths, name)
            return connect(*arguments, **named)

        monkeypatch.setattr(duckdb, "connect", late)
        with open_published(paths.published) as reader:
            assert ask(reader.connection) == "v3"
