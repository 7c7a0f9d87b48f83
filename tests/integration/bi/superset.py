"""Apache Superset on loopback: an installation of its own, and its API as its pages use it."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.integration.bi.environment import own_environment
from tests.integration.flows.office import child, free_port, wait_for

PACKAGES = (
    "apache-superset==6.1.0",
    "duckdb-engine",
    "duckdb>=1.5.5,<1.6",
    "gunicorn",
    # what this release imports and does not ask for, or asks for in a version that it fails on
    "cachelib<0.13",
    "cachetools",
    "flask-caching<2.4",
    "rich",
)
CONFIG = """
from pathlib import Path

SECRET_KEY = "for this test alone, which nothing but loopback reaches"
SQLALCHEMY_DATABASE_URI = f"sqlite:///{Path(__file__).parent / 'superset.db'}"
DATA_CACHE_CONFIG = {"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 86400}
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
"""
"""Results are cached for a day, as installations with a cache are set up; what is off guards browsers."""
LOGIN = {"username": "admin", "password": "admin", "provider": "db"}
ADMIN = ["--username", "admin", "--password", "admin", "--firstname", "A", "--lastname", "B", "--email", "a@localhost"]


@dataclass(frozen=True, slots=True)
class Superset:
    """A server, logged in to."""

    client: httpx.Client

    def get(self, path: str) -> Any:  # noqa: ANN401
        """What the API shows."""
        return self._answer(self.client.get(f"/api/v1/{path}"))

    def post(self, path: str, body: object) -> Any:  # noqa: ANN401
        """What the API answers to what is sent."""
        return self._answer(self.client.post(f"/api/v1/{path}", json=body))

    def register(self, warehouse: Path, name: str, **fields: object) -> int:
        """Register a warehouse as the README tells to; the id of the database."""
        extra = {"engine_params": {"connect_args": {"read_only": True}}}
        body = {"database_name": name, "sqlalchemy_uri": f"duckdb:///{warehouse}", "extra": json.dumps(extra)}
        return int(self.post("database/", {**body, "expose_in_sqllab": True, **fields})["id"])

    def make_dataset(self, database: int, schema: str, table: str) -> int:
        """Make a dataset of a table; its id."""
        return int(self.post("dataset/", {"database": database, "schema": schema, "table_name": table})["id"])

    def chart(self, dataset: int, columns: list[str], metric: str, *, force: bool = False) -> Any:  # noqa: ANN401
        """The data of a chart: a metric for each value of the columns; by `force` past the cache."""
        measure = {"expressionType": "SQL", "sqlExpression": metric, "label": "metric"}
        query = {"columns": columns, "metrics": [measure], "row_limit": 1000}
        body = {"datasource": {"id": dataset, "type": "table"}, "queries": [query], "force": force}
        (found,) = self.post("chart/data", body)["result"]
        return found

    @staticmethod
    def _answer(response: httpx.Response) -> Any:  # noqa: ANN401
        assert response.is_success, f"{response.request.url.path}: {response.status_code} {response.text}"
        return response.json()


@contextmanager
def superset_server(folder: Path) -> Iterator[Superset]:
    """A new Superset whose files lie in a folder; it is ended with the block."""
    programs = own_environment("superset", *PACKAGES)
    (folder / "superset_config.py").write_text(CONFIG, encoding="utf-8")
    settings = {"SUPERSET_HOME": str(folder), "SUPERSET_CONFIG_PATH": str(folder / "superset_config.py")}
    env = {**os.environ, **settings, "FLASK_APP": "superset.app:create_app()"}
    for step in (["db", "upgrade"], ["init"], ["fab", "create-admin", *ADMIN]):
        command = [str(programs / "superset"), *step]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, f"superset {' '.join(step)}: {done.stderr}"
    address = f"127.0.0.1:{free_port()}"
    server = [str(programs / "gunicorn"), "--bind", address, "--worker-class", "gthread", "--threads", "4"]
    with child([*server, env["FLASK_APP"]], folder / "server.log", cwd=folder, env=env):
        base = f"http://{address}"
        wait_for(lambda: _is_up(base))
        token = httpx.post(f"{base}/api/v1/security/login", json=LOGIN, timeout=60).raise_for_status().json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        with httpx.Client(base_url=base, headers=headers, timeout=60) as client:
            yield Superset(client)


def _is_up(base: str) -> bool:
    try:
        return httpx.get(f"{base}/health", timeout=5).is_success
    except httpx.TransportError:
        return False
