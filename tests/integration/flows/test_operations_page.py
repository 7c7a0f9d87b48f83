"""OPERATIONS.md: its automation really acts on a warning, its settings exist, its unit is well formed."""

import configparser
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.settings import Settings
from tests.integration.flows.office import wait_for
from tests.integration.flows.web import web_server

PAGE = (Path(__file__).parents[3] / "OPERATIONS.md").read_text(encoding="utf-8")
BLOCKS = [textwrap.dedent(block.strip("\n")) for block in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", PAGE, re.MULTILINE)]

WARNS = """
from prefect.events import emit_event
from prefect.events.worker import EventsWorker

volume = {"kind": "volume", "message": "3 articles"}
emit_event("dateline.warning.volume", {"prefect.resource.id": "dateline.warehouse.x"}, payload=volume)
EventsWorker.drain_all()
"""
"""In a process of its own: one process sends its events to the first server that it knew, which other tests stopped."""


def test_every_setting_that_the_page_names_exists() -> None:
    (example,) = [block for block in BLOCKS if block.startswith("warehouse =")]
    assert tomllib.loads(example).keys() <= Settings.model_fields.keys()
    named = {name.replace("-", "_") for name in re.findall(r"`(?:--)?((?:feed|newest|reject|batch|log)[_-]\w+)", PAGE)}
    assert named
    assert named <= Settings.model_fields.keys()


def test_the_unit_is_one_that_systemd_reads() -> None:
    (unit,) = [block for block in BLOCKS if block.startswith("[Unit]")]
    read = configparser.ConfigParser(interpolation=None)
    read.read_string(unit)
    assert "dateline serve --every 1h" in read["Service"]["ExecStart"]


@pytest.mark.prefect
def test_the_automation_of_the_page_calls_the_webhook(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.setenv("PREFECT_API_URL", api)
    with web_server() as web, temporary_settings({PREFECT_API_URL: api}):
        exec(program.replace("https://example.org", web.address), {})  # noqa: S102  (our own documentation)

        def warned() -> list[str]:
            subprocess.run([sys.executable, "-c", WARNS], check=True)
            return web.posted

        assert "volume: 3 articles" in wait_for(warned)[0]
