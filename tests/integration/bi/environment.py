"""Environments of products' own, made from the package index and kept for the next run."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline-tests"
LONGEST = 900.0
"""Seconds that an installation may take."""


def own_environment(name: str, *packages: str) -> Path:
    """The folder of programs of an environment with these packages; the test is skipped where no index has them."""
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = hashlib.sha256(" ".join([sys.version, *packages]).encode()).hexdigest()[:8]
    folder = CACHE / f"{name}-{wanted}"
    with (CACHE / f"{folder.name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _install(folder, packages)
            (folder / "ready").touch()
    return folder / "bin"


def _install(folder: Path, packages: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--retries", "1", *packages]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{' '.join(packages)}: not installed from the package index within {LONGEST:.0f} seconds")
    if done.returncode:
        pytest.skip(f"no package index has {' '.join(packages)}: {done.stderr.strip().splitlines()[-1]}")
