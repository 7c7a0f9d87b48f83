from datetime import date
from importlib.resources import files

import pytest

from tests.unit.normalise.dates.conftest import Dates, Row


@pytest.fixture(scope="module")
def found(dates: Dates) -> dict[str, Row]:
    article = files("seeds") / "articles" / "2023-11-06-ukraine-peace-talks.txt"
    return {row["surface"]: row for row in dates(article.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("surface", ["the end of the year", "the year’s end"])
def test_the_end_of_the_year_ends_on_its_last_day(found: dict[str, Row], surface: str) -> None:
    row = found[surface]
    assert (row["timex_type"], row["timex_value"], row["timex_mod"]) == ("DATE", "2023", "END")
    assert row["ends_on"] == date(2023, 12, 31)
    assert row["resolution"] == "publication"


def test_a_bare_year_is_that_year(found: dict[str, Row]) -> None:
    row = found["2022"]
    assert (row["timex_value"], row["resolution"]) == ("2022", "explicit")
    assert (row["starts_on"], row["ends_on"]) == (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("surface", "day"),
    [("the Israel-Hamas war began", date(2023, 10, 7)), ("Russia’s invasion", date(2022, 2, 24))],
)
def test_a_named_event_dates_what_is_counted_from_it(found: dict[str, Row], surface: str, day: date) -> None:
    row = found[surface]
    assert row["resolution"] == "event"
    assert row["starts_on"] == row["ends_on"] == day


def test_references_to_the_present_and_the_past_have_no_days(found: dict[str, Row]) -> None:
    assert found["current"]["timex_value"] == "PRESENT_REF"
    assert found["recent"]["timex_value"] == "PAST_REF"
    assert found["recent"]["starts_on"] is None
