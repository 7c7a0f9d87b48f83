"""The system's Chromium, and a window of it that notes whatever a page does wrong."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Playwright, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""No request of the browser's own; a page's request to another host finds none, and is noted."""
Shoot = Callable[["Page", str], None]
"""Takes a picture of a page, under a name."""
DESKTOP = (1280, 900)
PHONE = (390, 844)


def find_chromium() -> str | None:
    """The path of an installed Chromium or Chrome."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: "Playwright", path: str) -> "Browser":
    """Start it without a window, with a profile that is new and is removed at its end."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])


@dataclass
class Window:
    """A browser's window with nothing kept from others; `faults` is what its pages did wrong."""

    context: "BrowserContext"
    page: "Page"
    origin: str
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note errors, refusals of the content policy, dialogs, and requests that leave the origin."""
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        self.context.on("dialog", self._close)
        self.context.on("request", self._check)

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type} on {message.location.get('url')}: {message.text}")

    def _close(self, dialog: "Dialog") -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _check(self, request: "Request") -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and not request.url.startswith(self.origin):
            self.faults.append(f"request to {request.url[:200]}")


@contextmanager
def open_window(browser: "Browser", origin: str, size: tuple[int, int] = DESKTOP, **wishes: str) -> Iterator[Window]:
    """A window of a size; `wishes` are Playwright's (color_scheme, reduced_motion, ...).

    At its end it fails on whatever its pages did wrong.
    """
    phone = {"is_mobile": True, "has_touch": True} if size == PHONE else {}
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="en-GB",
        timezone_id="UTC",
        **phone,  # type: ignore[arg-type]
        **wishes,  # type: ignore[arg-type]
    )
    context.set_default_timeout(8_000)
    window = Window(context, context.new_page(), origin)
    window.watch()
    try:
        yield window
        if window.faults:
            pytest.fail("the page did what it must not:\n" + "\n".join(window.faults))
    finally:
        context.close()
