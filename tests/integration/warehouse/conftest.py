"""The warehouse of the sample articles, made once."""

from importlib.resources import files
from pathlib import Path

import pytest

from flows.settings import Settings
from flows.steps import run_plain


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published warehouse of the sample articles."""
    warehouse = tmp_path_factory.mktemp("samples") / "samples.duckdb"
    run_plain([str(files("seeds") / "articles")], Settings(warehouse=warehouse))
    return warehouse
