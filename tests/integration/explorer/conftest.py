"""One small warehouse with facts and one without a row, each with a client of the app over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.explorer.office import ARTICLES, TestClient, app_over, empty_warehouse, load


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published warehouse of ARTICLES."""
    return load(tmp_path_factory.mktemp("small"), *ARTICLES)


@pytest.fixture(scope="session")
def client(small: Path) -> Iterator[TestClient]:
    with TestClient(app_over(small), follow_redirects=False) as started:
        yield started


@pytest.fixture(scope="session")
def empty_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(app_over(empty_warehouse(tmp_path_factory.mktemp("empty"))), follow_redirects=False) as started:
        yield started
