"""A full disk, a limit on the size of files, a folder that is read-only: old file intact, clear error, rerun right."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Figures
from tests.reliability.child import (
    Shot,
    arguments,
    assert_clear_error,
    evenly,
    judged,
    shoot,
    side_by_side,
    trace_calls,
)
from tests.reliability.command import run_command
from tests.reliability.world import World

MEGABYTE = 1_000_000
ROOMY = 200 * MEGABYTE

Disk = Callable[[int], Path]
"""Gives a folder on a disk of so many bytes; called again, the same folder on a disk of another size."""


def mount(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/mount", *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of its own in memory, whose size can be changed while it is in use."""
    folder = tmp_path / "disk"
    folder.mkdir()
    tried = mount("-t", "tmpfs", "-o", f"size={ROOMY}", "tmpfs", str(folder))
    if tried.returncode:
        pytest.skip(f"no small disk can be mounted here: {tried.stderr.strip()}")

    def resized(size: int) -> Path:
        mount("-o", f"remount,rw,size={size}", str(folder)).check_returncode()
        return folder

    yield resized
    subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)


def on_disk(world: World, disk: Disk, name: str) -> Path:
    """A copy of the first state's warehouse on a disk with room for it."""
    folder = disk(ROOMY) / name
    shutil.copytree(world.template, folder, symlinks=True)
    return folder / "news.duckdb"


def used(folder: Path) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


@pytest.mark.parametrize("most", [2, pytest.param(12, marks=pytest.mark.full)])
def test_a_disk_that_fills_up_loses_nothing(
    world: World, disk: Disk, most: int, capsys: pytest.CaptureFixture[str], measured: Figures
) -> None:
    codes = []
    for number, free in enumerate(evenly([n * MEGABYTE // 2 for n in range(1, 25)], most)):
        warehouse = on_disk(world, disk, f"try{number}")
        disk(used(warehouse.parent) + free)
        code = run_command(arguments(world, warehouse))
        shot = Shot(warehouse, code, capsys.readouterr().err, world.assert_old_or_new(warehouse))
        disk(ROOMY)
        codes.append(judged(world, shot).code)
    measured.update(disks=len(codes), filled=codes.count(1))
    assert 1 in codes


@pytest.mark.parametrize("most", [1, pytest.param(8, marks=pytest.mark.full)])
def test_a_limit_on_the_size_of_files_loses_nothing(world: World, most: int, measured: Figures) -> None:
    sizes = evenly([10_000, 100_000, 300_000, MEGABYTE, 2 * MEGABYTE, 4 * MEGABYTE, 6 * MEGABYTE, 9 * MEGABYTE], most)
    shots = side_by_side(sizes, lambda size: judged(world, shoot(world, f"limit {size}")))
    measured.update(limits=len(shots), met=sum(shot.code == 1 for shot in shots))


@pytest.mark.parametrize("most", [1, pytest.param(30, marks=pytest.mark.full)])
def test_writes_that_fail_from_one_on_lose_nothing(world: World, shim: Path, most: int, measured: Figures) -> None:
    writes = sum(kind == "write" for kind, _ in trace_calls(world, shim))

    def full_at(number: int) -> Shot:
        fault = {"FAULT_KIND": "write", "FAULT_NTH": str(number), "FAULT_DO": "full"}
        return judged(world, shoot(world, fault={"LD_PRELOAD": str(shim), **fault}))

    shots = side_by_side(evenly(list(range(1, writes + 1)), most), full_at)
    measured.update(failures=len(shots), exit_code_1=sum(shot.code == 1 for shot in shots))


def test_a_read_only_folder_is_told_of_and_can_still_be_read(
    world: World, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = on_disk(world, disk, "sealed")
    mount("-o", "remount,ro", str(warehouse.parents[1])).check_returncode()
    assert run_command(arguments(world, warehouse)) == 1
    assert_clear_error(capsys.readouterr().err)
    for command in (["sql", "SELECT count(*) AS articles FROM dim_article"], ["status", str(world.inbox)]):
        assert run_command([*command, "--warehouse", str(warehouse)]) == 0, capsys.readouterr().err
    assert world.assert_old_or_new(warehouse) == "old"
    disk(ROOMY)
    world.assert_next_run_mends(warehouse)
