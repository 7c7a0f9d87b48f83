import time
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.parse.rules import ParseRules, compile_parse_rules
from flows.parse.sentences import split_sentences
from flows.sources.reference import load_reference


@pytest.fixture(scope="module")
def rules() -> ParseRules:
    return compile_parse_rules(load_reference())


def split(texts: Sequence[str], rules: ParseRules) -> pl.DataFrame:
    articles = pl.DataFrame({"text": list(texts)}, schema={"text": pl.String}).with_row_index("article_no")
    return split_sentences(articles, rules)


def sentences(text: str, rules: ParseRules) -> list[str]:
    return split([text], rules)["text"].to_list()


TOGETHER = [
    "Talks between U.S. and European officials went on for hours.",
    "The ministers met on Jan. 5 in a hotel by the lake.",
    "The bill rose to $43.9 billion in a year.",
    "The briefing by Gen. Mark A. Milley took an hour.",
    "Some called it a “stalemate,” others a pause.",
    "KYIV, Ukraine (AP) — Trains were late again.",
    "ST. PETERSBURG, Fla. (AP) — Voters queued in the rain.",
    "WASHINGTON, D.C. — The committee adjourned.",
    "J. K. Rowling and J.R.R. Tolkien share a shelf.",
    "The rate stood at 3.5 percent and No. 10 was silent.",
    "U.S. Officials wrote the letter.",
    "The U.S. Senate and the U.N. Security Council voted.",
    "Polls close at 8 p.m. Tuesday in most counties.",
    "The polls close at 8 p.m. Moscow time and reopen at 7 a.m. Tuesday.",
    "Approx. 40 people queued at 12 St. James's Sq. in the rain.",
    "“Who pays?” Lindqvist asked.",
    "“Enough!” the crowd shouted.",
    "The plan ... was never written down.",
    "They flew from Tampa, Fla. Sen. Ortega met them.",
    "Apple Inc. Chief Executive Tim Cook declined.",
    "See www.example.org/Report.Html for the figures.",
    "Lt. Gov. Ana Ruiz and Sens. Lee and Wu spoke.",
    "1. First comes the ceasefire.",
    "The case of Roe v. Wade was cited vs. Others.",
]


@pytest.mark.parametrize("sentence", TOGETHER)
def test_one_sentence_stays_whole(sentence: str, rules: ParseRules) -> None:
    assert sentences(sentence, rules) == [sentence]


APART = [
    ["Kyiv received $43.9 billion.", "He called it a start."],
    ["The factory moved to the U.S.", "Officials said so on Friday."],
    ["He has lived in the U.S.", "The visa ran out."],
    ["The vote ended at 9 p.m.", "Observers left."],
    ["Flights were halted in Tampa, Fla.", "Police gave no reason."],
    ["He said no.", "The talks went on."],
    ["“It is over.”", "He left."],
    ['She said: "We stay."', '"You must," he said.'],
    ["Nobody came (not even the press).", "The hall was dark."],
    ["The war was World War I.", "It ended in 1918."],
    ["Prices rose 41%.", "Wages did not."],
    ["He waited ...", "The train had gone."],
    ["The premises were sealed in 2022.", "5 people were held."],
    ["He joined Raytheon Co.", "In April he left."],
    ["It was the end.", "eBay shares fell.", "De Blasio spoke.", "al-Shabab claimed it."],
    ["They met in Jan.", "The minister smiled."],
    ["Who knows?", "Nobody!", "Really?!", "Yes."],
]


@pytest.mark.parametrize("expected", APART)
def test_sentences_are_told_apart(expected: list[str], rules: ParseRules) -> None:
    assert sentences(" ".join(expected), rules) == expected


def test_sentences_without_a_blank_between_them_are_told_apart(rules: ParseRules) -> None:
    assert sentences("This is the end.The next one begins.“Then” came a third.", rules) == [
        "This is the end.",
        "The next one begins.",
        "“Then” came a third.",
    ]


def test_wrapped_lines_are_no_boundary(rules: ParseRules) -> None:
    first = (
        "The government said on Monday that it would spend another $1.2\n"
        "billion on roads, as the minister of transport, Mr.\n"
        "Olsen, had promised to the mayors of Oslo and\nBergen."
    )
    found = split([first + " The money comes from a fund.\n\nA second paragraph."], rules)
    assert found["text"].to_list() == [first, "The money comes from a fund.", "A second paragraph."]
    assert found["paragraph_no"].to_list() == [0, 0, 1]


