"""What a careful eye sees on a page: contrast, width, structure, foreign elements, and whether the charts are drawn."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LOOKS = (Path(__file__).parent / "eye.js").read_text(encoding="utf-8")


def look(page: "Page", question: str) -> list[str]:
    """What is wrong with the page: `faint`, `wide`, `foreign` or `unsound` of eye.js."""
    return cast("list[str]", page.evaluate(f"({LOOKS}).{question}()"))


def figures(page: "Page") -> dict[str, "Locator"]:
    """The charts of the page, by name."""
    ids = page.locator("figure.chart").evaluate_all("all => all.map(one => one.id)")
    return {name.removeprefix("chart-"): page.locator(f"[id='{name}']") for name in ids}


def wait_until_drawn(page: "Page") -> None:
    """Wait for every chart of the page."""
    page.locator(".plot:empty").first.wait_for(state="detached")


def seconds_to_load(page: "Page", address: str, most: float, tries: int = 3) -> float:
    """How long it takes from an address to its last chart; a machine that is busy is given another try or two."""
    fastest = most
    for _ in range(tries):
        started = time.monotonic()
        response = page.goto(address)
        wait_until_drawn(page)
        fastest = min(fastest, time.monotonic() - started)
        assert response is not None
        assert response.status == 200
        if fastest < most:
            break
    return fastest


def data(figure: "Locator") -> dict[str, Any]:
    """The data that the page gives to a chart."""
    found: dict[str, Any] = json.loads(figure.locator("script[type='application/json']").text_content() or "")
    return found
