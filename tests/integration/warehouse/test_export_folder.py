"""The folder of an export when its process is killed at any step: the earlier export or the new one, never neither."""

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.export import folder
from warehouse.export.folder import DESCRIPTOR, MARK, draft_of

STEPS = 20
PROGRAM = f"""
import os, signal, sys
from pathlib import Path
from warehouse.export import folder

parent, exchanges = Path(sys.argv[1]), sys.argv[2] == "exchange"
if not exchanges:
    folder.exchange = lambda one, other: False  # a file system that cannot
seen = fatal = 0

def count(event, arguments):
    global seen
    if fatal and event in {{"os.mkdir", "os.chmod", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}}:
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

def write(target, name):
    with folder.draft_of(target) as draft:
        (draft / "{DESCRIPTOR}").write_text('{{"{MARK}": 1, "resources": [{{"path": "%s"}}]}}' % name)
        (draft / name).write_text(name)

sys.addaudithook(count)
for step in range(1, {STEPS}):
    write(parent / str(step) / "out", "old")
    child = os.fork()
    if not child:
        fatal = step
        write(parent / str(step) / "out", "new")
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != -signal.SIGKILL:
        break
"""


def names(target: Path) -> set[str]:
    return {file.name for file in target.iterdir()} - {DESCRIPTOR} if target.exists() else set()


def killed_at_each_step(tmp_path: Path, how: str) -> list[set[str]]:
    """What stands in the folder after a kill at each step of a replacement, up to the one that nothing kills."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path), how], check=False)
    assert done.returncode == 0
    return [names(step / "out") for step in sorted(tmp_path.iterdir(), key=lambda path: int(path.name))]


def test_a_kill_at_any_step_leaves_the_earlier_export_or_the_new_one(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    if not folder.exchange(one, other):
        pytest.skip("this file system cannot exchange two names")
    left = killed_at_each_step(tmp_path / "tried", "exchange")
    assert len(left) > 4
    assert all(found in ({"old"}, {"new"}) for found in left), left
    assert (left[0], left[-1]) == ({"old"}, {"new"})


def test_where_names_cannot_be_exchanged_the_next_export_puts_the_earlier_one_back_first(tmp_path: Path) -> None:
    left = killed_at_each_step(tmp_path, "no exchange")
    (between,) = [number for number, found in enumerate(left, 1) if not found]
    target = tmp_path / str(between) / "out"
    with pytest.raises(KeyboardInterrupt), draft_of(target):
        raise KeyboardInterrupt
    assert names(target) == {"old"}
    assert [path.name for path in target.parent.iterdir()] == ["out"]
