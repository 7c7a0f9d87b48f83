"""A place to try the flow in: an inbox, a Prefect server of its own, and the command `dateline` as a child."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import pytest

from flows.cli import main
from warehouse.reader import open_published

BIN = Path(sys.executable).parent
STORY = "Japan pledged $2 billion to Kenya on Friday. At least 12 people were killed."
PATIENCE = 150.0
"""Seconds after which what was waited for will not come: far beyond what it takes on a busy machine."""
CLIENT = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "POLARS_MAX_THREADS": "1"}

Found = TypeVar("Found")


def wait_for(what: Callable[[], Found | None], seconds: float = PATIENCE) -> Found:
    """The first result that is not empty."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.1)
    message = "what was waited for did not come"
    raise TimeoutError(message)


def write_story(inbox: Path, number: int, text: str = STORY, day: str = "2023-11-06") -> None:
    inbox.mkdir(exist_ok=True)
    record = {"id": str(number), "text": f"{text} Story {number}.", "published_on": day}
    (inbox / f"{number}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")


def rows(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with open_published(warehouse) as reader:
        return reader.rows(query)


def article_count(warehouse: Path) -> int:
    if not warehouse.exists():
        return 0
    ((count,),) = rows(warehouse, "SELECT count(*) FROM dim_article")
    return int(str(count))


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, **CLIENT, "PREFECT_HOME": str(home), "COLUMNS": "200", **more}


def run_program(program: str, *arguments: str, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / program), *arguments], cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False
    )


def run_dateline(*arguments: str, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return run_program("dateline", *arguments, cwd=cwd, env=env)


def call_dateline(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command as a user calls it, in this process: a start costs more than what most commands do."""
    given, out, errors = (TextIOWrapper(BytesIO(text.encode()), encoding="utf-8") for text in (stdin, "", ""))
    streams = patch.multiple(sys, argv=["dateline", *arguments], stdin=given, stdout=out, stderr=errors)
    here = patch.dict(os.environ, {"COLUMNS": "200", "PREFECT_HOME": str(cwd / ".prefect")})
    with chdir(cwd), here, streams, pytest.raises(SystemExit) as ended:
        main()
    return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), _written(out), _written(errors))


def _written(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextmanager
def child(arguments: list[str], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:  # noqa: ANN401
    """A program that is ended with the block, if it has not ended before."""
    with log.open("ab") as output:
        process = subprocess.Popen([str(BIN / arguments[0]), *arguments[1:]], stdout=output, stderr=output, **options)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def ask(api: str, path: str, body: object | None = None) -> Any:  # noqa: ANN401
    """What Prefect's API answers to a question with a body, or to a plain one."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{api}{path}", data=data, headers={"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def is_up(api: str) -> bool:
    try:
        return bool(ask(api, "/health"))
    except OSError:
        return False


@contextmanager
def prefect_server(home: Path, port: int) -> Iterator[str]:
    """A real Prefect server with its scheduler: the address of its API."""
    api = f"http://127.0.0.1:{port}/api"
    env = environment(home, PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS="5")
    with child(["prefect", "server", "start", "--port", str(port), "--no-ui"], home / "server.log", env=env):
        wait_for(lambda: is_up(api))
        yield api


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def flow_runs(api: str, *states: str) -> list[dict[str, Any]]:
    """The flow runs that a server knows in these states, the earliest first."""
    found = ask(api, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": list(states)}}}})
    return sorted(found, key=lambda run: str(run["expected_start_time"]))
