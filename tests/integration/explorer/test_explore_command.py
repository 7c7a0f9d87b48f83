"""The command `dateline explore`: its one line, its clear end, and what it says when it cannot start."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from flows.console.explore import explore_command
from flows.errors import UsageError
from warehouse.reader import NoWarehouseError

PATIENCE = 60


def start(warehouse: Path, *flags: str) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).parent / "dateline"), "explore", "-w", str(warehouse), "--no-browser", *flags]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})


def test_it_prints_its_address_serves_and_ends_cleanly_by_ctrl_c(small: Path) -> None:
    started = start(small, "--port", "0")
    assert started.stdout is not None
    line = started.stdout.readline()
    address = line.split(" at ")[1].split()[0]
    assert httpx.get(address, timeout=PATIENCE).status_code == 200
    begun = time.monotonic()
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=PATIENCE)
    assert (started.returncode, out, err) == (0, "", "")
    assert time.monotonic() - begun < PATIENCE / 2


def test_a_port_in_use_is_an_error_that_names_the_flag(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is in use: name another with --port, or --port 0"):
            explore_command(small, "127.0.0.1", port, browser=False)


def test_a_host_of_another_machine_is_an_error_that_names_the_flag(small: Path) -> None:
    with pytest.raises(UsageError, match="name an address of this machine with --host"):
        explore_command(small, "192.0.2.1", 0, browser=False)


def test_no_warehouse_is_an_error_that_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouseError, match="make one with `dateline run"):
        explore_command(tmp_path / "none.duckdb", "127.0.0.1", 0, browser=False)
