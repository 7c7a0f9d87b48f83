"""The Nth failure: whatever call fails, readers see the old file or the new, the error is clear, the rerun right."""

import errno
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import Figures
from tests.reliability.child import (
    Shot,
    arguments,
    evenly,
    fresh,
    judged,
    shoot,
    side_by_side,
    trace_calls,
)
from tests.reliability.command import run_command
from tests.reliability.in_process import Countdown, failing_file_call, failing_statement
from tests.reliability.world import World

FAILS_WITH = {
    "open": errno.EMFILE,
    "write": errno.EIO,
    "sync": errno.EIO,
    "rename": errno.EACCES,
    "remove": errno.EACCES,
    "make": errno.ENOSPC,
    "size": errno.ENOSPC,
}
"""The error of a failing system call, by its kind in faults.c."""

Planted = Callable[[int, Path], AbstractContextManager[Countdown]]


def run_with(world: World, planted: Planted, number: int, capsys: pytest.CaptureFixture[str]) -> tuple[Shot, Countdown]:
    """A run in this process with the Nth call failing."""
    warehouse = fresh(world)
    with planted(number, warehouse) as countdown:
        code = run_command(arguments(world, warehouse))
    return Shot(warehouse, code, capsys.readouterr().err, world.assert_old_or_new(warehouse)), countdown


def fail_each(world: World, planted: Planted, step: int, capsys: pytest.CaptureFixture[str]) -> Iterator[Shot]:
    """Let the first call fail, then each `step`-th, until a run passes untouched."""
    for number in count(1, step):
        shot, countdown = run_with(world, planted, number, capsys)
        if not countdown.fired:
            assert (shot.code, shot.published) == (0, "new")
            return
        yield judged(world, shot)


def outcome(shots: list[Shot]) -> Figures:
    codes = Counter(shot.code for shot in shots)
    return {"failures": len(shots), "exit code 1": codes[1], "passed over": codes[0]}


@pytest.mark.parametrize("step", [120, pytest.param(1, marks=pytest.mark.full)])
def test_a_statement_that_fails_loses_nothing(
    world: World, step: int, capsys: pytest.CaptureFixture[str], measured: Figures
) -> None:
    shots = list(fail_each(world, lambda number, _: failing_statement(number), step, capsys))
    measured.update(outcome(shots))
    assert {shot.code for shot in shots} == {1}


@pytest.mark.parametrize("step", [150, pytest.param(4, marks=pytest.mark.full)])
def test_of_statements_that_fail_from_one_on_the_first_is_told(
    world: World, step: int, capsys: pytest.CaptureFixture[str], measured: Figures
) -> None:
    shots = []
    for number in count(1, step):
        shot, countdown = run_with(world, lambda at, _: failing_statement(at, lasting=True), number, capsys)
        if not countdown.fired:
            break
        shots.append(judged(world, shot))
        assert re.findall(r"call (\d+)", shot.errors)[0] == str(number), shot.errors
    measured.update(outcome(shots))
    assert {shot.code for shot in shots} == {1}
    assert any("the run's record could not be written either" in shot.errors for shot in shots)


@pytest.mark.parametrize("step", [30, pytest.param(1, marks=pytest.mark.full)])
def test_a_file_that_python_cannot_open_move_or_remove_loses_nothing(
    world: World, step: int, capsys: pytest.CaptureFixture[str], measured: Figures
) -> None:
    shots = list(fail_each(world, lambda number, file: failing_file_call(number, str(file.parent)), step, capsys))
    measured.update(outcome(shots))


@pytest.mark.parametrize("most", [1, pytest.param(130, marks=pytest.mark.full)])
def test_a_system_call_that_fails_loses_nothing(world: World, shim: Path, most: int, measured: Figures) -> None:
    calls = Counter(kind for kind, _ in trace_calls(world, shim))

    def fail_at(point: tuple[str, int]) -> Shot:
        kind, number = point
        fault = {"FAULT_KIND": kind, "FAULT_NTH": str(number), "FAULT_DO": str(FAILS_WITH[kind])}
        return judged(world, shoot(world, fault={"LD_PRELOAD": str(shim), **fault}))

    points = [(kind, number) for kind, most_of in calls.items() for number in evenly([*range(1, most_of + 1)], most)]
    shots = side_by_side(points, fail_at)
    measured.update(outcome(shots))
