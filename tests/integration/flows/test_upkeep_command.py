"""forget, rollback, diff and refresh as a user types them, on a warehouse that runs made."""

import json
from pathlib import Path

import pytest

from tests.integration.flows.office import call_dateline
from tests.integration.flows.upkeep_runs import article_id, record, rows, run, warehouse, write_lines


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A warehouse of two versions: one article, then two, the first of them changed."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    write_lines(folder / "a.jsonl", record(1))
    run(folder)
    write_lines(folder / "a.jsonl", record(1, "Kenya received a loan of $3 billion from Japan."), record(2))
    run(folder)
    return folder


def test_diff_compares_two_files_as_tables_and_as_json(inbox: Path) -> None:
    old, new = sorted(path.as_posix() for path in (inbox.parent / ".news" / "versions").glob("*/news.duckdb"))
    shown = call_dateline("diff", old, new, cwd=inbox.parent)
    assert shown.returncode == 0, shown.stderr
    assert "fact_figure" in shown.stdout
    assert "+ fact_figure" in shown.stdout
    told = json.loads(call_dateline("diff", old, new, "--format", "json", "--examples", "1", cwd=inbox.parent).stdout)
    articles = [count for count in told["counts"] if count["table"] == "dim_article"]
    assert [(count["added"], count["gone"], count["changed"]) for count in articles] == [(1, 0, 1)]
    assert ["dim_article", "content_sha256", 1] in told["columns"]
    same = call_dateline("diff", "news.duckdb", cwd=inbox.parent)
    assert same.stdout.startswith("No difference in")
    wrong = call_dateline("diff", "news.duckdb", "inbox/a.jsonl", cwd=inbox.parent)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_forget_and_rollback_say_what_they_did(inbox: Path) -> None:
    back = call_dateline("rollback", "-w", "news.duckdb", cwd=inbox.parent)
    assert back.returncode == 0, back.stderr
    assert back.stdout.startswith("Published again: ")
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(1,)]
    none_left = call_dateline("rollback", "-w", "news.duckdb", cwd=inbox.parent)
    assert (none_left.returncode, none_left.stderr.count("\n")) == (2, 1)
    forgotten = article_id(inbox, 1)
    done = call_dateline("forget", forgotten, "-w", "news.duckdb", cwd=inbox.parent)
    assert done.stdout.startswith(f"Forgotten: {forgotten}"), done.stderr
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(0,)]
    unknown = call_dateline("forget", "nobody", "-w", "news.duckdb", cwd=inbox.parent)
    assert (unknown.returncode, unknown.stderr.count("\n")) == (2, 1)


@pytest.mark.prefect
@pytest.mark.usefixtures("at_server")
def test_refresh_needs_no_sources_and_an_unmet_correction_ends_in_exit_code_3(inbox: Path) -> None:
    head = "article_id,fact_table,span_start,span_end,column_name,expected,value,reason,author"
    line = f"{article_id(inbox, 1)},fact_figure,0,5,value,1,2,typed wrong,Ana"
    (inbox.parent / "news.corrections.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
    desk = inbox.parent
    done = call_dateline("run", "--refresh", "-w", "news.duckdb", cwd=desk)
    assert done.returncode == 3, done.stderr
    assert "1 corrections do not find what they expect" in done.stdout
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(2,)]
    assert rows(inbox, "SELECT state FROM etl.correction") == [("unmet",)]
    assert warehouse(inbox).exists()
