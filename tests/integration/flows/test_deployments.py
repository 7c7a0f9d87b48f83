"""prefect.yaml: its deployments are really created on a server, and a worker of the pool runs one."""

from pathlib import Path

import pytest

from tests.integration.flows.office import (
    article_count,
    ask,
    child,
    environment,
    flow_runs,
    run_program,
    wait_for,
    write_story,
)

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.prefect


def test_the_deployments_are_created_and_a_worker_runs_one(api: str, tmp_path: Path) -> None:
    write_story(tmp_path / "inbox", 1)
    settings = f'sources = ["{tmp_path}/inbox"]\nwarehouse = "{tmp_path}/news.duckdb"\n'
    (tmp_path / "dateline.toml").write_text(settings, encoding="utf-8")
    env = environment(tmp_path, PREFECT_API_URL=api, DATELINE_CONFIG=str(tmp_path / "dateline.toml"))
    for arguments in (
        ["work-pool", "create", "dateline", "--type", "process"],
        ["--no-prompt", "deploy", "--all", "--prefect-file", str(ROOT / "prefect.yaml")],
        ["deployment", "run", "ingest/ingest"],
    ):
        done = run_program("prefect", *arguments, cwd=ROOT if "deploy" in arguments else tmp_path, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
    made = {deployment["name"]: deployment for deployment in ask(api, "/deployments/filter", {})}
    assert made.keys() >= {"ingest", "refresh", "maintain"}
    assert all(made[name]["schedules"] for name in ("ingest", "refresh", "maintain"))
    assert made["maintain"]["parameters"] == {"settings": {"retry_rejects": True, "prune": True}}
    assert made["ingest"]["global_concurrency_limit"]["limit"] == 1
    worker = ["prefect", "worker", "start", "--pool", "dateline"]
    with child(worker, tmp_path / "log", cwd=tmp_path, env=env):
        wait_for(lambda: article_count(tmp_path / "news.duckdb") == 1)
        wait_for(lambda: flow_runs(api, "COMPLETED"))
