"""Runs on a schedule: the deployment `ingest`, served from this process until it is told to stop."""

import asyncio
import fcntl
import hashlib
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.states import Crashed

from flows.errors import UsageError
from flows.ingest import ingest
from flows.settings import Settings
from warehouse.health import held_lock
from warehouse.paths import WarehousePaths

INTERVAL = re.compile(r"(\d+)\s*([smhd])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SHORTEST = timedelta(seconds=5)
ALONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""A run that is due while another one goes on is dropped: the next one takes all that is unseen anyway."""
POLL_SECONDS = 5.0
UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
KILLED = "the process that ran it was killed; the next run takes what it left"
HANGS = 600.0
"""Seconds after which a served run gives a batch up, where no setting says otherwise: a run that hangs would keep
out all that follow. A batch of the usual size takes a few seconds."""
AT_ONCE = timedelta(seconds=10)
"""Until the first run: the scheduler must have seen the deployment by then."""


class AlreadyServedError(RuntimeError):
    """Another process serves this warehouse."""


def interval(text: str) -> timedelta:
    """The time between two runs: 90s, 15m, 1h, 1d.

    Raises:
        UsageError: it is none, or too short.
    """
    found = INTERVAL.fullmatch(text.strip())
    every = timedelta(**{UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if every < SHORTEST:
        message = f"--every takes a number with s, m, h or d, such as 15m, at least {SHORTEST.seconds}s; not {text!r}"
        raise UsageError(message)
    return every


@contextmanager
def serving(paths: WarehousePaths) -> Iterator[None]:
    """Be the only one that serves a warehouse.

    Raises:
        AlreadyServedError: another process does.
    """
    with (paths.work / "serve.lock").open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            message = f"process {handle.read()} serves {paths.published} already: stop it, or name another warehouse"
            raise AlreadyServedError(message) from error
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def deployment_name(warehouse: Path) -> str:
    """The deployment of a warehouse: its name, and a part that tells apart those of one name in several folders."""
    return f"{warehouse.stem}-{hashlib.sha256(str(warehouse).encode()).hexdigest()[:6]}"


async def serve(sources: list[str], settings: Settings, paths: WarehousePaths) -> None:
    """Register the deployment and run it on schedule until SIGTERM or SIGINT, which end a run under way as well."""
    name = deployment_name(paths.published)
    runner = Runner(name=name, query_seconds=POLL_SECONDS, pause_on_shutdown=True, limit=None)
    deployment_id = await runner.aadd_flow(
        ingest,
        name=name,
        schedule=schedule(settings),
        paused=False,
        parameters=parameters(sources, settings, paths),
        tags=["dateline"],
        description=f"Brings what is new at the sources into {paths.published}",
        concurrency_limit=ALONE,
    )
    await _bury(deployment_id, paths)
    await _free_slot(str(deployment_id))
    told = asyncio.Event()
    running = asyncio.create_task(runner.start())
    await asyncio.sleep(0)  # the runner sets its own handler first, which waits for the loop that it interrupts
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    ending = asyncio.create_task(told.wait())
    await asyncio.wait([running, ending], return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        await runner.astop()  # ends a run under way
    ending.cancel()
    with suppress(asyncio.CancelledError):
        await running


def schedule(settings: Settings) -> Schedule:
    """The schedule that the settings name; the first run of an interval is at once.

    Raises:
        UsageError: an interval or a line of cron that cannot be.
    """
    if settings.every:
        return Interval(interval(settings.every), anchor_date=datetime.now(UTC) + AT_ONCE)
    try:
        return Cron(settings.cron or "", timezone="UTC")
    except ValueError as error:
        message = f'--cron takes five fields, such as "0 * * * *", not {settings.cron!r}'
        raise UsageError(message) from error


def parameters(sources: list[str], settings: Settings, paths: WarehousePaths) -> dict[str, Any]:
    """The parameters of the served runs: all settings as they are in force, the schedule left out."""
    given = settings.model_dump(mode="json", exclude={"sources", "every", "cron"})
    own = {"warehouse": str(paths.published), "batch_seconds": settings.batch_seconds or HANGS}
    return {"sources": sources, "settings": given | own}


async def _bury(deployment_id: UUID, paths: WarehousePaths) -> None:
    """Mark the runs as crashed that a killed process left as running: nobody else serves this deployment (`serving`).

    Where a run holds the warehouse, the killed process has left it alive: it still tells Prefect itself how it ends.
    """
    if held_lock(paths):
        return
    of_deployment = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)),
    )
    async with get_client() as client:
        for run in await client.read_flow_runs(flow_run_filter=of_deployment):
            await client.set_flow_run_state(run.id, Crashed(message=KILLED), force=True)


async def _free_slot(deployment_id: str) -> None:
    """Give back the slot that a killed process still holds: nobody else serves this deployment (`serving`)."""
    name = f"deployment:{deployment_id}"
    async with get_client() as client:
        limit = await client.read_global_concurrency_limit_by_name(name)
        if limit.active_slots:
            await client.update_global_concurrency_limit(name, GlobalConcurrencyLimitUpdate(active_slots=0))