def test_bullets_headings_and_table_rows_end_at_their_line(rules: ParseRules) -> None:
    text = (
        "What is known\n- The dam broke\n- Two towns are cut off\n* Roads are closed\nRegion\tDead\tHurt\nNorth\t4\t12"
    )
    found = split([text], rules)
    assert found["text"].to_list() == text.split("\n")
    assert found["paragraph_no"].to_list() == list(range(6))


def test_bullets_within_a_line_are_told_apart(rules: ParseRules) -> None:
    assert sentences("The terms: • no tariffs • free passage", rules) == [
        "The terms:",
        "• no tariffs",
        "• free passage",
    ]


def test_each_line_of_unwrapped_text_is_a_paragraph(rules: ParseRules) -> None:
    body = "A line that is as long as a paragraph " * 5
    found = split([f"A heading without a full stop\n{body.strip()}\nA last line."], rules)
    assert found["paragraph_no"].to_list() == [0, 1, 2]


def test_numbers_restart_in_each_article(rules: ParseRules) -> None:
    found = split(["One. Two.\n\nThree.", "", "   \n ", "Four. Five."], rules)
    assert found.select("sentence_id", "article_no", "sentence_no", "paragraph_no").rows() == [
        (0, 0, 0, 0),
        (1, 0, 1, 0),
        (2, 0, 2, 1),
        (3, 3, 0, 0),
        (4, 3, 1, 0),
    ]


def test_an_article_that_begins_with_a_number_keeps_it_after_one_without_a_full_stop(rules: ParseRules) -> None:
    assert split(["No end", "1. First."], rules)["text"].to_list() == ["No end", "1. First."]


def test_no_article_gives_no_sentence_with_the_same_columns(rules: ParseRules) -> None:
    assert split([], rules).schema == split(["One."], rules).schema


def test_columns_and_types(rules: ParseRules) -> None:
    assert split(["One."], rules).schema == pl.Schema(
        {
            "sentence_id": pl.UInt32,
            "article_no": pl.UInt32,
            "sentence_no": pl.Int32,
            "paragraph_no": pl.Int32,
            "span_start": pl.Int32,
            "span_end": pl.Int32,
            "text": pl.String,
        }
    )


MARKED = st.text(st.sampled_from(list("aB1 .!?…\n\t\"'“”’•-–—()éü😀\u00a0")), max_size=60)
ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=80)


@given(texts=st.lists(MARKED | ANY, max_size=5))
@settings(max_examples=300)
def test_every_sentence_is_the_slice_that_its_span_says(texts: list[str], rules: ParseRules) -> None:
    found = split(texts, rules)
    for article, start, end, text in found.select("article_no", "span_start", "span_end", "text").iter_rows():
        assert texts[article][start:end] == text == text.strip() != ""


@given(texts=st.lists(MARKED | ANY, min_size=1, max_size=5))
@settings(max_examples=300)
def test_sentences_lose_nothing_but_white_space(texts: list[str], rules: ParseRules) -> None:
    found = split(texts, rules).group_by("article_no").agg(pl.col("text").str.join())
    whole = dict(found.iter_rows())
    for number, text in enumerate(texts):
        assert "".join(whole.get(number, "").split()) == "".join(text.split())


@given(texts=st.lists(MARKED, min_size=1, max_size=4))
@settings(max_examples=100)
def test_an_article_is_split_the_same_whatever_stands_beside_it(texts: list[str], rules: ParseRules) -> None:
    together = split(texts, rules).group_by("article_no", maintain_order=True).agg("span_start", "paragraph_no")
    found = {number: (starts, paragraphs) for number, starts, paragraphs in together.iter_rows()}
    for number, text in enumerate(texts):
        alone = split([text], rules)
        assert found.get(number, ([], [])) == (alone["span_start"].to_list(), alone["paragraph_no"].to_list())


ADVERSARIAL = ["x", ".", ". ", "U.S. ", "\n", "a\n", " ", "Aa.A a.", "“", "- \n", "1. ", "A. B.”\n\n"]


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_time_grows_in_step_with_hostile_input(unit: str, rules: ParseRules) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        split([unit * (size // len(unit))], rules)
        return time.process_time() - began

    seconds(1000)
    small, large = (min(seconds(size) for _ in range(3)) for size in (50_000, 400_000))
    assert large < 8 * 4 * max(small, 0.002)
