"""One real Prefect server for all tests of a process, and flows of this process that run against it."""

from collections.abc import Iterator

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from tests.integration.flows.office import free_port, prefect_server


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prefect_server(tmp_path_factory.mktemp("prefect"), free_port()) as address:
        yield address


@pytest.fixture
def at_server(api: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Flows and commands of this process run against the real server."""
    monkeypatch.setenv("PREFECT_API_URL", api)
    with temporary_settings({PREFECT_API_URL: api}):
        yield api
