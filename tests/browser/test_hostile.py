"""What articles and actors bring is text: it is shown letter for letter, and does nothing."""

from collections.abc import Callable

import pytest

from tests.browser.addresses import ADDRESSES
from tests.browser.chromium import Window
from tests.browser.eye import look, wait_until_drawn
from tests.browser.inbox import ARTICLES, HOSTILE_ACTOR, HOSTILE_SOURCE, LONG_WORD
from tests.browser.serving import Explorer

Windows = Callable[..., Window]
PAGE_OF = {"script": "article of scripts", "link": "article of links", "long": "article of long words"}


@pytest.mark.parametrize("article", ARTICLES[:3], ids=lambda article: str(article["id"]))
def test_an_article_is_shown_letter_for_letter(article: dict[str, str | None], site: Explorer, window: Windows) -> None:
    page = window().page
    page.goto(ADDRESSES[PAGE_OF[str(article["id"])]](site))
    shown = "".join((page.locator("main").text_content() or "").split())
    assert "".join(str(article["title"]).split()) in shown
    assert "".join(str(article["text"]).split()) in shown
    assert page.evaluate("document.querySelectorAll('main a[href^=\"javascript\"], main a[href^=data]').length") == 0


def test_names_of_actors_and_sources_are_shown_letter_for_letter(site: Explorer, window: Windows) -> None:
    page = window().page
    page.goto(ADDRESSES["actor of the user"](site))
    assert HOSTILE_ACTOR in (page.locator("h1").text_content() or "")
    page.goto(site.url("/", source=HOSTILE_SOURCE))
    assert page.locator("#filters select[name=source]").input_value() == HOSTILE_SOURCE


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/search", {"q": "<script>window.owned=1</script>"}),
        ("/", {"source": '"><script>window.owned=1</script>'}),
        ("/actors", {"actor": "'><img src=x onerror=window.owned=1>"}),
        ("/claim", {"key": "</script><script>window.owned=1</script>"}),
        ("/", {"since": "<script>window.owned=1</script>"}),
        ("/actor/<script>window.owned=1</script>", {}),
        ("/article/<img src=x onerror=window.owned=1>", {}),
    ],
)
def test_what_an_address_brings_is_text(path: str, query: dict[str, str], site: Explorer, window: Windows) -> None:
    opened = window()
    response = opened.page.goto(site.url(path, **query))
    assert response is not None
    assert response.status in {200, 400, 404}
    assert look(opened.page, "foreign") == []
    opened.faults = [fault for fault in opened.faults if "Failed to load resource" not in fault]


def test_a_chart_shows_hostile_names_on_hover_as_text(site: Explorer, window: Windows) -> None:
    page = window().page
    page.goto(site.url("/actors", source=HOSTILE_SOURCE))
    wait_until_drawn(page)
    assert HOSTILE_ACTOR in (page.locator("main").text_content() or "")
    for plot in page.locator(".plot:has(svg)").all():
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        assert box
        for part in (0.2, 0.4, 0.6, 0.8):
            page.mouse.move(box["x"] + box["width"] * part, box["y"] + box["height"] / 2)
    assert look(page, "foreign") == []


def test_a_word_without_an_end_does_not_widen_a_page(site: Explorer, window: Windows) -> None:
    page = window((390, 844)).page
    for path, query in (("/articles", {}), ("/search", {"q": LONG_WORD[:400]}), ("/", {"source": HOSTILE_SOURCE})):
        page.goto(site.url(path, **query))
        assert look(page, "wide") == [], path
