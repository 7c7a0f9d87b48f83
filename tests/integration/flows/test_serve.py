"""`dateline serve` against a real Prefect server: the schedule fires, a second one is refused, ends are clean."""

import os
import signal
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.flows.office import (
    article_count,
    ask,
    child,
    environment,
    flow_runs,
    free_port,
    prefect_server,
    rows,
    run_dateline,
    wait_for,
    write_story,
)

pytestmark = pytest.mark.prefect
SERVE = ["dateline", "serve", "--every", "5s", "--source", "inbox", "--warehouse", "news.duckdb"]
SECONDS_TO_END = 30


@pytest.mark.parametrize(("flag", "value"), [("--every", "3"), ("--cron", "never")])
def test_a_schedule_that_cannot_be_is_refused_before_anything_is_served(
    api: str, tmp_path: Path, flag: str, value: str
) -> None:
    write_story(tmp_path / "inbox", 1)
    arguments = ["serve", flag, value, "--source", "inbox", "-w", "news.duckdb"]
    refused = run_dateline(*arguments, cwd=tmp_path, env=environment(tmp_path, PREFECT_API_URL=api))
    assert (refused.returncode, value in refused.stderr, refused.stderr.count("\n")) == (2, True, 1)


def test_the_schedule_loads_what_is_new_and_a_second_one_is_refused(api: str, tmp_path: Path) -> None:
    warehouse, env = tmp_path / "news.duckdb", environment(tmp_path, PREFECT_API_URL=api)
    write_story(tmp_path / "inbox", 1)
    with child(SERVE, tmp_path / "log", cwd=tmp_path, env=env) as served:
        wait_for(lambda: article_count(warehouse) == 1)
        write_story(tmp_path / "inbox", 2)
        second = run_dateline(*SERVE[1:], cwd=tmp_path, env=env)
        assert (second.returncode, f"process {served.pid} serves" in second.stderr) == (1, True)
        wait_for(lambda: article_count(warehouse) == 2)
        served.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert served.wait(SECONDS_TO_END) == 0
        assert time.monotonic() - started < SECONDS_TO_END
    (deployment,) = ask(api, "/deployments/filter", {"deployments": {"name": {"like_": "news-"}}})
    assert deployment["paused"]
    assert deployment["parameters"]["settings"]["batch_seconds"] == 600  # a batch that hangs must not hold up the rest
    assert flow_runs(api, "RUNNING", "PENDING") == []
    assert rows(warehouse, "SELECT count(*) FROM etl.run WHERE state = 'failed'") == [(0,)]


def test_each_run_carries_its_artifacts_and_tasks_that_a_person_understands(api: str, tmp_path: Path) -> None:
    write_story(tmp_path / "inbox", 1)
    (tmp_path / "inbox" / "bad.jsonl").write_text('{"id": "9"}\n', encoding="utf-8")
    done = run_dateline(
        "run", "inbox", "-w", "art.duckdb", cwd=tmp_path, env=environment(tmp_path, PREFECT_API_URL=api)
    )
    assert done.returncode == 0, done.stderr
    flow_run = flow_runs(api, "COMPLETED")[-1]
    of_run = {"flow_runs": {"id": {"any_": [flow_run["id"]]}}}
    found = wait_for(lambda: {made["key"]: made for made in ask(api, "/artifacts/filter", of_run)})
    assert found.keys() == {"dateline-run", "dateline-new-rows", "dateline-warehouse"}
    assert "| loaded | 1 |" in found["dateline-run"]["data"]
    assert "missing_text" in found["dateline-run"]["data"]
    assert '"fact_figure"' in found["dateline-new-rows"]["data"]
    assert (tmp_path / "art.duckdb").resolve().as_uri() in found["dateline-warehouse"]["data"]
    names = wait_for(lambda: {task["name"] for task in ask(api, "/task_runs/filter", of_run)})
    assert {"open the warehouse", "read sources", "load and audit", "publish"} <= names


