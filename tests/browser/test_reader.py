"""The article reader: every fact of the warehouse stands where it is, and tells its value by mouse, key and finger."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import BUSIEST
from tests.browser.chromium import PHONE, Window
from tests.browser.serving import Explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

Windows = Callable[..., Window]
FACTS = (
    "SELECT 'date' AS kind, surface, sentence_no FROM fact_date_mention WHERE article_id = '{0}' "
    "UNION ALL SELECT 'figure', surface, sentence_no FROM fact_figure WHERE article_id = '{0}' "
    "UNION ALL SELECT 'actor', surface, sentence_no FROM fact_actor_mention WHERE article_id = '{0}' "
    "UNION ALL SELECT 'claim', surface, sentence_no FROM fact_claim WHERE article_id = '{0}' AND topic <> 'count' "
    "ORDER BY ALL"
)
"""A mere count says no more than its figure, and is not shown beside it."""
STANDING = """() => {
    const rows = new Map([...document.querySelectorAll("tr[id^=fact-]")].map(row => [row.id.slice(5), row]));
    const pieces = new Map();
    for (const piece of document.querySelectorAll("article .piece"))
        for (const number of piece.dataset.facts.split(" "))
            pieces.set(number, [...(pieces.get(number) || []), piece]);
    return [...pieces].map(([number, all]) => [
        rows.get(number).dataset.kind,
        all.map(piece => piece.textContent).join(""),
        Number(all[0].closest(".sentence").id.slice(1)),
    ]);
}"""
"""Of each fact its kind, the words that are marked for it, and their sentence."""


@pytest.fixture
def article(site: Explorer) -> str:
    """The article with the most claims."""
    return str(site.value(BUSIEST))


@pytest.fixture
def page(site: Explorer, window: Windows, article: str) -> "Page":
    opened = window().page
    opened.goto(site.url(f"/article/{article}"))
    return opened


def test_each_fact_of_the_warehouse_is_marked_on_its_words(page: "Page", site: Explorer, article: str) -> None:
    found = sorted(tuple(fact) for fact in page.evaluate(STANDING))
    assert found == sorted(site.fetch(FACTS.format(article))[1])


def test_the_text_is_the_text(page: "Page", site: Explorer, article: str) -> None:
    text = str(site.value(f"SELECT text FROM article_text WHERE article_id = '{article}'"))
    shown = page.locator("article.text").text_content() or ""
    assert shown.split() == text.split()


def test_pointing_at_a_figure_shows_its_value_and_rule(page: "Page", site: Explorer, article: str) -> None:
    query = "SELECT surface, value, unit, rule FROM fact_figure WHERE article_id = '{}' AND dimension = 'money' LIMIT 1"
    surface, value, unit, rule = site.fetch(query.format(article))[1][0]
    page.locator(".piece.figure", has_text=str(surface)).first.hover()
    card = page.locator("#card")
    card.wait_for(state="visible")
    told = card.text_content() or ""
    assert f"{value:,.15g} {unit}" in told
    assert str(rule) in told
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_the_keyboard_reaches_facts_and_shows_what_they_mean(page: "Page") -> None:
    page.locator("#show-claim").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('article .piece')")
    card = page.locator("#card")
    card.wait_for(state="visible")
    surface = page.evaluate("document.activeElement.textContent")
    assert surface in (card.text_content() or "")
    described = (
        "document.activeElement.getAttribute('aria-describedby').split(' ').every(id => document.getElementById(id))"
    )
    assert page.evaluate(described)


def test_an_actor_leads_to_all_articles_that_name_it(page: "Page", site: Explorer) -> None:
    piece = page.locator("a.piece[data-kind=actor]").first
    actor = (piece.get_attribute("href") or "").removeprefix("/actor/").split("?")[0]
    piece.click()
    page.wait_for_url("**/actor/**")
    number = site.value(f"SELECT count(DISTINCT article_id) FROM fact_actor_mention WHERE actor_id = '{actor}'")
    assert f"{number} article" in (page.locator("main").text_content() or "")


def test_a_finger_shows_the_card_first_and_the_card_leads_on(site: Explorer, window: Windows, article: str) -> None:
    page = window(PHONE).page
    page.goto(site.url(f"/article/{article}"))
    page.locator("a.piece[data-kind=actor]").first.tap()
    card = page.locator("#card")
    card.wait_for(state="visible")
    box = card.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    card.locator("a").first.tap()
    page.wait_for_url("**/actor/**")


def test_a_kind_of_facts_can_be_switched_off(page: "Page") -> None:
    piece = page.locator("article .piece[data-kind=date]").first
    marked = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).textDecorationLine]"
    before = piece.evaluate(marked)
    page.locator("#show-date").uncheck()
    assert piece.evaluate(marked) != before
