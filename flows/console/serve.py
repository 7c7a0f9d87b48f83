"""`dateline serve`: runs on a schedule, with a Prefect server of its own where none is configured."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from flows.console.sources import default_sources
from flows.defaults import DEFAULT_WAREHOUSE
from flows.errors import FAILED, UsageError
from flows.server import PREFECT_DEFAULTS, configured_api, port_if_free, start_server
from flows.settings import Settings
from flows.sources.discover import discover
from warehouse.paths import WarehousePaths

PORT = 4200
"""Where people look for Prefect's user interface."""


def serve_command(settings: Settings) -> int:
    """Serve the flow until SIGTERM or SIGINT.

    Raises:
        UsageError: no schedule, two, or one that cannot be.
        AlreadyServedError: another process serves this warehouse.
    """
    if bool(settings.every) == bool(settings.cron):
        message = 'name one schedule: --every 15m, or --cron "0 * * * *"'
        raise UsageError(message)
    sources = default_sources(settings.sources)
    discover(sources, Path.cwd())
    paths = WarehousePaths.of(settings.warehouse, make_parent=settings.warehouse == DEFAULT_WAREHOUSE)
    for name, value in (PREFECT_DEFAULTS | {"PREFECT_LOGGING_LEVEL": "INFO"}).items():
        os.environ.setdefault(name, value)
    server = None
    if configured_api() is None:
        database = f"sqlite+aiosqlite:///{paths.work / 'prefect.db'}"
        server = start_server(
            port_if_free(PORT), light=False, environment={"PREFECT_API_DATABASE_CONNECTION_URL": database}
        )
    from flows.serve import schedule, serve, serving  # noqa: PLC0415  (Prefect is imported while its server starts)

    schedule(settings)  # one that cannot be is refused before anything is served
    with serving(paths):
        done, gone = threading.Event(), threading.Event()
        if server:
            threading.Thread(target=_watch, args=(server, done, gone), daemon=True).start()
        due = f"every {settings.every}" if settings.every else f"at {settings.cron} (UTC)"
        sys.stderr.write(f"dateline: serving {settings.warehouse} {due}; Prefect: {configured_api()}\n")
        try:
            asyncio.run(serve(sources, settings, paths))
        finally:
            done.set()
    if gone.is_set():
        sys.stderr.write(
            "dateline: the Prefect server has ended, and the schedule with it: start dateline serve again\n"
        )
        return FAILED
    return 0


def _watch(server: subprocess.Popen[bytes], done: threading.Event, gone: threading.Event) -> None:
    """End this process when its server ends first, so that whoever watches over it starts it anew."""
    server.wait()
    if not done.is_set():
        gone.set()
        os.kill(os.getpid(), signal.SIGTERM)
