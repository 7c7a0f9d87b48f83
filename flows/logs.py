"""The log of a run: Prefect's own, or one JSON object a line, each with the run's id."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from flows.progress import Pace, listening_at_least

PREFECT_LOGGERS = ("prefect.flow_runs", "prefect.task_runs", "prefect.runner")
LOGGER = "dateline"
"""The logger of what a run does beside its steps, which Prefect logs."""
OWN = ("batch", "stage", "event")
"""Fields that an event may carry beside its message (`extra=`)."""


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, event, message, and the fields bound to the run."""

    def __init__(self, bound: Mapping[str, Any]) -> None:
        """`bound` may still change: an event carries what is bound when it is written."""
        super().__init__()
        self.bound = bound

    def format(self, record: logging.LogRecord) -> str:
        """The event as one line."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "message": record.getMessage(),
            **self.bound,
            **{name: getattr(record, name) for name in OWN if hasattr(record, name)},
            **getattr(record, "fields", {}),
        }
        task = getattr(record, "task_run_name", None)
        if task:
            fields["task"] = task
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)


class RunLog:
    """The log of one run; what is bound to it stands in each of its lines."""

    def __init__(self) -> None:
        """Nothing is bound yet."""
        self.bound: dict[str, Any] = {}

    def bind(self, **fields: object) -> None:
        """Add fields to every line from now on."""
        self.bound.update(fields)

    def conclude(self, record: Mapping[str, object]) -> None:
        """The last event of a run: its record."""
        message = f"run {record['run_id']}: {record['state']}"
        logging.getLogger(LOGGER).info(message, extra={"event": "run", "fields": record})


@contextmanager
def log_as(log_format: str) -> Iterator[RunLog]:
    """Write the log to standard error in this format: `text` leaves it to Prefect, `json` is one object a line."""
    log = RunLog()
    tell = Pace(lambda line: logging.getLogger(LOGGER).info(line, extra={"event": "progress"}))
    with _json_lines(log) if log_format == "json" else nullcontext(), listening_at_least(tell):
        yield log


@contextmanager
def _json_lines(log: RunLog) -> Iterator[None]:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(log.bound))
    loggers = [logging.getLogger(name) for name in (*PREFECT_LOGGERS, LOGGER)]
    before = [(logger.level, logger.propagate, logger.handlers[:]) for logger in loggers]
    for logger in loggers:
        logger.handlers = [*(kept for kept in logger.handlers if not _prints(kept)), handler]
        logger.propagate = False
        logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        for logger, (level, propagate, handlers) in zip(loggers, before, strict=True):
            logger.level, logger.propagate, logger.handlers = level, propagate, handlers


def _prints(handler: logging.Handler) -> bool:
    """Whether a handler writes to the terminal: the lines would stand there twice."""
    return isinstance(handler, logging.StreamHandler) or type(handler).__name__ == "PrefectConsoleHandler"
