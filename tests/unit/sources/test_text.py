from datetime import date
from pathlib import Path

import pytest

from tests.unit.sources.reading import read, refused, write

BODY = "The ministers met again on Monday.\n\nNobody spoke to the press.\n"
ALL_FIELDS = {
    "title": "Ministers meet: no statement",
    "source_name": "Harbour News Agency",
    "url": "https://harbour.example.net/a?b=c",
    "author": "A. Writer",
    "language": "en",
    "published_on": date(2023, 11, 6),
}

HEADERS = [
    (
        "Date: 6 November 2023\nTitle: Ministers meet: no statement\nSource: Harbour News Agency\n"
        "URL: https://harbour.example.net/a?b=c\nAuthor: A. Writer\nLanguage: en\n\n"
    ),
    (
        "\n headline: Ministers meet: no statement\nPUBLISHED: Nov. 6, 2023\nSection: World\n"
        "agency: Harbour News Agency\nLink: https://harbour.example.net/a?b=c\nByline: A. Writer\nlang: en\n"
    ),
    (
        "---\ntitle: 'Ministers meet: no statement'\ndate: 2023-11-06\nsource: Harbour News Agency\ntags: [a, b]\n"
        "url: https://harbour.example.net/a?b=c\nauthor: [A. Writer]\nlanguage: en\n---\n\n"
    ),
    (
        "date 2023-11-06\nTitle: Ministers meet: no statement\nSource: Harbour News Agency\n"
        "URL: https://harbour.example.net/a?b=c\nAuthor: A. Writer\nLanguage: en\n\n"
    ),
]


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_is_read_and_taken_off(header: str, tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.txt", header + BODY))
    assert batch.articles["text"].to_list() == [BODY]
    row = batch.articles.row(0, named=True)
    assert {name: row[name] for name in ALL_FIELDS} == ALL_FIELDS
    assert row["published_from"] == "header"
    assert refused(batch) == []


@pytest.mark.parametrize(
    "start", [" date 2023-11-06 ", "Date: 6 November 2023 ", "DATE: 2023-11-06T08:00:00Z ", "Published: Nov. 6, 2023 "]
)
def test_a_date_may_stand_before_the_first_word(start: str, tmp_path: Path) -> None:
    body = "Amid the talks, ministers met again on Monday.\n\nThe end."
    row = read(write(tmp_path, "a.txt", start + body)).articles.row(0, named=True)
    assert (row["text"], row["published_on"], row["published_from"]) == (body, date(2023, 11, 6), "header")


NO_HEADERS = [
    "The ministers met.\nDate: unknown.\n",
    "WASHINGTON: The ministers met.\n\nTitle: none",
    "  Indented first line.\n",
    "Note: this is a note.\nTitle: a title that comes too late.\n",
    "--- A dash, and no front matter.\n",
    "dated 2023-11-06 is no field\n",
    "https://example.org/a\n\nThe ministers met.",
    "Titles: not one\n",
]


@pytest.mark.parametrize("text", NO_HEADERS)
def test_what_is_no_header_stays(text: str, tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.txt", text))
    assert batch.articles["text"].to_list() == [text]
    assert batch.articles["published_from"].to_list() == ["none"]


def test_the_file_name_dates_what_no_header_dates(tmp_path: Path) -> None:
    row = read(write(tmp_path, "2023-11-06-talks.txt", "Title: Talks\n\nThey met.")).articles.row(0, named=True)
    assert (row["published_on"], row["published_from"]) == (date(2023, 11, 6), "filename")


def test_a_bad_date_leaves_the_article_without_one(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "2023-11-06-a.txt", "Date: 2023-02-30\nTitle: Talks\n\nThey met."))
    row = batch.articles.row(0, named=True)
    assert (row["published_on"], row["published_from"], row["title"]) == (None, "none", "Talks")
    assert batch.rejects.select("severity", "reason", "place", "raw", "article_id").rows() == [
        ("warning", "bad_date", "published_on", "2023-02-30", row["article_id"])
    ]


@pytest.mark.parametrize("block", ["a: [", "just words", "a: 1\na: b: c", "title: a\x1fb"])
def test_front_matter_that_cannot_be_read_is_a_warning(block: str, tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.txt", f"---\n{block}\n---\nThey met."))
    assert batch.articles["text"].to_list() == ["They met."]
    assert refused(batch) == [("bad_header", "front matter")]


def test_a_bad_date_in_front_matter_spoils_no_other_field(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.txt", "---\ntitle: Talks\ndate: 2023-02-30\n---\nThey met."))
    assert batch.articles["title"].to_list() == ["Talks"]
    assert refused(batch) == [("bad_date", "published_on")]


LINE_ENDS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_line_ends_and_byte_order_marks_make_no_difference(end: str, encoding: str, tmp_path: Path) -> None:
    text = f"Title: São Paulo\n\n{BODY}".replace("\n", end)
    batch = read(write(tmp_path, "a.txt", text.encode(encoding)))
    assert batch.articles["text"].to_list() == [BODY]
    assert batch.articles["title"].to_list() == ["São Paulo"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_text_that_is_no_utf_8_is_decoded(encoding: str, tmp_path: Path) -> None:
    text = "The minister's visit to São Paulo cost more than planned, said José Núñez, who had come along."
    assert read(write(tmp_path, "a.txt", text.encode(encoding))).articles["text"].to_list() == [text]


def test_text_of_other_scripts_is_decoded_by_detection(tmp_path: Path) -> None:
    text = "Министр сказал, что помощь поступит до конца года. Подробностей он не сообщил."
    assert read(write(tmp_path, "a.txt", text.encode("cp1251"))).articles["text"].to_list() == [text]


def test_nothing_else_of_a_text_is_changed(tmp_path: Path) -> None:
    text = "  Indented\t\u00a0\u200b\x0c\ufeffe\u0301 😀.  \n\n\n"
    assert read(write(tmp_path, "a.txt", text)).articles["text"].to_list() == [text]
