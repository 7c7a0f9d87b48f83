"""Batches in processes of their own: one that hangs or dies costs itself alone, and nothing outlives the run."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from flows.batches import Batch
from flows.extract import default_extractor, extract
from flows.handover import MOST_NAMES, hand_over, rules_for
from flows.sources.discover import discover
from flows.sources.read import read_articles
from flows.workers import BatchCrashedError, BatchTimeoutError, Workers

PATIENCE = 60
"""Seconds within which a process must have ended."""

STARTS_WORKERS = """
from pathlib import Path
from flows.workers import Workers
from tests.integration.flows.test_workers import batch_of

if __name__ == "__main__":
    workers = Workers(Path("{stage}/actors"))
    workers.start()
    workers.extract(batch_of("tell"), Path("{stage}"))
"""


def batch_of(key: str) -> Batch:
    return Batch(key, Path("landing"), Path("chosen"), 1, 1)


def faulty(batch: Batch, stage: Path) -> Path:
    """Stands for an extraction with a fault that the key names."""
    if batch.key == "hang":
        (stage / "hanging").touch()
        threading.Event().wait()
    if batch.key == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if batch.key == "fail":
        message = "planted"
        raise ValueError(message)
    return stage / batch.key


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Workers:
    monkeypatch.setattr("flows.workers.extract_batch", faulty)
    return Workers(tmp_path / "actors", limit=2)


def test_a_batch_that_hangs_dies_or_fails_does_not_touch_the_others(workers: Workers, tmp_path: Path) -> None:
    workers.start()
    keys = ["one", "hang", "two", "die", "three", "fail", "four"]
    with ThreadPoolExecutor(len(keys)) as threads:
        done = {key: threads.submit(workers.extract, batch_of(key), tmp_path) for key in keys}
    workers.stop()
    with pytest.raises(BatchTimeoutError, match="hang took longer than 2 s"):
        done["hang"].result()
    with pytest.raises(BatchCrashedError, match="process of batch die died"):
        done["die"].result()
    with pytest.raises(ValueError, match="planted"):
        done["fail"].result()
    assert [done[key].result().name for key in ("one", "two", "three", "four")] == ["one", "two", "three", "four"]


def test_without_a_start_batches_are_extracted_in_the_callers_process(workers: Workers, tmp_path: Path) -> None:
    assert workers.extract(batch_of("one"), tmp_path) == tmp_path / "one"
    assert not workers.running


def test_stopping_does_not_wait_for_a_batch_that_hangs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("flows.workers.extract_batch", faulty)
    workers = Workers(tmp_path / "actors")
    workers.start()
    with ThreadPoolExecutor(1) as threads:
        hanging = threads.submit(workers.extract, batch_of("hang"), tmp_path)
        wait_for((tmp_path / "hanging").exists)
        workers.stop()
    with pytest.raises(CancelledError):
        hanging.result()
    with pytest.raises(CancelledError):
        workers.extract(batch_of("one"), tmp_path)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the children of a process from /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(STARTS_WORKERS.format(stage=tmp_path))
    parent = subprocess.Popen([sys.executable, str(script)], cwd=Path.cwd(), env={**os.environ, "PYTHONPATH": "."})
    wait_for(lambda: len(children(parent.pid)) > 1)
    started = children(parent.pid)
    parent.kill()
    parent.wait()
    wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in started))


@pytest.mark.parametrize("most", [MOST_NAMES, 0], ids=["handed over", "too many names to hand over"])
def test_a_worker_finds_what_its_parent_would_find(most: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("flows.handover.MOST_NAMES", most)
    text = tmp_path / "a.txt"
    text.write_text("NATO sent 20 tanks to Kyiv on 3 March 2022. The alliance pledged $5 million.", encoding="utf-8")
    articles = pl.concat(batch.articles for batch in read_articles(discover([str(text)], tmp_path)[0], {}, 1000))
    hand_over(tmp_path, default_extractor())
    found = extract(articles, rules_for(tmp_path)).tables
    expected = extract(articles, default_extractor()).tables
    assert found["fact_claim"].height == 2
    assert {name: table.rows() for name, table in found.items()} == {
        name: table.rows() for name, table in expected.items()
    }


def wait_for(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, "waited too long"
        threading.Event().wait(0.05)
