"""Runs on small folders of JSON Lines, without Prefect, and what a user reads of their warehouse."""

import json
from pathlib import Path
from typing import Any

from flows.job import Job, open_job
from flows.settings import Settings
from flows.steps import run_plain
from warehouse.reader import ask_build, open_published

STORY = "Kenya received a loan of $2 billion from Japan on 3 March 2021. The money will build a port."


def write_lines(file: Path, *records: dict[str, Any]) -> None:
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")


def record(number: int, text: str = STORY, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"id": str(number), "text": f"{text} Story {number}.", "published_on": "2021-03-05", **fields}


def warehouse(inbox: Path) -> Path:
    return inbox.parent / "news.duckdb"


def run(inbox: Path, *sources: Path, **settings: Any) -> Job:  # noqa: ANN401
    return run_plain([str(source) for source in sources or (inbox,)], Settings(warehouse=warehouse(inbox), **settings))


def run_unindexed(inbox: Path, *sources: Path, **settings: Any) -> Job:  # noqa: ANN401
    """A run without a search index, where the test is not about what an index holds."""
    return run(inbox, *sources, search_mb=0, **settings)


def rows(inbox: Path, query: str) -> list[tuple[object, ...]]:
    with open_published(warehouse(inbox)) as reader:
        return reader.rows(query)


def build_rows(inbox: Path, query: str) -> list[tuple[object, ...]]:
    found = ask_build(warehouse(inbox), query)
    assert found is not None
    return found[1]


def article_id(inbox: Path, number: int) -> str:
    ((found,),) = rows(inbox, f"SELECT article_id FROM dim_article WHERE external_id = '{number}'")
    return str(found)


def make_stale(inbox: Path, *statements: str) -> None:
    """Have the warehouse's facts made by other rules: in the build and in what is published."""
    with open_job(Settings(warehouse=warehouse(inbox))) as job:
        job.connection.execute("UPDATE etl.article SET rules_version = 'older'")
        for statement in statements:
            job.connection.execute(statement)


def balance(job: Job) -> int:
    r = job.record
    return r.articles_read - r.articles_loaded - r.articles_unchanged - r.articles_rejected - r.articles_failed
