"""Every page loads fast, is sound for who sees and who does not, on a desk and on a phone, and lets nothing out."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import ADDRESSES
from tests.browser.chromium import PHONE, Window
from tests.browser.eye import look, wait_until_drawn
from tests.browser.serving import Explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECONDS = 3.0
"""In which a page stands with all its charts."""
Windows = Callable[..., Window]


def seconds_to_load(page: "Page", address: str) -> float:
    """How long it takes from the address to the last chart."""
    started = time.monotonic()
    response = page.goto(address)
    wait_until_drawn(page)
    assert response is not None
    assert response.status == 200
    return time.monotonic() - started


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_stands_in_time_sound_and_legible_by_day_and_night(
    name: str, site: Explorer, window: Windows, shots: Path
) -> None:
    page = window(color_scheme="light").page
    address = ADDRESSES[name](site)
    assert seconds_to_load(page, address) < SECONDS or seconds_to_load(page, address) < SECONDS  # a machine may be busy
    found = {question: look(page, question) for question in ("unsound", "foreign", "wide", "faint")}
    page.screenshot(path=shots / f"{name}.png", full_page=True, animations="disabled")
    page.emulate_media(color_scheme="dark")
    page.reload()
    wait_until_drawn(page)
    found["faint in the dark"] = look(page, "faint")
    page.screenshot(path=shots / f"{name} dark.png", full_page=True, animations="disabled")
    assert {question: faults for question, faults in found.items() if faults} == {}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_fits_a_phone(name: str, site: Explorer, window: Windows, shots: Path) -> None:
    page = window(PHONE, color_scheme="light").page
    page.goto(ADDRESSES[name](site))
    wait_until_drawn(page)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    found = {question: look(page, question) for question in ("wide", "faint")}
    page.screenshot(path=shots / f"{name} phone.png", animations="disabled", full_page=True)
    assert {question: faults for question, faults in found.items() if faults} == {}
