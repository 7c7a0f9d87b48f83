"""Taking articles by their day of publication, in several runs; what a run leaves, a later one takes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.job import Job
from flows.settings import Settings, in_force
from flows.steps import run_plain
from tests.integration.flows.office import rows

DAYS = ("2022-12-31", "2023-01-01", "2023-06-15", "2023-12-31", "2024-01-01", None)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    records = [{"id": str(n), "text": f"Story {n} of Kenya.", "published_on": day} for n, day in enumerate(DAYS)]
    (folder / "a.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return folder


def run(inbox: Path, **more: Any) -> Job:  # noqa: ANN401
    return run_plain([str(inbox)], Settings(warehouse=inbox.parent / "news.duckdb", search_mb=0, **more))


def loaded(inbox: Path) -> list[str]:
    query = "SELECT external_id FROM dim_article ORDER BY ALL"
    return [str(name) for (name,) in rows(inbox.parent / "news.duckdb", query)]


def test_only_articles_of_the_window_are_taken_and_a_later_run_takes_the_others(inbox: Path) -> None:
    job = run(inbox, since=date(2023, 1, 1), until=date(2023, 12, 31))
    assert loaded(inbox) == ["1", "2", "3"]
    assert (job.record.articles_read, job.record.articles_loaded, job.left_out) == (3, 3, 3)
    again = run(inbox, since=date(2023, 1, 1), until=date(2023, 12, 31))
    assert (again.record.articles_loaded, again.record.articles_unchanged) == (0, 3)
    rest = run(inbox)
    assert (rest.record.articles_loaded, rest.left_out) == (3, 0)
    assert loaded(inbox) == [str(number) for number in range(len(DAYS))]


def test_a_limit_takes_the_earliest_first_and_goes_on_from_there(inbox: Path) -> None:
    taken = []
    while job := run(inbox, limit=2):
        taken.append(loaded(inbox))
        if not job.left_out:
            break
    assert taken == [["0", "1"], ["0", "1", "2", "3"], ["0", "1", "2", "3", "4", "5"]]


def test_settings_stand_in_the_order_of_flags_environment_and_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dateline.toml").write_text(
        'batch_mb = 1\nretries = 1\nlimit = 1\nsources = ["a b"]\n', encoding="utf-8"
    )
    monkeypatch.setenv("DATELINE_RETRIES", "2")
    monkeypatch.setenv("DATELINE_LIMIT", "2")
    found = in_force(Settings(limit=3))
    assert (found.batch_mb, found.retries, found.limit, found.sources) == (1.0, 2, 3, ("a b",))
