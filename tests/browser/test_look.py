"""How it looks to those who want less motion, print, use a phone, switch to the dark, or let no script run."""

from collections.abc import Callable

import pytest

from tests.browser.addresses import ADDRESSES
from tests.browser.chromium import PHONE, Window
from tests.browser.eye import look, wait_until_drawn
from tests.browser.serving import Explorer

Windows = Callable[..., Window]
PAPER = (720, 1000)
"""About a page of A4 in CSS pixels."""
SMALLEST_TARGET = 24
"""CSS pixels that WCAG 2.2 wants of a thing to tap."""


def test_who_wants_less_motion_gets_none(site: Explorer, window: Windows) -> None:
    page = window(reduced_motion="reduce").page
    page.goto(site.url("/"))
    wait_until_drawn(page)
    moving = "[...document.querySelectorAll('.plot')].map(one => echarts.getInstanceByDom(one).getOption().animation)"
    assert set(page.evaluate(moving)) == {False}
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("name", ["overview", "figures", "article"])
def test_paper_has_the_content_and_no_controls(name: str, site: Explorer, window: Windows) -> None:
    page = window(PAPER).page
    page.goto(ADDRESSES[name](site))
    wait_until_drawn(page)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert [control for control in ("nav", "form", ".skip") if page.locator(control).first.is_visible()] == []
    assert look(page, "wide") == []


def test_the_menus_can_be_tapped(site: Explorer, window: Windows) -> None:
    page = window(PHONE).page
    page.goto(site.url("/"))
    targets = page.locator("header a, form button, form select, form input, summary, .csv")
    small = [
        (target.text_content(), box["width"], box["height"])
        for target in targets.all()
        if (box := target.bounding_box()) and min(box["width"], box["height"]) < SMALLEST_TARGET
    ]
    assert small == []
    page.locator("header").get_by_role("link", name="Figures").tap()
    page.wait_for_url("**/figures")


def test_charts_follow_the_switch_to_the_dark(site: Explorer, window: Windows) -> None:
    page = window(color_scheme="light").page
    page.goto(site.url("/"))
    wait_until_drawn(page)
    fills = "[...document.querySelectorAll('.plot svg text')].map(one => one.getAttribute('fill')).join()"
    light = page.evaluate(fills)
    page.emulate_media(color_scheme="dark")
    page.locator(".plot").first.hover()
    assert light
    assert page.evaluate(fills) != light


def test_without_scripts_the_tables_are_there_and_no_empty_box(site: Explorer, window: Windows) -> None:
    page = window(java_script_enabled=False).page
    page.goto(site.url("/figures"))
    assert page.locator(".plot").first.is_hidden()
    page.locator("summary").first.click()
    assert page.locator("figure.chart table").first.is_visible()
    page.locator("#filters [name=since]").fill("2024-01-01")
    page.locator("#filters button").click()
    page.wait_for_url("**since=2024-01-01**")
