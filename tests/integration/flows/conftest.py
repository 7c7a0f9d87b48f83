"""One real Prefect server for the tests of a module."""

from collections.abc import Iterator

import pytest

from tests.integration.flows.office import free_port, prefect_server


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prefect_server(tmp_path_factory.mktemp("prefect"), free_port()) as address:
        yield address
