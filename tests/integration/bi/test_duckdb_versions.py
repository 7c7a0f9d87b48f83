"""When a process sees a new version, with the versions of DuckDB that tools bring: README, "BI tools"."""

import subprocess
from pathlib import Path

import pytest

from tests.integration.bi.environment import own_environment
from tests.integration.bi.newsroom import Newsroom, publish_titles
from warehouse.connection import open_build

READER = """
import duckdb, sys

def title(connection):
    print(*connection.execute("SELECT DISTINCT title FROM dim_article").fetchone(), flush=True)

kept = duckdb.connect(sys.argv[1], read_only=True)
title(kept)
sys.stdin.readline()
title(duckdb.connect(sys.argv[1], read_only=True))
title(kept)
kept.close()
title(duckdb.connect(sys.argv[1], read_only=True))
"""
"""What is read at first, then beside the connection that is still open, in that one, and after it is closed."""


@pytest.mark.full
@pytest.mark.parametrize(
    ("version", "seen"),
    [("1.3.2", "b1 b1 b1 b2"), ("1.4.4", "b1 b1 b1 b2"), ("1.5.5", "b1 b2 b1 b2"), ("2.0.0", "b1 b2 b1 b2")],
)
def test_a_process_gets_the_new_version(own_newsroom: Newsroom, version: str, seen: str) -> None:
    python = own_environment(f"duckdb-{version}", f"duckdb=={version}") / "python"
    paths = own_newsroom.paths
    with open_build(paths) as build:
        publish_titles(build, paths, "b1")
        with started(python, paths.published) as reader:
            assert reader.stdout
            first = reader.stdout.readline()
            publish_titles(build, paths, "b2")
            rest, errors = reader.communicate("\n", timeout=60)
    assert f"{first}{rest}".split() == seen.split(), errors


def started(python: Path, warehouse: Path) -> subprocess.Popen[str]:
    """A reader that waits for a line once it has read for the first time."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [str(python), "-c", READER, str(warehouse)], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )
