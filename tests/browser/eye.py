"""What a careful eye sees on a page: contrast, width, structure, foreign elements, and whether the charts are drawn."""

import json
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


def data(figure: "Locator") -> dict[str, Any]:
    """The data that the page gives to a chart."""
    found: dict[str, Any] = json.loads(figure.locator("script[type='application/json']").text_content() or "")
    return found
