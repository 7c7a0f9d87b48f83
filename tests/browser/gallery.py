"""The screenshots of README, of the sample articles: `python -m tests.browser.gallery FOLDER` (make gallery)."""

import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser.chromium import find_chromium, launch, open_window
from tests.browser.eye import wait_until_drawn
from tests.browser.inbox import load
from tests.browser.serving import Explorer, explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZE = (1280, 800)
QUAKE = "SELECT article_id FROM dim_article WHERE title = 'Quake kills at least 128 in western Nepal'"
TOLL = "128"
"""What the article's picture points at: its card shows a claim and its figure."""


def overview(page: "Page", site: Explorer) -> None:
    """What the warehouse holds."""
    page.goto(site.url("/"))


def article(page: "Page", site: Explorer) -> None:
    """An article with what one of its sums means."""
    page.goto(site.url(f"/article/{site.value(QUAKE)}"))
    page.locator("article .piece", has_text=TOLL).first.hover()
    page.locator("#card").wait_for(state="visible")


def network(page: "Page", site: Explorer) -> None:
    """Who is named beside whom."""
    page.goto(site.url("/actors"))
    wait_until_drawn(page)
    page.locator("#chart-named_together").evaluate("one => scrollTo(0, one.getBoundingClientRect().top - 16)")


SCENES: dict[str, Callable[["Page", Explorer], None]] = {
    "overview": overview,
    "article": article,
    "network": network,
}
"""The pictures by their names, and what is done before each is taken."""


def take(folder: Path) -> None:
    """Write a picture of each scene."""
    path = find_chromium()
    if path is None:
        sys.exit("no Chromium on this machine: install it with `apt-get install chromium`")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        warehouse = Path(scratch) / "news.duckdb"
        load(Path(str(files("seeds") / "articles")), warehouse)
        browser = launch(playwright, path)
        with explorer(warehouse, Path(scratch) / "log") as site:
            for name, scene in SCENES.items():
                with open_window(browser, site.address, SIZE, color_scheme="light", reduced_motion="reduce") as window:
                    scene(window.page, site)
                    wait_until_drawn(window.page)
                    window.page.screenshot(path=folder / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
