"""The dictionary page in the browser, opened as a file: readable in every light, filtered by words, and on its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESKTOP, PHONE, open_window
from tests.browser.eye import look

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADDRESS = f"file://{files('warehouse') / 'dictionary.html'}"


@contextmanager
def dictionary(browser: "Browser", size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Iterator["Page"]:
    with ExitStack() as stack:
        page = stack.enter_context(open_window(browser, ADDRESS, size, color_scheme=scheme)).page
        page.goto(ADDRESS)
        yield page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_in_every_light_and_width(browser: "Browser", size: tuple[int, int], scheme: str) -> None:
    with dictionary(browser, size, scheme) as page:
        assert [fault for question in ("faint", "wide", "unsound") for fault in look(page, question)] == []


def test_words_filter_columns_and_stay_in_the_address(browser: "Browser") -> None:
    with dictionary(browser) as page:
        page.keyboard.press("/")
        page.keyboard.type("usd_per_unit")
        rows = page.locator("tr.column:visible").evaluate_all("all => all.map(one => one.id)")
        assert {"main.dim_fx_rate.usd_per_unit", "mart.money.usd_per_unit"} == set(rows)
        assert page.locator("#found").text_content() == "2 columns in 2 tables"
        assert page.locator("nav li:visible").all_text_contents() == ["money", "dim_fx_rate"]
        page.goto(page.url)
        assert page.locator("tr.column:visible").count() == 2
        page.locator("nav").get_by_role("link", name="Codebook").click()
        page.evaluate("location.hash = 'main.fact_claim.topic'")
        page.wait_for_function("document.getElementById('filter').value === ''")
        assert page.locator("[id='main.fact_claim.topic']").is_visible()


def test_a_table_of_the_diagram_shows_its_lines_and_leads_to_its_columns(browser: "Browser") -> None:
    with dictionary(browser) as page:
        box = page.locator("a.box[data-table='main.dim_unit']")
        box.focus()
        near = page.locator(".link.near").evaluate_all("all => all.map(one => one.dataset.ends)")
        assert set(near) == {"main.fact_figure main.dim_unit", "main.dim_fx_rate main.dim_unit"}
        page.keyboard.press("Enter")
        page.wait_for_url("**#main.dim_unit")
        assert page.locator("[id='main.dim_unit'] h3").is_visible()
