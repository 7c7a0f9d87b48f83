"""Numbers in every form that news uses come back as themselves; arbitrary text does no harm."""

from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.normalise.figures import FigureRules, extract_figures
from tests.unit.normalise.figures.conftest import Figures

UNITS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MAGNITUDES = ((10**12, "trillion", "tn"), (10**9, "billion", "bn"), (10**6, "million", "mn"), (10**3, "thousand", "k"))
NOUNS = ("kilometers", "percent", "soldiers", "tonnes", "barrels")


def below_thousand(number: int, joint: str, hyphen: str) -> str:
    hundreds, rest = divmod(number, 100)
    small = UNITS[rest] if rest < 10 else TEENS[rest - 10] if rest < 20 else TENS[rest // 10]
    if rest >= 20 and rest % 10:
        small += f"{hyphen}{UNITS[rest % 10]}"
    parts = [f"{UNITS[hundreds]} hundred"] if hundreds else []
    return joint.join([*parts, small]) if small else "".join(parts)


def in_words(number: int, joint: str, hyphen: str) -> str:
    parts = []
    for factor, word, _ in MAGNITUDES:
        count, number = divmod(number, factor)
        if count:
            parts.append(f"{below_thousand(count, joint, hyphen)} {word}")
    if number:
        # after a magnitude the last two digits stand behind "and", as in speech
        parts += [("and " if parts and number < 100 else "") + below_thousand(number, joint, hyphen)]
    return " ".join(parts)


def printed(number: int) -> dict[str, tuple[str, float]]:
    """The ways to print a number: text and the value that it then stands for."""
    grouped = f"{number:,}"
    ways: dict[str, tuple[str, float]] = {
        "commas": (grouped, number),
        "decimal": (f"{grouped}.5", number + 0.5),
        "spaces": (grouped.replace(",", " "), number),
        "no-break spaces": (grouped.replace(",", "\u00a0"), number),
        "thin spaces": (grouped.replace(",", "\u2009"), number),
        "plain": (str(number), number),
        "half": (f"{number}½" if number < 1000 else grouped, number + (0.5 if number < 1000 else 0)),
    }
    if number >= 1_000_000:
        ways["full stops"] = (grouped.replace(",", "."), number)
    for joint, label in ((" ", "American"), (" and ", "British")):
        for hyphen in "- ":
            words = in_words(number, joint, hyphen)
            for style, text in (("lower", words), ("capital", words.capitalize()), ("upper", words.upper())):
                ways[f"words {label} {hyphen!r} {style}"] = (text, number)
    for factor, word, letters in MAGNITUDES:
        amount = number % 1000 + 1.25
        for label, text in (
            ("word", f"{amount} {word}"),
            ("hyphen", f"{amount}-{word}"),
            ("break", f"{amount}\n{word}"),
            ("letters", f"{amount}{letters}"),
        ):
            ways[f"{word} {label}"] = (text, amount * factor)
    return ways


def test_a_number_is_printed_in_thirty_ways() -> None:
    assert len(printed(12_345_678)) >= 30


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(min_value=1, max_value=999_999_999_999), noun=st.sampled_from(NOUNS))
def test_any_number_printed_in_any_way_comes_back_as_itself(figures: Figures, number: int, noun: str) -> None:
    ways = printed(number)
    text = "\n\n".join(f"They counted {printed_number} {noun} there." for printed_number, _ in ways.values())
    found = [row["value"] for row in figures(text)]
    assert found == pytest.approx([value for _, value in ways.values()], rel=1e-12)


NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("0123456789.,-–/$€£%() \n½abmkt"), st.characters(exclude_categories=("Cs", "Cc"))
    ),
    max_size=200,
)
PIECES = st.lists(
    st.sampled_from(
        ["one", "hundred", "and a half", "million", "$", "5", "to", "-", "between", "percent", "no casualties", "of a",
         "dozens of", "€", "3/4", "p.m.", "John Smith, 44,", "voted", "52-48", "\n", ".", "from", "rose", "(", "up to"]
    ),
    max_size=30,
)  # fmt: skip


def check(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        low = float("-inf") if row["value_low"] is None else row["value_low"]
        high = float("inf") if row["value_high"] is None else row["value_high"]
        assert low <= high
        assert row["value"] is None or low <= row["value"] <= high
        assert row["rule"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.one_of(NASTY, PIECES.map(" ".join)), min_size=1, max_size=20))
def test_any_text_gives_figures_with_values_within_their_limits(figure_rules: FigureRules, texts: list[str]) -> None:
    sentences = pl.DataFrame(
        {"sentence_id": range(len(texts)), "article_no": [0] * len(texts), "text": texts},
        schema={"sentence_id": pl.UInt32, "article_no": pl.UInt32, "text": pl.String},
    )
    articles = pl.DataFrame(
        {"article_no": [0], "text": ["\n".join(texts)], "url": [None]},
        schema={"article_no": pl.UInt32, "text": pl.String, "url": pl.String},
    )
    rows = extract_figures(articles, sentences, None, figure_rules).to_dicts()
    check(rows)
    for row in rows:
        assert texts[row["sentence_id"]][row["start"] : row["end"]] == row["surface"]
