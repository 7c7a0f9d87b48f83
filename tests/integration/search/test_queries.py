"""What a query finds: words in any form, phrases as written, filters, pages, other scripts, hostile text."""

from datetime import date
from pathlib import Path

import pytest

from tests.integration.search.newsroom import LEDGER, article, look, names, run, search_names, write_archive
from warehouse.reader import open_published
from warehouse.search import Hit
from warehouse.search_query import MOST_WORDS, Filters, SearchError


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("PORT mombasa", {"port"}),
        ('"prime minister"', {"embargo", "embassy"}),
        ("“prime minister” sanctions -embassy", {"embargo"}),
        ('-"prime minister" minister', {"undated"}),
        ("minister's", {"embargo", "embassy", "undated"}),
        ("U.S.", {"embassy"}),
        ("12.5", {"lines"}),
        ("5.12", set()),
        ("mombasa ferry", set()),
        ("nowherenearby", set()),
        ("erdogan", {"ankara"}),
        ("ERDOĞAN Café", {"ankara"}),
        ("cafe\u0301", {"ankara"}),
        ("türkiye", {"ankara"}),
        ("путин", {"moscow"}),
        ("ПУТИН елка", {"moscow"}),
        ("محمد", {"cairo"}),
        ("مُحَمَّد", {"cairo"}),
        ("港口", {"beijing"}),
        ("上海", {"beijing"}),
        ("口港", set()),
        ("海上", set()),
        ("सड़क", {"delhi"}),
    ],
)
def test_a_query_finds_what_holds_all_of_it(warehouse: Path, query: str, expected: set[str]) -> None:
    assert set(search_names(warehouse, query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sanction", ["embargo", "undated", "embassy"]),  # the title's word counts twice, and short texts before long
        ("sanctioning", ["embargo", "undated", "embassy"]),  # a form that stands nowhere
        ('"sanction"', []),
        ('"sanctions"', ["embargo", "undated"]),
        ("build -ship", []),
        ("lodz", ["ankara"]),
        ("kilicdaroglu", ["ankara"]),
        ("दिन", ["delhi"]),  # vowels are marks, and no accents
        ("दीन", ["poor"]),
        ("port", ["port", "ferry"]),
        ("rate", ["lines"]),
    ],
)
def test_the_index_knows_forms_of_words_and_ranks_by_weight(indexed: Path, query: str, expected: list[str]) -> None:
    found = look(indexed, query)
    assert found.plain is None
    assert names(indexed, found) == expected


def test_without_an_index_words_are_matched_within_words_and_counted(bare: Path) -> None:
    found = look(bare, "sanction")
    assert found.plain
    assert names(bare, found) == ["embargo", "embassy", "undated"]
    assert [hit.score for hit in found.hits] == [2.0, 1.0, 1.0]
    assert search_names(bare, "port") == ["port", "embargo", "ferry"]  # importance
    assert search_names(bare, "sanctioning") == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(since=date(2023, 6, 2)), {"embassy"}),
        (Filters(until=date(2023, 6, 1)), {"embargo"}),
        (Filters(since=date(2023, 6, 1), until=date(2023, 6, 1), source=LEDGER.lower()), {"embargo"}),
        (Filters(source="Harbour News"), {"undated"}),
        (Filters(source="Harbour"), set()),
        (Filters(source="\udcff"), set()),
    ],
)
def test_filters_limit_what_is_found(warehouse: Path, filters: Filters, expected: set[str]) -> None:
    assert set(search_names(warehouse, "minister", filters)) == expected


@pytest.mark.parametrize("query", ["the", '"the"', "-ferry the"])
def test_pages_follow_each_other_without_gap_or_repeat(warehouse: Path, query: str) -> None:
    whole = look(warehouse, query, limit=100)
    assert whole.total == len(whole.hits) >= 4
    pages = [look(warehouse, query, limit=2, offset=offset) for offset in range(0, whole.total + 2, 2)]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {page.total for page in pages} == {whole.total}


