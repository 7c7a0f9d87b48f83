"""The screenshots of README, of the sample articles: `python -m tests.browser.gallery FOLDER` (make gallery)."""

import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser.chromium import DESKTOP, find_chromium, launch, open_window
from tests.browser.eye import wait_until_drawn
from tests.browser.inbox import load
from tests.browser.serving import Explorer, explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

PEACE_TALKS = "SELECT article_id FROM dim_article WHERE source_uri LIKE '%peace-talks%'"


def overview(page: "Page", site: Explorer) -> None:
    """What the warehouse holds."""
    page.goto(site.url("/"))


def article(page: "Page", site: Explorer) -> None:
    """An article with a fact's value shown."""
    page.goto(site.url(f"/article/{site.value(PEACE_TALKS)}"))


def money_flows(page: "Page", site: Explorer) -> None:
    """Money from giver to receiver, from the chart's heading down."""
    page.goto(site.url("/figures"))
    wait_until_drawn(page)
    page.locator("#chart-money_flows").evaluate("one => one.scrollIntoView()")


SCENES: dict[str, Callable[["Page", Explorer], None]] = {
    "overview": overview,
    "article": article,
    "money-flows": money_flows,
}
"""The pictures by their names, and what is done before each is taken."""


def take(folder: Path) -> None:
    """Write a picture of each scene."""
    path = find_chromium()
    if path is None:
        sys.exit("no Chromium on this machine: install it with `apt-get install chromium`")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        warehouse = Path(scratch) / "dateline.duckdb"
        load(Path(str(files("seeds") / "articles")), warehouse)
        browser = launch(playwright, path)
        with explorer(warehouse, Path(scratch) / "log") as site:
            for name, scene in SCENES.items():
                with open_window(
                    browser, site.address, DESKTOP, color_scheme="light", reduced_motion="reduce"
                ) as window:
                    scene(window.page, site)
                    wait_until_drawn(window.page)
                    window.page.screenshot(path=folder / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
