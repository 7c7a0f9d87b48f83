"""The command `dateline` with the flow's steps as plain functions: all but Prefect is real.

As a program, `python -m tests.reliability.command PLAN ARGUMENTS...`, it can be killed right after a step: PLAN is
"-", "trace FILE" (write the names of all functions that return, in order), "after NAME NUMBER" (die at once when
the function of that name has returned so many times) or "limit BYTES" (no file may become longer).
"""

import os
import resource
import signal
import sys
import threading
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any
from unittest.mock import patch

import flows.steps
from flows.cli import main

ROOT = Path(flows.steps.__file__).parents[1]
STEPS = (
    "warehouse/",
    *(f"flows/{name}.py" for name in ("steps", "plan", "batches", "job", "extract", "forget", "rollback")),
)
"""Where the functions are that count as steps of a run."""


_lock = threading.Lock()
_under_way: list[int] = []
_without_prefect = ExitStack()
"""Threads run commands side by side: the first puts Prefect aside, the last puts it back."""


def run_command(arguments: Sequence[str]) -> int:
    """Run `dateline` in this process, and give its exit code."""
    with (
        plain_flow(),
        patch.object(sys, "argv", ["dateline", *arguments]),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("ignore", message="Cyclopts application invoked without tokens")
        try:
            main()
        except SystemExit as done:
            return int(done.code or 0)
    return 0


@contextmanager
def plain_flow() -> Iterator[None]:
    """Put the plain steps in the place of the flow, and start no server of Prefect."""
    with _lock:
        if not _under_way:
            _without_prefect.enter_context(plain_module())
            _without_prefect.enter_context(patch("flows.console.run.prepare_prefect", return_value=False))
        _under_way.append(1)
    try:
        yield
    finally:
        with _lock:
            _under_way.pop()
            if not _under_way:
                _without_prefect.close()


@contextmanager
def plain_module() -> Iterator[None]:
    """Put a module of the plain steps in the place of the flow's; all others that are imported meanwhile stay."""
    plain = ModuleType("flows.ingest")
    plain.ingest = flows.steps.run_plain  # type: ignore[attr-defined]
    flow = sys.modules.get("flows.ingest")
    sys.modules["flows.ingest"] = plain
    try:
        yield
    finally:
        del sys.modules["flows.ingest"]
        if flow is not None:
            sys.modules["flows.ingest"] = flow


class Steps:
    """Hears of every function of the project's own that returns."""

    def __init__(self, plan: Sequence[str]) -> None:
        """Trace into a file, or die after a step."""
        self._trace = Path(plan[1]).open("w", encoding="utf-8") if plan[0] == "trace" else None  # noqa: SIM115
        self._fatal = (plan[1], int(plan[2])) if plan[0] == "after" else None
        self._seen: Counter[str] = Counter()
        self._names: dict[CodeType, str | None] = {}

    def listen(self) -> None:
        """Listen in this thread and in all that start later."""
        threading.setprofile(self.hear)
        sys.setprofile(self.hear)

    def hear(self, frame: FrameType, event: str, _: Any) -> None:  # noqa: ANN401
        """Count a return."""
        if event != "return":
            return
        name = self._name(frame.f_code)
        if name is None:
            return
        self._seen[name] += 1
        if self._trace:
            self._trace.write(f"{name}\n")
            self._trace.flush()
        if (name, self._seen[name]) == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def _name(self, code: CodeType) -> str | None:
        if code not in self._names:
            file = code.co_filename.removeprefix(f"{ROOT}/")
            own = file.startswith(STEPS) and not code.co_name.startswith("<")
            self._names[code] = f"{file.removesuffix('.py').replace('/', '.')}.{code.co_qualname}" if own else None
        return self._names[code]


if __name__ == "__main__":
    plan = sys.argv[1].split()
    if plan[0] == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(plan[1]), int(plan[1])))
    elif plan[0] != "-":
        Steps(plan).listen()
    sys.exit(run_command(sys.argv[2:]))