def test_every_passage_and_mark_is_text_of_the_article(warehouse: Path) -> None:
    for query in ("port", '"prime minister" sanctions', "erdogan", "港口", "harbour", "путин москве"):
        hits = look(warehouse, query).hits
        assert hits
        for hit in hits:
            (text,) = text_of(warehouse, hit)
            assert hit.passages
            assert any(passage.marks for passage in hit.passages) or hit.title_marks
            for passage in hit.passages:
                assert text[passage.start : passage.end] == passage.text
                marked = [piece for piece, is_marked in passage.pieces() if is_marked]
                assert marked == [text[mark.start : mark.end] for mark in passage.marks]
                assert "".join(piece for piece, _ in passage.pieces()) == passage.text


def text_of(warehouse: Path, hit: Hit) -> list[str]:
    with open_published(warehouse) as reader:
        found = reader.rows("SELECT text FROM article_text WHERE article_id = $article", {"article": hit.article_id})
    return [str(text) for (text,) in found]


def marked(warehouse: Path, query: str) -> list[list[str]]:
    """What is marked in the best passage of each hit."""
    return [
        [piece for piece, is_marked in hit.passages[0].pieces() if is_marked] for hit in look(warehouse, query).hits
    ]


def test_the_best_sentence_holds_the_most_of_the_query_and_its_words_are_marked(indexed: Path) -> None:
    assert marked(indexed, '"prime minister" sanction')[0] == ["prime minister", "sanctions"]
    assert marked(indexed, "上海") == [["上海"]]
    assert marked(indexed, "U.S.-led talk") == [["U.S.-led", "talks"]]
    (hit,) = look(indexed, "ferry sea").hits
    assert hit.passages[0].text.startswith("It passes") == ("sea" in hit.passages[0].text)
    assert [hit.title[mark.start : mark.end] for mark in hit.title_marks] == ["ferry"]


def test_an_article_whose_title_alone_holds_the_word_shows_its_first_sentence(warehouse: Path) -> None:
    (hit,) = look(warehouse, "envoys").hits
    assert [hit.title[mark.start : mark.end] for mark in hit.title_marks] == ["Envoys"]
    assert (hit.passages[0].text, hit.passages[0].marks) == ("The embassy was sanctioned.", ())


def test_a_long_sentence_is_cut_around_the_first_word(own: Path) -> None:
    text = "So " + "and so on " * 200 + "comes the zebra " + "and so on " * 200 + "to an end."
    write_archive(own.parent / "inbox", article("long", text), name="long.jsonl")
    run(own.parent)
    (hit,) = look(own, "zebra").hits
    passage = hit.passages[0]
    assert len(passage.text) <= 400
    assert [text[mark.start : mark.end] for mark in passage.marks] == ["zebra"]
    assert "zebra" in passage.text
    assert passage.text.startswith(("and ", "so ", "on "))


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE dim_article; --",
        "port' OR '1'='1",
        '"unbalanced',
        '"" port ""',
        "100% _ \\ port",
        "port\x00mombasa",
        "$1 $word {port} [a-z]* (port|x) .*",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") + " port",
        "- -- ---port",
        "port \udcff",
        "NEAR AND OR NOT port",
        "port " * MOST_WORDS,
    ],
)
def test_nothing_in_a_query_is_taken_for_a_command(warehouse: Path, query: str) -> None:
    try:
        look(warehouse, query)
    except SearchError as error:
        told = str(error)
    else:
        told = "nothing to search for"
    assert told.startswith("nothing to search for")
    assert set(search_names(warehouse, "mombasa")) == {"port"}


@pytest.mark.parametrize("query", ["", "  ", "...!?", '""', "-port", "%_%"])
def test_a_query_without_a_word_is_told_so(warehouse: Path, query: str) -> None:
    with pytest.raises(SearchError, match="nothing to search for"):
        look(warehouse, query)


@pytest.mark.parametrize("query", ["port " * (MOST_WORDS + 1), "word" * 2500 + " x" * 5000, "中" * 10_000])
def test_a_query_of_too_many_words_is_told_so(warehouse: Path, query: str) -> None:
    with pytest.raises(SearchError, match="search for fewer"):
        look(warehouse, query)


def test_a_word_of_ten_thousand_letters_is_found_nowhere(warehouse: Path) -> None:
    assert look(warehouse, "word" * 2500).total == 0


def test_words_that_no_article_holds_are_named_as_they_were_written(indexed: Path) -> None:
    assert look(indexed, 'port Zanzibàr "old harbours"').unknown == ("Zanzibàr", "old harbours")
    assert look(indexed, "port ferry cranes").unknown == ()
