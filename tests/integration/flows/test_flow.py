"""The flow on a real Prefect server: batches that fail, retries, states, events, and its log as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows import ingest as flow
from flows.batches import Batch
from flows.freshness import find_alerts
from flows.ingest import PARTLY_PUBLISHED, ingest
from flows.job import open_job
from flows.settings import Settings
from flows.steps import FailedBatchError, run_plain
from flows.worker import extract_batch
from tests.integration.flows.office import (
    article_count,
    ask,
    environment,
    flow_runs,
    rows,
    run_dateline,
    wait_for,
    write_story,
)

pytestmark = pytest.mark.prefect


def settings(folder: Path, **more: Any) -> Settings:  # noqa: ANN401
    return Settings(warehouse=folder / "news.duckdb", **more)


def spoil(monkeypatch: pytest.MonkeyPatch, times: int, error: Exception) -> list[str]:
    """Let the extraction of the first batch fail so often; the keys of all batches that were tried."""
    tried: list[str] = []

    def extract(batch: Batch, stage: Path) -> Path:
        tried.append(batch.key)
        if tried.count(tried[0]) <= times and batch.key == tried[0]:
            raise error
        return extract_batch(batch, stage)

    monkeypatch.setattr("flows.workers.extract_batch", extract)
    return tried


def test_a_failing_batch_does_not_stop_the_others_and_the_state_says_so(
    at_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        write_story(tmp_path / "inbox", number)
    tried = spoil(monkeypatch, 99, ValueError("planted"))
    job = ingest([str(tmp_path / "inbox")], settings(tmp_path, batch_mb=0.0001))
    assert (job.record.state, job.record.articles_loaded, job.record.articles_failed) == ("partial", 2, 1)
    assert len(tried) == 3
    assert article_count(tmp_path / "news.duckdb") == 2
    run = flow_runs(at_server, "COMPLETED")[-1]
    assert (run["state"]["name"], "planted" in run["state"]["message"]) == (PARTLY_PUBLISHED, True)
    monkeypatch.undo()
    assert run_plain([str(tmp_path / "inbox")], settings(tmp_path)).record.articles_loaded == 1


def test_strict_publishes_nothing_where_a_batch_fails(
    at_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        write_story(tmp_path / "inbox", number)
    spoil(monkeypatch, 99, ValueError("planted"))
    before = len(flow_runs(at_server, "FAILED"))
    with pytest.raises(FailedBatchError, match="planted"):
        ingest([str(tmp_path / "inbox")], settings(tmp_path, batch_mb=0.0001, strict=True))
    assert not (tmp_path / "news.duckdb").exists()
    assert len(flow_runs(at_server, "FAILED")) == before + 1


def test_what_can_pass_is_tried_again_and_what_cannot_is_not(
    at_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_server
    write_story(tmp_path / "inbox", 1)
    tried = spoil(monkeypatch, 1, OSError(5, "Input/output error"))
    job = ingest([str(tmp_path / "inbox")], settings(tmp_path, retries=2))
    assert (job.record.state, len(tried)) == ("published", 2)


def test_while_another_run_holds_the_lock_a_run_waits(
    at_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_server
    write_story(tmp_path / "inbox", 1)
    held = open_job(settings(tmp_path))
    held.__enter__()
    ask_again = flow.can_pass

    def release(*given: Any) -> bool:  # noqa: ANN401
        held.__exit__(None, None, None)
        return ask_again(*given)

    monkeypatch.setattr(flow.open_warehouse, "retry_condition_fn", release)
    assert ingest([str(tmp_path / "inbox")], settings(tmp_path, retries=1)).record.state == "published"


def test_the_log_as_json_is_one_event_a_line_with_the_run(api: str, tmp_path: Path) -> None:
    write_story(tmp_path / "inbox", 1)
    env = environment(tmp_path, PREFECT_API_URL=api, DATELINE_LOG_FORMAT="json")
    done = run_dateline("run", "inbox", "-w", "news.duckdb", cwd=tmp_path, env=env)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.stdout == ""
    (last,) = [event for event in events if event["event"] == "run"]
    assert (last["state"], last["articles_loaded"]) == ("published", 1)
    assert {event.get("run_id") for event in events[2:]} == {last["run_id"]}


def write_many(inbox: Path, name: str, count: int, text: str = "Japan pledged $2 billion to Kenya.") -> None:
    inbox.mkdir(exist_ok=True)
    lines = [
        json.dumps({"id": f"{name}-{n}", "text": f"{text} {n} of {name}", "published_on": "2023-11-06"})
        for n in range(count)
    ]
    (inbox / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def alerts(folder: Path, **more: Any) -> dict[str, str]:  # noqa: ANN401
    job = run_plain([str(folder / "inbox")], settings(folder, **more))
    with open_job(job.settings) as later:
        later.record = job.record
        return {alert.kind: alert.message for alert in find_alerts(later)}


def test_what_is_unusual_about_a_run_is_told(tmp_path: Path) -> None:
    for number in range(6):
        write_many(tmp_path / "inbox", f"usual{number}", 25 + number)
        assert alerts(tmp_path) == {}
    assert "the limit is 48" in alerts(tmp_path, newest_within_hours=48)["freshness"]
    write_many(tmp_path / "inbox", "many", 90)
    assert alerts(tmp_path).keys() == {"volume"}
    write_many(tmp_path / "inbox", "poor", 28, "Nothing was said about it.")
    assert "figures" in alerts(tmp_path)
    write_many(tmp_path / "inbox", "bad", 30)
    with (tmp_path / "inbox" / "bad.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "x"}\n' * 20)
    assert "40% of the articles were rejected" in alerts(tmp_path)["rejects"]


def test_a_warning_is_an_event_on_which_an_automation_can_act(at_server: str, tmp_path: Path) -> None:
    write_story(tmp_path / "inbox", 1)
    job = ingest([str(tmp_path / "inbox")], settings(tmp_path, newest_within_hours=1))
    assert [alert.kind for alert in job.alerts] == ["freshness"]
    wanted = {"filter": {"event": {"name": ["dateline.warning.freshness"]}}}
    (event,) = wait_for(lambda: ask(at_server, "/events/filter", wanted)["events"])
    assert event["payload"]["run_id"] == job.record.run_id
    assert event["resource"]["prefect.resource.name"] == "news.duckdb"


def test_a_report_that_cannot_be_written_fails_no_run(
    at_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_server
    write_story(tmp_path / "inbox", 1)

    def refuse(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(flow, "describe_run", refuse)
    job = ingest([str(tmp_path / "inbox")], settings(tmp_path))
    assert job.record.state == "published"
    assert rows(tmp_path / "news.duckdb", "SELECT count(*) FROM etl.run WHERE state = 'failed'") == [(0,)]
