"""Filters narrow what is shown, stand in the address, go along through links, and come back with a shared link."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.browser.chromium import Window
from tests.browser.eye import data, figures, wait_until_drawn
from tests.browser.serving import Explorer

Windows = Callable[..., Window]
SOURCE = "Harbour News Agency"
IN_2023 = "published_on BETWEEN '2023-01-01' AND '2023-12-31'"


def articles_shown(window: Window) -> float:
    """The sum of the chart of articles a day."""
    wait_until_drawn(window.page)
    shown = data(figures(window.page)["articles_a_day"])
    at = next(i for i, name in enumerate(shown["columns"]) if name == "articles")
    return float(sum(row[at] for row in shown["rows"]))


def query_of(window: Window) -> dict[str, list[str]]:
    """The filters in the address."""
    return parse_qs(urlsplit(window.page.url).query)


def test_days_and_source_narrow_the_overview_and_stand_in_the_address(site: Explorer, window: Windows) -> None:
    opened = window()
    page = opened.page
    page.goto(site.url("/"))
    assert articles_shown(opened) == site.value("SELECT count(published_on) FROM dim_article")
    page.locator("#filters [name=since]").fill("2023-01-01")
    page.locator("#filters [name=until]").fill("2023-12-31")
    page.locator("#filters [name=since]").press("Enter")
    page.wait_for_url("**since=2023-01-01**")
    assert articles_shown(opened) == site.value(f"SELECT count(*) FROM dim_article WHERE {IN_2023}")
    page.locator("#filters select[name=source]").select_option(SOURCE)
    page.locator("#filters button").click()
    page.wait_for_url("**source=**")
    assert query_of(opened) == {"since": ["2023-01-01"], "until": ["2023-12-31"], "source": [SOURCE]}
    of_both = f"SELECT count(*) FROM dim_article WHERE {IN_2023} AND source_name = '{SOURCE}'"
    assert articles_shown(opened) == site.value(of_both)


def test_filters_go_along_through_the_navigation(site: Explorer, window: Windows) -> None:
    opened = window()
    page = opened.page
    page.goto(site.url("/", since="2023-01-01", source=SOURCE))
    for name in ("Actors", "Figures", "Dates", "Places", "Overview"):
        page.locator("nav").get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()
        assert query_of(opened) == {"since": ["2023-01-01"], "source": [SOURCE]}, name
        assert page.locator("#filters [name=since]").input_value() == "2023-01-01"
        assert page.locator("#filters select[name=source]").input_value() == SOURCE


def test_an_actor_is_found_by_its_name_and_can_be_taken_away_again(site: Explorer, window: Windows) -> None:
    opened = window()
    page = opened.page
    page.goto(site.url("/figures"))
    page.locator("#filters [name=actor]").fill("Ukraine")
    page.locator("#filters [name=actor]").press("Enter")
    page.wait_for_url("**actor=country%3Aukr**")
    assert page.locator("#filters [name=actor]").input_value() == "Ukraine"
    page.locator("#filters [name=actor]").fill("")
    page.locator("#filters [name=actor]").press("Enter")
    page.wait_for_url(lambda url: "actor" not in url)


def test_a_shared_link_restores_the_view_for_somebody_else(site: Explorer, window: Windows) -> None:
    one = window()
    one.page.goto(site.url("/figures", since="2023-01-01", actor="country:ukr"))
    wait_until_drawn(one.page)
    other = window()
    other.page.goto(one.page.url)
    wait_until_drawn(other.page)
    seen = [{name: figure.text_content() for name, figure in figures(each.page).items()} for each in (one, other)]
    assert seen[0] == seen[1]
    assert seen[0]
    assert other.page.locator("#filters [name=since]").input_value() == "2023-01-01"


def test_the_back_button_brings_the_view_before(site: Explorer, window: Windows) -> None:
    opened = window()
    opened.page.goto(site.url("/"))
    everything = articles_shown(opened)
    opened.page.locator("#filters [name=since]").fill("2024-01-01")
    opened.page.locator("#filters [name=since]").press("Enter")
    opened.page.wait_for_url("**since=2024-01-01**")
    assert articles_shown(opened) < everything
    opened.page.go_back()
    assert articles_shown(opened) == everything


def test_a_filter_that_cannot_be_read_is_told_and_can_be_mended(site: Explorer, window: Windows) -> None:
    opened = window()
    response = opened.page.goto(site.url("/", since="yesterday"))
    assert response is not None
    assert response.status == 400
    told = opened.page.locator("main").text_content() or ""
    assert "yesterday" in told
    assert "2017-01-31" in told
    opened.faults = [fault for fault in opened.faults if "Failed to load resource" not in fault]
