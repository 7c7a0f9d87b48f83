from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.unit.normalise.dates.conftest import Dates, SentenceDates

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
BARE = tuple(short.removesuffix(".") for short in SHORT)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FORMATS = (
    "{month} {d}, {y}", "{month} {d} {y}", "{d} {month} {y}", "{d} {month}, {y}", "{d} of {month} {y}",
    "{month} {nth}, {y}", "{month} {nth} {y}", "{nth} {month} {y}", "{nth} of {month} {y}", "the {nth} of {month}, {y}",
    "the {nth} of {month} {y}", "{short} {d}, {y}", "{short} {d} {y}", "{d} {short} {y}", "{d} {short}, {y}",
    "{bare} {d}, {y}", "{d} {bare} {y}", "{nth} {bare} {y}", "{short} {nth}, {y}", "{nth} {short} {y}",
    "{day}, {month} {d}, {y}", "{day} {month} {d}, {y}", "{day}, {d} {month} {y}", "{day} {d} {month} {y}",
    "{day} the {nth} of {month} {y}", "{day}, {short} {d}, {y}", "{day} {d} {short} {y}", "{day3} {d} {bare} {y}",
    "{day3}, {d} {bare} {y}", "{month} {d},\n{y}", "{month}\n{d}, {y}", "{d} {month}\n{y}", "{upper} {d}, {y}",
    "{d} {upper} {y}", "{y}-{mm}-{dd}", "{y}/{mm}/{dd}", "{dd}.{mm}.{y}", "{month} {dd}, {y}", "{dd} {month} {y}",
    "{day}, the {nth} of {month}, {y}",
)  # fmt: skip
PROPERTY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def printed(day: date, form: str) -> str:
    suffix = "th" if day.day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    month = day.month - 1
    return form.format(
        d=day.day, dd=f"{day.day:02}", mm=f"{day.month:02}", y=day.year, nth=f"{day.day}{suffix}",
        month=MONTHS[month], short=SHORT[month], bare=BARE[month], upper=MONTHS[month].upper(),
        day=DAYS[day.weekday()], day3=DAYS[day.weekday()][:3],
    )  # fmt: skip


def test_there_are_forty_formats() -> None:
    assert len(set(FORMATS)) >= 40


@PROPERTY
@example(day=date(1799, 7, 4))
@given(day=st.dates(date(1500, 1, 1), date(2090, 12, 31)))
def test_a_date_printed_in_any_format_comes_back_as_itself(dates_in: SentenceDates, day: date) -> None:
    texts = [f"The treaty was signed on {printed(day, form)} in Geneva." for form in FORMATS]
    found = [row["timex_value"] for row in dates_in(texts)]
    assert found == [day.isoformat()] * len(FORMATS)


@pytest.mark.parametrize("written", ["04/05/2023", "4/5/2023", "04-05-2023", "04/05/23"])
def test_an_ambiguous_date_is_marked_and_never_guessed(dates: Dates, written: str) -> None:
    (row,) = dates(f"The letter of {written} has been lost.")
    assert (row["timex_value"], row["resolution"]) == ("2023-XX-XX", "vague")
    assert row["starts_on"] is None
    assert row["ends_on"] is None


def test_another_date_of_the_article_decides_the_order(dates: Dates) -> None:
    british = dates("Signed on 04/05/2023. Amended on 25/05/2023.")
    american = dates("Signed on 04/05/2023. Amended on 05/25/2023.")
    assert [row["timex_value"] for row in british] == ["2023-05-04", "2023-05-25"]
    assert [row["timex_value"] for row in american] == ["2023-04-05", "2023-05-25"]


def test_contrary_evidence_decides_nothing(dates: Dates) -> None:
    first, *_ = dates("Signed on 04/05/2023, amended on 25/05/2023, ended on 05/26/2023.")
    assert first["resolution"] == "vague"


VOCABULARY = st.sampled_from([
    "the", "day", "after", "before", "yesterday", "last", "next", "3", "31", "1998", "May", "March", "Friday",
    "Monday", "of", "in", "on", "early", "late", "end", "year", "years", "week", "quarter", "third", "ago", "later",
    "two", "several", "a", "few", "to", "and", "-", ",", "'s", "/", "12:30", "p.m.", "GMT", "BC", "century",
    "1990s", "'98", "every", "each", "04/05/2023", "2023-11-06", "spring", "Christmas", "noon", "29", "February",
    "30", "0", "9999", "2000000", "now", "Q3", "half",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(VOCABULARY, max_size=40).map(" ".join))


@PROPERTY
@given(text=TEXTS, published=st.one_of(st.none(), st.dates(date(1600, 1, 1), date(2200, 1, 1))))
@example(text="30 February 2020 the day after the day after 31 June, 99999 years ago, 29 Feb. 1900", published=None)
@example(text="ten million centuries ago 9999999999999999999 days later", published=date(2020, 2, 29))
def test_any_text_gives_rows_that_fit_it_and_do_not_overlap(dates: Dates, text: str, published: date | None) -> None:
    clean = "".join(" " if ord(c) < 32 and c not in "\n\t" else c for c in text) or " "
    rows = [row for row in dates(clean, published) if row["resolution"] != "event"]
    last: dict[int, int] = {}
    for row in rows:
        assert row["start"] >= last.get(row["sentence_id"], 0)
        last[row["sentence_id"]] = row["end"]
        assert row["end"] - row["start"] == len(row["surface"])
        assert row["starts_on"] is None or row["starts_on"] <= row["ends_on"]
        assert row["timex_value"] is not None
        assert row["granularity"] is not None


@pytest.mark.parametrize("phrase", ["today", "last week", "on Friday", "in May", "two months ago", "this year"])
def test_without_a_day_of_publication_relative_dates_stay_open(dates: Dates, phrase: str) -> None:
    (row,) = dates(f"The minister resigned {phrase}.", None)
    assert (row["starts_on"], row["ends_on"], row["resolution"]) == (None, None, "vague")


def test_days_between_neighbouring_publications_move_with_them(dates: Dates) -> None:
    day = date(2024, 2, 28)
    found = [dates("It rained yesterday.", day + timedelta(days=n))[0]["starts_on"] for n in range(3)]
    assert found == [date(2024, 2, 27), date(2024, 2, 28), date(2024, 2, 29)]


@pytest.mark.parametrize(
    ("text", "published", "value", "resolution"),
    [
        ("The star died in 99999 BC.", date(2023, 11, 6), "XXXX", "vague"),
        ("The star died in 9999 BC.", date(2023, 11, 6), "BC9999", "explicit"),
        ("They will meet on Monday.", date(9999, 12, 31), "XXXX-WXX-1", "vague"),
        ("They will meet next year.", date(9999, 12, 31), "XXXX", "vague"),
        ("They will meet next week.", date(9999, 12, 31), "XXXX-WXX", "vague"),
    ],
)
def test_a_year_of_more_than_four_digits_is_told_as_unknown(
    dates: Dates, text: str, published: date, value: str, resolution: str
) -> None:
    (found,) = dates(text, published)
    assert (found["timex_value"], found["starts_on"], found["resolution"]) == (value, None, resolution)
