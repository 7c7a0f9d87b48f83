"""SIGKILL: whenever a run dies, readers see all of the old state or all of the new, and the next run mends the rest."""

import random
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from signal import SIGKILL
from time import perf_counter

import pytest

from tests.conftest import Figures
from tests.reliability.child import (
    Shot,
    evenly,
    finish,
    fresh,
    mended,
    shoot,
    side_by_side,
    start,
    trace_calls,
    trace_steps,
)
from tests.reliability.world import World

SEED = 1789


def outcome(shots: Sequence[Shot]) -> Figures:
    """How many runs died, and what readers saw after them."""
    published = Counter(shot.published for shot in shots)
    killed = sum(shot.code == -SIGKILL for shot in shots)
    return {"killed": killed, "old state after": published["old"], "new state after": published["new"]}


def kill_after(world: World) -> Callable[[tuple[str, int]], Shot]:
    """Kill a run right after a function has returned so many times."""
    return lambda point: mended(world, shoot(world, f"after {point[0]} {point[1]}"))


def kill_at(world: World, shim: Path, calls: Sequence[str]) -> Callable[[int], Shot]:
    """Kill a run at a system call, of whose kinds `calls` has one for each; in a write, when half of it is written."""

    def kill(number: int) -> Shot:
        how = "torn" if calls[number - 1] == "write" else "kill"
        fault = {"LD_PRELOAD": str(shim), "FAULT_KIND": "any", "FAULT_NTH": str(number), "FAULT_DO": how}
        return mended(world, shoot(world, fault=fault))

    return kill


def first_and_last(steps: list[str]) -> list[tuple[str, int]]:
    """Where to kill: the first and the last return of each function."""
    counted = Counter(steps)
    points = {(name, number) for name, most in counted.items() for number in (1, most)}
    return sorted(points, key=lambda point: (steps.index(point[0]), point[1]))


@pytest.mark.parametrize("most", [2, pytest.param(1000, marks=pytest.mark.full)])
def test_a_run_killed_right_after_any_step_is_mended_by_the_next(world: World, most: int, measured: Figures) -> None:
    points = first_and_last(trace_steps(world))
    shots = side_by_side(evenly(points, most), kill_after(world))
    assert {shot.code for shot in shots} == {-SIGKILL}
    measured.update(outcome(shots))


@pytest.mark.parametrize("most", [2, pytest.param(120, marks=pytest.mark.full)])
def test_a_run_killed_within_a_system_call_is_mended_by_the_next(
    world: World, shim: Path, most: int, measured: Figures
) -> None:
    calls = [kind for kind, _ in trace_calls(world, shim)]
    shots = side_by_side(evenly(list(range(1, len(calls) + 1)), most), kill_at(world, shim, calls))
    measured.update(outcome(shots))
    assert sum(shot.code == -SIGKILL for shot in shots) >= 0.9 * len(shots)


@pytest.mark.parametrize("most", [1, pytest.param(40, marks=pytest.mark.full)])
def test_a_run_killed_at_any_moment_is_mended_by_the_next(world: World, most: int, measured: Figures) -> None:
    began = perf_counter()
    assert shoot(world).code == 0
    whole = perf_counter() - began
    chosen = random.Random(SEED)  # noqa: S311  (repeatable moments, no secret)

    def kill_within(seconds: float) -> Shot:
        warehouse = fresh(world)
        process = start(world, warehouse)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return mended(world, finish(world, warehouse, process))

    shots = side_by_side([chosen.uniform(0.3, 1.3) * whole for _ in range(most)], kill_within)
    measured.update(outcome(shots))
