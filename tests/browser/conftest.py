"""One explorer a process and one browser a module; each test opens windows of its own.

Where Chromium or Playwright is missing the tests are skipped and say so; with CI set that is a failure.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.browser.chromium import Shoot, Window, find_chromium, launch, open_window
from tests.browser.inbox import make_warehouse
from tests.browser.serving import Explorer, explorer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def missing(what: str) -> NoReturn:
    """Skip, or fail where everything should be installed."""
    message = f"the browser tests need {what}"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The system's Chromium, where Playwright is there to drive it."""
    if find_spec("playwright") is None:
        missing("Playwright: install it with `make setup`")
    path = find_chromium()
    if path is None:
        missing("Chromium: install it with `apt-get install chromium`")
    return Path(path)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator["Browser"]:
    """Ends with its module: while Playwright runs, so does an event loop in this thread, and others would see it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (the tests are collected without it)

    with sync_playwright() as playwright:
        started = launch(playwright, str(chromium))
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    """The explorer over the samples and the hostile articles; its log must stay free of errors."""
    assert chromium.exists()
    folder = tmp_path_factory.mktemp("explorer")
    with explorer(make_warehouse(folder), folder / "log") as running:
        yield running
    assert "Traceback" not in running.log.read_text(encoding="utf-8")


@pytest.fixture
def window(browser: "Browser", site: Explorer) -> Iterator[Callable[..., Window]]:
    """Opens windows on the explorer: `window()`, `window(PHONE, color_scheme="dark")`; their faults fail the test."""
    with ExitStack() as stack:
        yield lambda *size, **wishes: stack.enter_context(open_window(browser, site.address, *size, **wishes))


@pytest.fixture(scope="session")
def shoot(tmp_path_factory: pytest.TempPathFactory) -> Shoot:
    """Takes pictures: of whole pages into the folder DATELINE_SHOTS, else of what is in sight into one of pytest's."""
    named = os.environ.get("DATELINE_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: "Page", name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=named is not None, animations="disabled")

    return take
