"""Without a mouse: the order of the stops, the skip link, the filters, and what an article's facts mean."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.chromium import Window
from tests.browser.eye import wait_until_drawn
from tests.browser.serving import Explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

Windows = Callable[..., Window]
STOP = """() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    return {
        name: at.name || at.textContent.trim().slice(0, 60) || at.tagName,
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none",
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    };
}"""


def stops(page: "Page", number: int) -> list[dict[str, object]]:
    """The next stops of the tab key: their names, whether focus shows, whether they are in sight."""
    found: list[dict[str, object]] = []
    for _ in range(number):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if [one["name"] for one in found[-1:]] != [stop["name"]]:  # a field of a day has a stop for each part of it
            found.append(stop)
    return found


def test_the_first_stop_skips_to_the_content(site: Explorer, window: Windows) -> None:
    page = window().page
    page.goto(site.url("/"))
    (first,) = stops(page, 1)
    assert "skip" in str(first["name"]).lower()
    assert first["marked"]
    assert first["seen"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_every_stop_is_in_sight_and_shows_that_it_has_the_focus(site: Explorer, window: Windows) -> None:
    page = window().page
    page.goto(site.url("/"))
    wait_until_drawn(page)
    found = stops(page, 22)
    assert [stop for stop in found if not (stop["marked"] and stop["seen"])] == []
    names = [str(stop["name"]) for stop in found]
    order = [names.index(name) for name in ("Overview", "Actors", "Figures", "since", "until", "source", "actor")]
    assert order == sorted(order)
