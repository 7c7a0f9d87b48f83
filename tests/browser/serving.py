"""The real command `dateline explore` as a process of its own, and what it serves."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import duckdb

BIN = Path(sys.executable).parent
ADDRESS = re.compile(r"http://[\w.\[\]:]+:\d+")
PATIENCE = 60
"""Seconds that a loaded machine may take to start the command."""
Rows = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Explorer:
    """A running explorer: its address, the file that it reads, and what it printed."""

    address: str
    warehouse: Path
    log: Path

    def url(self, path: str = "/", **query: str) -> str:
        """The address of a page with its filters."""
        return f"{self.address}{path}{'?' + urlencode(query) if query else ''}"

    def fetch(self, query: str) -> tuple[list[str], Rows]:
        """What a query gives on the published file: the names of its columns, and its rows."""
        with duckdb.connect(str(self.warehouse.resolve()), read_only=True) as connection:
            found = connection.execute(query)
            return [column[0] for column in found.description or ()], found.fetchall()

    def value(self, query: str) -> object:
        """The one value that a query gives."""
        return self.fetch(query)[1][0][0]


@contextmanager
def explorer(warehouse: Path, log: Path) -> Iterator[Explorer]:
    """Serve a warehouse on a free port until the end of the block.

    Raises:
        RuntimeError: the command ended, or gave no address in time.
    """
    command = [str(BIN / "dateline"), "explore", "--warehouse", str(warehouse), "--port", "0", "--no-browser"]
    with log.open("w", encoding="utf-8") as sink:
        process = subprocess.Popen(command, stdout=sink, stderr=subprocess.STDOUT, env={**os.environ, "COLUMNS": "200"})
        try:
            yield Explorer(_address(process, log), warehouse, log)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := ADDRESS.search(log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.02)
    message = f"`dateline explore` gave no address (exit code {process.poll()}): {log.read_text(encoding='utf-8')}"
    raise RuntimeError(message)
