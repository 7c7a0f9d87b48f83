"""The explorer's pages: each answers, shows what the warehouse holds, and leads on."""

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.integration.explorer.office import EVIL_SOURCE, LONG_TITLE, PLEDGE, TestClient, page, text_of
from warehouse.explorer import listing
from warehouse.explorer.pages import PAGES
from warehouse.reader import open_published

LISTED = [entry.path for entry in PAGES if entry.is_listed]


def one(small: Path, query: str, **values: str) -> str:
    with open_published(small) as reader:
        return str(reader.rows(query, values)[0][0])


def article_id(small: Path, external_id: str) -> str:
    return one(small, "SELECT article_id FROM dim_article WHERE external_id = $id", id=external_id)


def pledge_key(small: Path) -> str:
    return one(small, "SELECT claim_key FROM mart.claims WHERE topic = 'aid' AND stories = 2")


@pytest.mark.parametrize("address", LISTED)
def test_every_page_answers_with_its_charts_and_one_heading(client: TestClient, address: str) -> None:
    found = page(client, address)
    assert len(found.findall(".//h1")) == 1
    assert found.xpath("//nav[@aria-label='Pages']/a[@aria-current='page']/@href") == [address]
    assert "{{" not in text_of(found.find(".//main"))


@pytest.mark.parametrize("address", [*LISTED, "/search?q=japan", "/?since=2023-01-01&source=nobody"])
def test_every_page_of_an_empty_warehouse_says_that_nothing_is_there(empty_client: TestClient, address: str) -> None:
    found = page(empty_client, address)
    assert not found.xpath("//*[contains(@class, 'note')][contains(., 'failed')]")
    assert found.xpath("//p[@class='empty']")


def test_the_frame_says_which_version_is_shown(client: TestClient, small: Path) -> None:
    foot = text_of(page(client, "/").find(".//footer"))
    assert small.resolve().parent.name in foot
    assert "UTC" in foot


def test_links_between_pages_keep_the_filters(client: TestClient) -> None:
    found = page(client, "/figures?since=2023-11-01&until=2023-11-30&source=Meridian+Wire")
    hrefs = found.xpath("//nav[@aria-label='Pages']/a/@href")
    assert set(hrefs) == {f"{path}?since=2023-11-01&until=2023-11-30&source=Meridian+Wire" for path in LISTED}
    assert found.xpath("//input[@name='since']/@value")[-1] == "2023-11-01"
    assert found.xpath("//select/option[@selected]/@value") == ["Meridian Wire"]


def test_links_to_one_thing_keep_the_filters(client: TestClient, small: Path) -> None:
    chosen = "since=2023-11-01&source=Pacific+Ledger"
    listed = page(client, f"/articles?{chosen}").xpath("//tbody//a/@href")
    assert listed == [f"/article/{article_id(small, 'again')}?{chosen}"]
    marked = page(client, listed[0]).xpath("//article//a/@href")
    assert marked
    assert all(str(href).endswith(chosen) for href in marked)
    (found,) = page(client, f"/search?q=farmers&{chosen}").xpath("//h2/a/@href")
    assert found == f"/article/{article_id(small, 'again')}?{chosen}#s0"


def test_filters_limit_what_is_listed(client: TestClient) -> None:
    def titles(address: str) -> list[str]:
        return [str(title).strip() for title in page(client, address).xpath("//main//tbody/tr/td[2]//text()")]

    assert len(titles("/articles")) == 6
    assert titles("/articles?source=Pacific+Ledger") == ["Aid for Kenya"]
    assert titles("/articles?since=2023-11-06&until=2023-11-06") == ["Tokyo helps Nairobi"]
    assert titles("/articles?actor=person%3Ajoe-biden") == ["Tokyo helps Nairobi"]
    assert titles("/articles?date=2023-05") == ["Aid for Kenya", "Tokyo helps Nairobi"]


def test_an_article_without_title_and_day_is_listed_last_by_its_file(client: TestClient) -> None:
    rows = page(client, "/articles").xpath("//main//tbody/tr")
    assert text_of(rows[-1]).startswith("0.jsonl")


def test_lists_are_cut_into_parts_that_follow_each_other(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "ARTICLES_A_PAGE", 4)
    first = page(client, "/articles?actor=country%3Ajpn")
    (following,) = first.xpath("//a[@rel='next']/@href")
    second = page(client, following)
    held = [text_of(row) for found in (first, second) for row in found.xpath("//main//tbody/tr")]
    assert len(held) == len(set(held)) == 5
    assert not second.xpath("//a[@rel='next']")
    assert "5–5 of 5" in text_of(second)


def test_the_short_address_of_a_day_becomes_its_filters(client: TestClient) -> None:
    answer = client.get("/articles?on=2023-11-06&source=Meridian+Wire")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/articles?source=Meridian+Wire&since=2023-11-06&until=2023-11-06"


def test_the_reader_shows_the_text_with_every_fact_where_it_stands(client: TestClient, small: Path) -> None:
    found = page(client, f"/article/{article_id(small, 'pledge')}")
    (text,) = found.xpath("//article")
    assert text_of(text.xpath("p")[0]).startswith(PLEDGE)
    assert len(text.xpath("p")) == 2
    held = {text_of(piece): piece for piece in text.xpath(".//*[@data-facts]")}
    assert held["Japan"].get("href") == "/actor/country:jpn"
    assert held["May 2023"].get("href") == "/articles?date=2023-05"
    assert held["$2 billion"].get("href", "").startswith("/claim?key=aid")
    assert "2,000,000,000 USD" in held["$2 billion"].get("title", "")


