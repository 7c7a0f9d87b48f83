"""The archive, loaded once: with its index, and a copy without."""

import shutil
from pathlib import Path

import pytest

from tests.integration.search.newsroom import ARCHIVE, index_file, run, write_archive


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the archive, with its index."""
    folder = tmp_path_factory.mktemp("indexed")
    write_archive(folder / "inbox", *ARCHIVE)
    run(folder)
    return folder / "news.duckdb"


@pytest.fixture(scope="session")
def bare(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same warehouse without an index."""
    folder = tmp_path_factory.mktemp("bare") / "copy"
    shutil.copytree(indexed.parent, folder, symlinks=True)
    index_file(folder / "news.duckdb").unlink()
    return folder / "news.duckdb"


@pytest.fixture(params=["indexed", "bare"])
def warehouse(request: pytest.FixtureRequest) -> Path:
    """Either of both: what holds for searching at all holds with the index and without."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def own(indexed: Path, tmp_path: Path) -> Path:
    """A copy of the warehouse of the test's own."""
    shutil.copytree(indexed.parent, tmp_path / "own", symlinks=True)
    return tmp_path / "own" / "news.duckdb"
