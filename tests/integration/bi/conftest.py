"""The warehouse that the tools read, made once a process; tests that publish take a copy."""

from pathlib import Path

import pytest

from tests.integration.bi.newsroom import Newsroom, make_newsroom


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A published warehouse, only to be read."""
    return make_newsroom(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture
def own_newsroom(newsroom: Newsroom, tmp_path: Path) -> Newsroom:
    """A copy to publish into."""
    return newsroom.copy(tmp_path / "newsroom")
