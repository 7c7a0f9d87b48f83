"""prefect.yaml: its deployments are really created on a server, and a worker of the pool runs them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.flows.office import (
    article_count,
    ask,
    child,
    environment,
    flow_runs,
    rows,
    run_program,
    wait_for,
    write_story,
)
from tests.integration.flows.upkeep_runs import make_stale

ROOT = Path(__file__).parents[3]
SUMS = "SELECT value FROM fact_figure WHERE dimension = 'money'"
REFUSED = "SELECT reason FROM etl.reject"
DEPLOYED = (
    ["work-pool", "create", "dateline", "--type", "process"],
    ["--no-prompt", "deploy", "--all", "--prefect-file", str(ROOT / "prefect.yaml")],
)
pytestmark = pytest.mark.prefect


@dataclass(frozen=True, slots=True)
class Desk:
    """A machine of a work pool: its folder with an inbox, the environment of its worker, and the server's address."""

    folder: Path
    env: Mapping[str, str]
    api: str

    @property
    def warehouse(self) -> Path:
        return self.folder / "news.duckdb"

    def prefect(self, *arguments: str, cwd: Path | None = None) -> None:
        done = run_program("prefect", *arguments, cwd=cwd or self.folder, env=self.env)
        assert done.returncode == 0, done.stdout + done.stderr

    def let_the_worker_run(self, deployment: str) -> None:
        """Start a run of a deployment, and wait until the worker has done it."""
        before = len(flow_runs(self.api, "COMPLETED"))
        self.prefect("deployment", "run", f"ingest/{deployment}")
        wait_for(lambda: len(flow_runs(self.api, "COMPLETED")) > before)


@pytest.fixture(scope="module")
def desk(api: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The deployments of prefect.yaml on a server, and a worker of their pool."""
    folder = tmp_path_factory.mktemp("desk")
    settings = f'sources = ["{folder}/inbox"]\nwarehouse = "{folder}/news.duckdb"\n'
    (folder / "dateline.toml").write_text(settings, encoding="utf-8")
    write_story(folder / "inbox", 1)
    desk = Desk(folder, environment(folder, PREFECT_API_URL=api, DATELINE_CONFIG=str(folder / "dateline.toml")), api)
    for arguments in DEPLOYED:
        desk.prefect(*arguments, cwd=ROOT if "deploy" in arguments else None)
    with child(["prefect", "worker", "start", "--pool", "dateline"], folder / "log", cwd=folder, env=desk.env):
        yield desk


def test_the_deployments_are_created_and_a_worker_runs_one(desk: Desk) -> None:
    made = {deployment["name"]: deployment for deployment in ask(desk.api, "/deployments/filter", {})}
    assert made.keys() >= {"ingest", "refresh", "maintain"}
    assert all(made[name]["schedules"] for name in ("ingest", "refresh", "maintain"))
    assert made["maintain"]["parameters"] == {"settings": {"retry_rejects": True, "prune": True}}
    assert made["ingest"]["global_concurrency_limit"]["limit"] == 1
    desk.let_the_worker_run("ingest")
    assert article_count(desk.warehouse) == 1


@pytest.mark.full
def test_a_worker_runs_the_deployments_of_upkeep(desk: Desk) -> None:
    write_story(desk.folder / "inbox", 2)
    (desk.folder / "inbox" / "3.jsonl").write_text('{"id": "3"}\n', encoding="utf-8")
    desk.let_the_worker_run("ingest")
    assert article_count(desk.warehouse) == 2
    assert rows(desk.warehouse, REFUSED) == [("missing_text",)]
    make_stale(desk.folder / "inbox", "UPDATE fact_figure SET value = 7 WHERE dimension = 'money'")
    desk.let_the_worker_run("refresh")
    assert rows(desk.warehouse, SUMS) == [(2e9,), (2e9,)]
    assert rows(desk.warehouse, SUMS.replace("fact_figure", "hist.fact_figure")) == [(7,), (7,)]
    (desk.folder / "inbox" / "2.jsonl").unlink()
    write_story(desk.folder / "inbox", 3)
    desk.let_the_worker_run("maintain")
    assert rows(desk.warehouse, "SELECT external_id FROM dim_article ORDER BY ALL") == [("1",), ("3",)]
    assert rows(desk.warehouse, REFUSED) == []
