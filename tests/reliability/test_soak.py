"""A soak: runs in a row with new, changed and deleted articles leave memory, open files and file sizes flat."""

import random
import resource
from pathlib import Path

import pytest

from tests.conftest import Figures
from tests.reliability.command import run_command
from tests.reliability.world import different_tables, leftovers, record, work

SEED = 1851
ARTICLES = 60
"""In the inbox at a time."""
GROWTH = 1.2
"""What readers get may be so many times as large as a warehouse that is made at once; the build file so many times as
large as after a third of the runs."""
ROOM = 2.5
"""The build file, of whose blocks some are free or half filled, may be so many times as large as one made at once."""
HISTORY = 12 * 262_144
"""Bytes that the tables of superseded rows take in DuckDB's blocks; a warehouse that is made at once has none."""
MEMORY_GROWTH = 60_000_000
"""Bytes by which the process may be larger at the end than after a third of the runs: allocators keep some."""


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def run(inbox: Path, warehouse: Path) -> None:
    assert run_command(["run", str(inbox), "--warehouse", str(warehouse)]) == 0


def write(inbox: Path, articles: dict[int, str]) -> None:
    """One file for ten articles, so that most files are as they were; a file without articles goes."""
    for tens in range(max(articles) // 10 + 2):
        file = inbox / f"{tens:04}.jsonl"
        lines = "\n".join(line for number, line in sorted(articles.items()) if number // 10 == tens)
        if not lines:
            file.unlink(missing_ok=True)
        elif not file.exists() or file.read_text(encoding="utf-8") != lines:
            file.write_text(lines, encoding="utf-8")


@pytest.mark.parametrize("runs", [6, pytest.param(50, marks=pytest.mark.full)])
def test_runs_in_a_row_leave_memory_and_files_flat(runs: int, tmp_path: Path, measured: Figures) -> None:
    inbox, warehouse = tmp_path / "inbox", tmp_path / "news.duckdb"
    inbox.mkdir()
    chosen = random.Random(SEED)  # noqa: S311  (repeatable changes, no secret)
    articles = {number: record(number) for number in range(ARTICLES)}
    seen: dict[int, str] = {}
    memory, sizes, files = [], [], []
    for turn in range(runs):
        for number in chosen.sample(sorted(articles), 4):
            articles[number] = record(number, f"It was corrected {turn} times.")
        for number in chosen.sample(sorted(articles), 4):
            del articles[number]
        new = ARTICLES + 4 * turn
        articles |= {number: record(number) for number in range(new, new + 4)}
        seen |= articles
        write(inbox, articles)
        run(inbox, warehouse)
        memory.append(resident())
        sizes.append((work(warehouse) / "build.duckdb").stat().st_size)
        files.append(sum(1 for _ in Path("/proc/self/fd").iterdir()))
        assert leftovers(warehouse) == []
    settled = runs // 3
    measured.update(runs=runs, build_mb=[round(size / 1e6, 1) for size in (sizes[0], sizes[settled], sizes[-1])])
    measured["published_mb"] = round(warehouse.resolve().stat().st_size / 1e6, 1)
    measured["memory_mb"] = [round(memory[turn] / 1e6) for turn in (0, settled, -1)]
    assert files[-1] <= files[settled]
    assert memory[-1] - memory[settled] <= MEMORY_GROWTH
    fresh = tmp_path / "fresh.duckdb"
    (tmp_path / "all").mkdir()
    write(tmp_path / "all", seen)
    run(tmp_path / "all", fresh)
    assert sizes[-1] <= GROWTH * sizes[settled]
    assert sizes[-1] <= ROOM * (work(fresh) / "build.duckdb").stat().st_size
    assert warehouse.resolve().stat().st_size <= GROWTH * fresh.resolve().stat().st_size + HISTORY
    different = [row for row in different_tables(warehouse, fresh) if row.startswith(("main.article_", "main.fact_"))]
    assert different == []
