"""SIGKILL of rollback, forget, prune and refresh: readers see the old state or the new, the next command ends it."""

from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL

import pytest

from flows.job import open_job
from flows.settings import Settings
from flows.steps import publish_version
from tests.conftest import Figures
from tests.reliability.child import PATIENCE, evenly, side_by_side, start
from tests.reliability.command import run_command
from tests.reliability.test_kill import first_and_last, kill_after, kill_at, outcome
from tests.reliability.world import BATCH_MB, World, content_hash, run_over, work, write_inbox
from warehouse.reader import open_published

DONE = frozenset({0})


def rollback_of(world: World, folder: Path) -> World:
    """Roll back from the second state of the world to its first."""
    template = world.expected.parent
    earlier = min(file.name for file in (work(world.expected) / "versions").iterdir())
    again = ("rollback", "--to", earlier), frozenset({0, 2})  # 2: it is published already
    return World(folder, template, ("rollback",), again, world.new)


def forget_in(world: World, folder: Path) -> World:
    """Forget an article of the world's second state."""
    with open_published(world.expected) as reader:
        ((article,),) = reader.rows("SELECT article_id FROM dim_article WHERE external_id = 'n3'")
    command = ("forget", str(article))
    return World(folder, world.expected.parent, command, (command, DONE), world.new)


def prune_in(_: World, folder: Path) -> World:
    """Take out the articles of a source that is gone."""
    inbox, template = folder / "inbox", folder / "template"
    template.mkdir()
    write_inbox(inbox, 1)
    assert run_command([*run_over(inbox), "--warehouse", str(template / "news.duckdb")]) == 0
    (inbox / "b.jsonl").unlink()
    command = (*run_over(inbox), "--prune")
    return World(folder, template, command, (command, DONE), content_hash(template / "news.duckdb"))


def refresh_of(world: World, folder: Path) -> World:
    """Extract anew what other rules made, which gave sums of money no value."""
    warehouse = world.copy("stale")
    with open_job(Settings(warehouse=warehouse)) as job:
        job.connection.execute("UPDATE etl.article SET rules_version = 'older'")
        job.connection.execute("UPDATE fact_figure SET value = NULL WHERE dimension = 'money'")
        job.record.changed = True
        job.write_record()
        publish_version(job)
    command = ("run", "--refresh", "--batch-mb", str(BATCH_MB))
    return World(folder, warehouse.parent, command, (command, DONE), content_hash(warehouse))


def undisturbed(scene: World, shim: Path) -> tuple[World, list[tuple[str, int]], list[str]]:
    """Let the command pass: what it leaves, the returns of its steps, and its system calls."""
    traced, calls, warehouse = scene.folder / "steps", scene.folder / "calls", scene.copy("expected")
    process = start(scene, warehouse, f"trace {traced}", {"LD_PRELOAD": str(shim), "FAULT_LOG": str(calls)})
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    after = scene.finished()
    assert after.new != after.old
    steps = first_and_last(traced.read_text(encoding="utf-8").splitlines())
    return after, steps, [line.partition(" ")[0] for line in calls.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("scene", "most"),
    [
        (rollback_of, 1),
        (forget_in, 1),
        *(pytest.param(scene, 25, marks=pytest.mark.full) for scene in (rollback_of, forget_in, prune_in, refresh_of)),
    ],
)
def test_a_killed_command_is_finished_by_the_next(
    world: World, shim: Path, scene: Callable[[World, Path], World], most: int, tmp_path: Path, measured: Figures
) -> None:
    command, steps, calls = undisturbed(scene(world, tmp_path), shim)
    shots = side_by_side(evenly(steps, most), kill_after(command))
    shots += side_by_side(evenly(list(range(1, len(calls) + 1)), most), kill_at(command, shim, calls))
    measured.update(outcome(shots))
    assert sum(shot.code == -SIGKILL for shot in shots) >= 0.9 * len(shots)
