"""Thousands of articles of one pattern: a load neither runs out of memory nor compares each with each."""

import json
from pathlib import Path
from time import process_time

import pytest

from tests.conftest import Figures
from tests.reliability.command import run_command
from warehouse.reader import open_published

PATTERN = (
    "Shares of the company closed at a price of 12 dollars on Monday after the board told investors that the third "
    "quarter had brought more revenue than analysts had expected, and the outlook for the rest of the year was kept."
)


@pytest.mark.parametrize("number", [3000])
def test_many_articles_of_one_pattern_are_one_story(number: int, tmp_path: Path, measured: Figures) -> None:
    lines = [json.dumps({"id": str(n), "text": f"{PATTERN} Report {n}."}) for n in range(number)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    warehouse = tmp_path / "news.duckdb"
    start = process_time()
    assert run_command(["run", str(tmp_path / "a.jsonl"), "--warehouse", str(warehouse)]) == 0
    measured.update(articles=number, cpu_seconds=round(process_time() - start, 1))
    with open_published(warehouse) as reader:
        assert reader.rows("SELECT count(DISTINCT story_id), sum(is_lead::INT) FROM article_story") == [(1, 1)]
