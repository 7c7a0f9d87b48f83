"""The same articles give the same rows: in any order, batches, threads, hash seeds, and in however many runs."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import pytest

from tests.benchmarks.corpus import generate
from tests.conftest import Figures
from tests.reliability.child import PATIENCE, evenly
from tests.reliability.command import run_command
from tests.reliability.world import STORIES, content_hash, different_tables
from warehouse.reader import open_published

SEED = 1905
BYTES = 60_000
BATCHES = {1: "8", 7: str(BYTES / 7 / 1e6)}
"""--batch-mb by the number of batches that it gives."""
SPELLINGS = (
    "VELMORA, Monday. Rescuers came to VELMORA with tents, Zara Quillmark said.",
    "Rescuers reached the district of Velmora on Monday. The governor of Velmora asked for tents.",
)
"""Two articles that write one place, which no table knows, in two ways."""
HASH_SEEDS, THREADS = ("0", "1", "2", "3", "4"), ("1", "2")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Articles as lines of JSON: made of the samples, two that share names, and two of one identity."""
    file = generate(tmp_path_factory.mktemp("corpus") / "a.jsonl", BYTES)
    more = [{"id": f"m{n}", "text": " ".join([*STORIES, f"Told {n}."])} for n in range(2)]
    twice = [{"id": "twice", "text": f"{STORIES[n]} One of two."} for n in range(2)]
    return [*file.read_text(encoding="utf-8").splitlines(), *(json.dumps(record) for record in (*more, *twice))]


def write(folder: Path, lines: Sequence[str]) -> Path:
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run_apart(source: Path, warehouse: Path, batches: int, environment: Mapping[str, str]) -> None:
    """A run in a process of its own."""
    options = ["--warehouse", str(warehouse), "--batch-mb", BATCHES[batches]]
    command = [sys.executable, "-m", "tests.reliability.command", "-", "run", str(source), *options]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("most", [3, pytest.param(20, marks=pytest.mark.full)])
def test_hash_seeds_threads_and_batches_change_nothing(
    lines: list[str], most: int, tmp_path: Path, measured: Figures
) -> None:
    source = write(tmp_path / "inbox", lines)
    ways = evenly(list(product(HASH_SEEDS, THREADS, BATCHES)), most)
    warehouses = []
    for number, (seed, threads, batches) in enumerate(ways):
        warehouses.append(tmp_path / f"{number}.duckdb")
        run_apart(source, warehouses[-1], batches, {"PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": threads})
    first, *others = warehouses
    for other in others:
        assert content_hash(other) == content_hash(first), different_tables(first, other)
    measured.update(ways=len(ways), articles=len(lines))


def test_the_order_of_articles_changes_nothing(lines: list[str], tmp_path: Path) -> None:
    orders = (lines, random.Random(SEED).sample(lines, len(lines)))  # noqa: S311  (no secret)
    found = set()
    for number, order in enumerate(orders):
        warehouse = tmp_path / f"{number}.duckdb"
        assert run_command(["run", str(write(tmp_path / f"in{number}", order)), "--warehouse", str(warehouse)]) == 0
        found.add(content_hash(warehouse, sources=False))
    assert len(found) == 1


@pytest.mark.parametrize("splits", [1, pytest.param(10, marks=pytest.mark.full)])
def test_runs_over_random_parts_equal_one_run_over_all(
    lines: list[str], splits: int, tmp_path: Path, measured: Figures
) -> None:
    chosen = random.Random(SEED)  # noqa: S311  (repeatable parts, no secret)
    distinct = [line for line in lines if '"twice"' not in line]  # of two contents in two runs, the later one holds
    whole = tmp_path / "whole.duckdb"
    assert run_command(["run", str(write(tmp_path / "all", distinct)), "--warehouse", str(whole)]) == 0
    runs = 0
    for split in range(splits):
        inbox, warehouse = tmp_path / f"inbox{split}", tmp_path / f"{split}.duckdb"
        inbox.mkdir()
        left = chosen.sample(distinct, len(distinct))
        while left:
            size = chosen.randint(1, len(distinct) // 2)
            (inbox / f"{len(left)}.jsonl").write_text("\n".join(left[:size]), encoding="utf-8")
            left = left[size:]
            runs += 1
            assert run_command(["run", str(inbox), "--warehouse", str(warehouse)]) == 0
        assert content_hash(warehouse, sources=False) == content_hash(whole, sources=False), different_tables(
            warehouse, whole
        )
    measured.update(splits=splits, runs=runs)


def test_a_place_that_texts_spell_differently_has_one_name_in_whatever_order_they_come(tmp_path: Path) -> None:
    told = [json.dumps({"id": f"v{n}", "language": "en", "text": text}) for n, text in enumerate(SPELLINGS)]
    names = []
    for number, order in enumerate((told, told[::-1])):
        inbox, warehouse = tmp_path / f"in{number}", tmp_path / f"{number}.duckdb"
        inbox.mkdir()
        for name, line in zip("ab", order, strict=True):
            (inbox / f"{name}.jsonl").write_text(line, encoding="utf-8")
            assert run_command(["run", str(inbox), "--warehouse", str(warehouse)]) == 0
        names.append(names_in(warehouse))
    assert names == [["Velmora"], ["Velmora"]]
    spread = next(file for file in (tmp_path / "in0").iterdir() if "governor" in file.read_text(encoding="utf-8"))
    spread.unlink()
    assert run_command(["run", str(tmp_path / "in0"), "--warehouse", str(tmp_path / "0.duckdb"), "--prune"]) == 0
    assert names_in(tmp_path / "0.duckdb") == ["VELMORA"]


def names_in(warehouse: Path) -> list[str]:
    """The names of the places that were found in texts."""
    query = "SELECT name FROM dim_actor WHERE origin = 'discovered' AND actor_kind = 'place'"
    with open_published(warehouse) as reader:
        return [str(name) for (name,) in reader.rows(query)]