def test_the_reader_shows_a_fact_within_another_as_both(client: TestClient, small: Path) -> None:
    found = page(client, f"/article/{article_id(small, 'pledge')}")
    (inner,) = [piece for piece in found.xpath("//article//*[@data-facts]") if text_of(piece) == "Biden"]
    (outer,) = [piece for piece in found.xpath("//article//*[@data-facts]") if text_of(piece) == "administration"]
    assert inner.get("href") == "/actor/person:joe-biden"
    assert outer.get("href") == "/actor/person:joe-biden:government"
    rows = [found.get_element_by_id(f"fact-{number}") for number in inner.get("data-facts", "").split()]
    assert [text_of(row.find_class("surface")[0]) for row in rows] == ["Biden", "Biden administration"]


def test_the_reader_names_each_sentence_for_links(client: TestClient, small: Path) -> None:
    found = page(client, f"/article/{article_id(small, 'pledge')}")
    assert text_of(found.get_element_by_id("s0")) == PLEDGE
    link = page(client, f"/claim?key={quote(pledge_key(small))}").xpath("//main//tbody//a/@href")
    assert f"/article/{article_id(small, 'pledge')}#s0" in link


def test_an_article_without_facts_says_why_and_shows_its_text(client: TestClient, small: Path) -> None:
    found = text_of(page(client, f"/article/{article_id(small, 'french')}"))
    assert "its language is not one that is read" in found
    assert "Le Japon a promis" in found


def test_a_very_long_title_and_word_are_shown_whole(client: TestClient, small: Path) -> None:
    found = page(client, f"/article/{article_id(small, 'long')}")
    assert text_of(found.find(".//h1")) == LONG_TITLE.strip()
    assert "x" * 3000 in text_of(found.find(".//article"))


def test_an_actor_has_a_portrait_and_the_articles_that_name_it(client: TestClient) -> None:
    found = page(client, "/actor/country:ken?source=Pacific+Ledger")
    assert text_of(found.find(".//h1")) == "Kenya"
    assert found.xpath("//a[@href='https://www.wikidata.org/wiki/Q114']/@rel") == ["noopener noreferrer"]
    assert "1 article," in text_of(found)
    assert "Aid for Kenya" in text_of(found.xpath("//h2[@id='articles']/following-sibling::div")[0])


def test_the_offices_of_an_actor_lead_to_whose_they_are(client: TestClient) -> None:
    found = page(client, "/actor/person:joe-biden")
    held = [(text_of(row[0]), row.xpath("td[2]/a/@href")) for row in found.xpath("//main/details[1]//tbody/tr")]
    assert ("president", ["/actor/country:usa"]) in held


def test_a_claim_has_its_parties_its_meaning_and_all_its_tellings(client: TestClient, small: Path) -> None:
    found = page(client, f"/claim?key={quote(pledge_key(small))}")
    said = text_of(found.find(".//main"))
    assert text_of(found.find(".//h1")) == "Japan → Kenya: aid, pledged"
    assert "2 independent stories" in said
    assert "help in money, goods or people" in said
    assert {"/actor/country:jpn", "/actor/country:ken"} <= set(found.xpath("//dl//a/@href"))
    assert said.count(PLEDGE) == 2


def test_a_search_marks_its_words_and_leads_to_the_sentence(client: TestClient, small: Path) -> None:
    found = page(client, "/search?q=farmers+rain")
    assert found.xpath("//ol//h2/a/@href") == [f"/article/{article_id(small, 'again')}#s0"]
    assert {"Farmers", "rain"} <= set(found.xpath("//mark/text()"))
    assert "Nothing here" in text_of(page(client, "/search?q=farmers&source=Meridian+Wire"))
    assert "give a word" in text_of(page(client, "/search?q=%22", 400))


def test_an_actor_is_found_by_name_and_its_address_has_the_id(client: TestClient) -> None:
    answer = client.get("/figures?since=2023-11-01&until=&actor=JAPAN")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/figures?since=2023-11-01&actor=country%3Ajpn"
    assert page(client, answer.headers["location"]).xpath("//input[@name='actor']/@value") == ["Japan"]


def test_several_actors_that_fit_are_offered_and_none_is_an_error(client: TestClient) -> None:
    found = page(client, "/figures?actor=an&since=2023-11-01", 300)
    offered = found.xpath("//li/a/@href")
    assert "/figures?actor=country%3Ajpn&since=2023-11-01" in offered
    assert "No actor" in text_of(page(client, "/figures?actor=qqqq", 400))


def test_the_list_below_the_actor_field_names_those_in_the_articles_first(client: TestClient) -> None:
    found = client.get("/data/actors.json?like=ken").json()
    assert found[0]["actor_id"] == "country:ken"
    assert found[0]["mentions"] > 0
    assert client.get("/data/actors.json?like=").json() == []


def test_a_source_with_quotes_and_markup_is_a_filter_like_any_other(client: TestClient) -> None:
    (chosen,) = page(client, "/articles?source=" + quote(EVIL_SOURCE)).xpath("//option[@selected]")
    assert chosen.get("value") == EVIL_SOURCE
