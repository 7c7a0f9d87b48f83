from datetime import date
from pathlib import Path

import pytest

from tests.unit.sources.reading import read, refused, write

PARAGRAPHS = (
    "<p>The mayor of the harbour town said on Monday that the new bridge would open in spring, two years late.</p>"
    "<p>Its cost has risen to €41 million from €28 million, the council’s auditors found in their report.</p>"
    "<p>“Nobody planned for the flood,” she told reporters on the quay, where workers were still pumping water.</p>"
)


def page(head: str = "", body: str = PARAGRAPHS) -> str:
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>Bridge | The Courier</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Bridge to open late</h1>{body}</article>"
        "<footer>© 2019 The Courier</footer></body></html>"
    )


META = (
    "<meta property='og:title' content='Bridge to open late'>"
    "<meta property='og:site_name' content='The Courier'>"
    "<meta name='author' content='https://social.example/courier'>"
    "<meta name='byl' content='A. Writer'>"
    "<link rel='canonical' href='https://courier.example/bridge'>"
    "<meta name='date' content='last week'>"
    "<meta property='article:published_time' content='2023-11-06T23:30:00-02:00'>"
)
LINKED_DATA = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle",'
    ' "headline": "Bridge to open late", "datePublished": "2023-11-06T23:30:00-02:00",'
    ' "author": [{"name": "A. Writer"}], "publisher": {"name": "The Courier"}}]}</script>'
    '<script type="application/ld+json">{broken</script>'
    "<link rel='canonical' href='https://courier.example/bridge'>"
)


@pytest.mark.parametrize("head", [META, LINKED_DATA])
def test_body_and_metadata_of_a_page(head: str, tmp_path: Path) -> None:
    row = read(write(tmp_path, "2020-01-01-a.html", page(head))).articles.row(0, named=True)
    assert row["text"].split("\n\n") == [part.removesuffix("</p>") for part in PARAGRAPHS.split("<p>") if part]
    assert (row["title"], row["source_name"], row["author"]) == ("Bridge to open late", "The Courier", "A. Writer")
    assert (row["url"], row["language"]) == ("https://courier.example/bridge", "en-GB")
    assert (row["published_on"], row["published_from"]) == (date(2023, 11, 6), "html")
    assert row["published_at"].isoformat() == "2023-11-07T01:30:00"


def test_a_page_without_a_date_is_dated_by_its_file_name_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path, "2023-11-06-a.html", page())
    write(tmp_path, "b.html", page(body=PARAGRAPHS + "<p>The last flood was on 3 May 2011.</p>"))
    found = read(tmp_path).articles.sort("source_uri").select("published_on", "published_from").rows()
    assert found == [(date(2023, 11, 6), "filename"), (None, "none")]


def test_lists_and_tables_stay_together(tmp_path: Path) -> None:
    extra = "<ul><li>Length: 410 m</li><li>Lanes: 2</li></ul><table><tr><td>2022</td><td>28</td></tr>"
    extra += "<tr><td>2023</td><td>41</td></tr></table>"
    text = read(write(tmp_path, "a.html", page(body=PARAGRAPHS + extra))).articles["text"][0]
    assert "- Length: 410 m\n- Lanes: 2" in text
    assert "| 2022 | 28 |\n| 2023 | 41 |" in text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-15"])
def test_a_page_is_decoded_as_it_declares(encoding: str, tmp_path: Path) -> None:
    content = page(f"<meta charset='{encoding}'>").replace("’", "'").replace("“", '"').replace("”", '"')
    text = read(write(tmp_path, "a.html", content.encode(encoding))).articles["text"][0]
    assert "€41 million" in text


def test_xhtml_with_a_declaration_is_read(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="iso-8859-1"?>' + page().replace("€", "EUR ")
    ascii_only = content.encode("ascii", "xmlcharrefreplace")
    assert "EUR 41 million" in read(write(tmp_path, "a.xhtml", ascii_only)).articles["text"][0]


@pytest.mark.parametrize(
    "content", ["<html><body></body></html>", "   ", "no markup", "<html>" + "<div>" * 5000, "<a><b", "{}"]
)
def test_a_page_without_an_article_is_refused(content: str, tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.html", content))
    assert (batch.articles.height, refused(batch)) == (0, [("no_article", None)])
