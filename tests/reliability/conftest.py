"""What the reliability tests share: the small world, and the compiled shim that makes system calls fail."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.reliability.world import World, make_world

SHIM_SOURCE = Path(__file__).parent / "faults.c"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An inbox in its second state and a warehouse of its first, made once a process."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that, preloaded, counts system calls and makes one of them fail."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler (cc) on this machine: the faults of system calls need one")
    library = tmp_path_factory.mktemp("shim") / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SHIM_SOURCE), "-ldl"], check=True)
    return library
