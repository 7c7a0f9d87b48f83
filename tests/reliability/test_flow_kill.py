"""SIGKILL of the real flow, Prefect and all: readers see the old state or the new, and the next run mends the rest."""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.conftest import Figures
from tests.reliability.child import PATIENCE, arguments, fresh
from tests.reliability.world import World

DATELINE = Path(sys.executable).parent / "dateline"


def start(world: World, warehouse: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PREFECT_HOME": str(world.folder / "prefect")}
    quiet = subprocess.DEVNULL
    return subprocess.Popen([str(DATELINE), *arguments(world, warehouse)], env=environment, stdout=quiet, stderr=quiet)


@pytest.mark.full
@pytest.mark.prefect
def test_a_flow_killed_at_any_moment_is_mended_by_the_next_run(world: World, measured: Figures) -> None:
    began = perf_counter()
    assert start(world, fresh(world)).wait(PATIENCE) == 0
    whole = perf_counter() - began
    published = []
    for share in (0.4, 0.6, 0.75, 0.9):
        warehouse = fresh(world)
        process = start(world, warehouse)
        try:
            process.wait(share * whole)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(PATIENCE)
        published.append(world.assert_old_or_new(warehouse))
        world.assert_next_run_mends(warehouse)
    measured.update(
        flows=len(published), old_state_after=published.count("old"), new_state_after=published.count("new")
    )
