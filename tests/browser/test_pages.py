"""Every page loads fast, is sound for who sees and who does not, on a desk and on a phone, and lets nothing out."""

from collections.abc import Callable

import pytest

from tests.browser.addresses import ADDRESSES
from tests.browser.chromium import PHONE, Shoot, Window
from tests.browser.eye import look, seconds_to_load, wait_until_drawn
from tests.browser.serving import Explorer

SECONDS = 3.0
"""In which a page stands with all its charts."""
Windows = Callable[..., Window]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_stands_in_time_sound_and_legible_by_day_and_night(
    name: str, site: Explorer, window: Windows, shoot: Shoot
) -> None:
    page = window(color_scheme="light").page
    assert seconds_to_load(page, ADDRESSES[name](site), SECONDS) < SECONDS
    found = {question: look(page, question) for question in ("unsound", "foreign", "wide", "faint")}
    shoot(page, name)
    page.emulate_media(color_scheme="dark")
    page.reload()
    wait_until_drawn(page)
    found["faint in the dark"] = look(page, "faint")
    shoot(page, f"{name} dark")
    assert {question: faults for question, faults in found.items() if faults} == {}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_fits_a_phone(name: str, site: Explorer, window: Windows, shoot: Shoot) -> None:
    page = window(PHONE, color_scheme="light").page
    page.goto(ADDRESSES[name](site))
    wait_until_drawn(page)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    found = {question: look(page, question) for question in ("wide", "faint")}
    shoot(page, f"{name} phone")
    assert {question: faults for question, faults in found.items() if faults} == {}
