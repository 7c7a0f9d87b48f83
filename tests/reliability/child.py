"""Start runs in processes of their own, with a fault planted, and look at what they leave behind."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

from tests.reliability.world import World

PATIENCE = 300
"""Seconds after which a run counts as hung."""
SIDE_BY_SIDE = 2
"""Faults that are tried at a time."""

SHOWN = 20
"""Failures that a message tells."""

Point = TypeVar("Point")
"""Where a fault is planted."""

_numbers = count()


@dataclass(frozen=True, slots=True)
class Shot:
    """What became of one run with a fault: its exit code, what it printed as error, what readers see after it."""

    warehouse: Path
    code: int
    errors: str
    published: str


def arguments(world: World, warehouse: Path) -> list[str]:
    """The world's command line, on a warehouse."""
    return [*world.command, "--warehouse", str(warehouse)]


def fresh(world: World) -> Path:
    """A copy of the first state's warehouse, under a name of its own."""
    return world.copy(f"try{next(_numbers)}")


def start(
    world: World, warehouse: Path, plan: str = "-", fault: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a run; `plan` is that of tests/reliability/command.py, `fault` the settings of faults.c."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.command", plan, *arguments(world, warehouse)],
        env={**os.environ, "COLUMNS": "200", "FAULT_ROOT": f"{warehouse.parent}/", **(fault or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(world: World, warehouse: Path, process: subprocess.Popen[str]) -> Shot:
    """Wait for a run, and look at what is published after it: the old state or the new one, and nothing else."""
    _, errors = process.communicate(timeout=PATIENCE)
    return Shot(warehouse, process.returncode, errors, world.assert_old_or_new(warehouse))


def shoot(world: World, plan: str = "-", fault: Mapping[str, str] | None = None) -> Shot:
    """A run with a fault, over a fresh copy."""
    warehouse = fresh(world)
    return finish(world, warehouse, start(world, warehouse, plan, fault))


def mended(world: World, shot: Shot) -> Shot:
    """Let the next run show that it ends as if nothing had been; its warehouse is done with then."""
    world.assert_next_run_mends(shot.warehouse)
    shutil.rmtree(shot.warehouse.parent)
    return shot


def assert_clear_error(errors: str) -> None:
    """An error is one line that says what happened, and no traceback."""
    assert errors.startswith("dateline: "), errors
    assert errors.count("\n") == 1, errors
    assert len(errors) > len("dateline: ") + 10, errors


def judged(world: World, shot: Shot) -> Shot:
    """A run that a fault stopped says so in one line and ends with 1; one that went on has done all of its work."""
    assert shot.code in {0, 1}, shot.errors
    if shot.code == 1:
        assert_clear_error(shot.errors)
    else:
        assert shot.published == "new"
    return mended(world, shot)


def trace_steps(world: World) -> list[str]:
    """The names of the functions that return in an undisturbed run, in order."""
    file = world.folder / "trace"
    shot = shoot(world, f"trace {file}")
    assert (shot.code, shot.published) == (0, "new"), shot.errors
    return file.read_text(encoding="utf-8").splitlines()


def trace_calls(world: World, shim: Path) -> list[tuple[str, str]]:
    """The system calls of an undisturbed run below the warehouse's folder: kind and path, in order."""
    file = world.folder / "calls"
    file.unlink(missing_ok=True)
    shot = shoot(world, fault={"LD_PRELOAD": str(shim), "FAULT_LOG": str(file)})
    assert (shot.code, shot.published) == (0, "new"), shot.errors
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(kind, path) for kind, _, path in (line.partition(" ") for line in lines)]


def side_by_side(points: Iterable[Point], do: Callable[[Point], Shot]) -> list[Shot]:
    """Try faults, some at a time; those that were not stood are told together, each with its point."""
    failures: list[str] = []

    def tried(point: Point) -> Shot | None:
        try:
            return do(point)
        except AssertionError as failure:
            failures.append(f"{point}: {failure}")
            return None

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        shots = list(pool.map(tried, points))
    assert not failures, f"{len(failures)} faults were not stood\n" + "\n".join(failures[:SHOWN])
    return [shot for shot in shots if shot]


def evenly(items: list[Point], most: int) -> list[Point]:
    """At most so many of them, spread over all."""
    step = max(1, -(-len(items) // most))
    return items[step // 2 :: step]