def test_a_run_that_is_told_to_stop_harms_nothing_and_the_next_one_takes_all(api: str, tmp_path: Path) -> None:
    warehouse, env = tmp_path / "stop.duckdb", environment(tmp_path, PREFECT_API_URL=api)
    for number in range(40):
        write_story(tmp_path / "inbox", number)
    arguments = [*SERVE[:-1], "stop.duckdb"]
    with child(arguments, tmp_path / "log", cwd=tmp_path, env=env) as served:
        wait_for(lambda: list(tmp_path.glob(".stop/stage/landing-*")))
        served.send_signal(signal.SIGTERM)
        assert served.wait(SECONDS_TO_END) == 0
    assert article_count(warehouse) in {0, 40}
    done = run_dateline("run", "inbox", "-w", "stop.duckdb", cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    assert article_count(warehouse) == 40
    assert rows(warehouse, "SELECT count(*) - count(DISTINCT article_id) FROM dim_article") == [(0,)]


def test_a_run_that_was_killed_with_its_process_is_crashed_when_it_is_served_again(api: str, tmp_path: Path) -> None:
    warehouse, env = tmp_path / "dead.duckdb", environment(tmp_path, PREFECT_API_URL=api)
    write_story(tmp_path / "inbox", 1)
    arguments = [*SERVE[:-1], "dead.duckdb"]

    def states() -> dict[str, str]:
        (made,) = ask(api, "/deployments/filter", {"deployments": {"name": {"like_": "dead-"}}})
        found = ask(api, "/flow_runs/filter", {"deployments": {"id": {"any_": [made["id"]]}}})
        return {run["id"]: run["state_type"] for run in found}

    with child(arguments, tmp_path / "log", cwd=tmp_path, env=env, start_new_session=True) as served:
        wait_for(lambda: list(tmp_path.glob(".dead/stage/landing-*")))
        os.killpg(served.pid, signal.SIGKILL)
        served.wait()
    (killed,) = [run for run, state in states().items() if state == "RUNNING"]
    with child(arguments, tmp_path / "log", cwd=tmp_path, env=env):
        wait_for(lambda: states()[killed] == "CRASHED")
        wait_for(lambda: article_count(warehouse) == 1)
    assert states()[killed] == "CRASHED"
    assert "RUNNING" not in states().values()


def test_the_server_may_be_started_anew_between_runs(tmp_path: Path) -> None:
    port = free_port()
    warehouse = tmp_path / "news.duckdb"
    env = environment(tmp_path, PREFECT_API_URL=f"http://127.0.0.1:{port}/api")
    write_story(tmp_path / "inbox", 1)
    with ExitStack() as stack:
        with prefect_server(tmp_path, port):
            served = stack.enter_context(child(SERVE, tmp_path / "log", cwd=tmp_path, env=env))
            wait_for(lambda: article_count(warehouse) == 1)
        write_story(tmp_path / "inbox", 2)
        with prefect_server(tmp_path, port):
            wait_for(lambda: article_count(warehouse) == 2)
            served.send_signal(signal.SIGTERM)
            assert served.wait(SECONDS_TO_END) == 0


def test_without_a_configured_api_serve_brings_a_server_that_ends_with_it(
    tmp_path: Path,
) -> None:
    write_story(tmp_path / "inbox", 1)
    env = environment(tmp_path / ".prefect")
    env.pop("PREFECT_API_URL", None)
    with child(SERVE, tmp_path / "log", cwd=tmp_path, env=env) as served:
        wait_for(lambda: article_count(tmp_path / "news.duckdb") == 1)
        served.kill()
        served.wait()
    address = (tmp_path / "log").read_text(encoding="utf-8").split("Prefect: ")[1].split()[0]
    wait_for(lambda: is_down(address))
    write_story(tmp_path / "inbox", 2)
    with child(SERVE, tmp_path / "log", cwd=tmp_path, env=env):
        wait_for(lambda: article_count(tmp_path / "news.duckdb") == 2)


def is_down(api: str) -> bool:
    try:
        ask(api, "/health")
    except OSError:
        return True
    return False
