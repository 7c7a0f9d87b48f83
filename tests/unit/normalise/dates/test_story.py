"""What an expression without a date of its own is counted from."""

from datetime import date

import pytest

from tests.unit.normalise.dates.conftest import Dates

WEDNESDAY = date(2021, 11, 17)


def values(dates: Dates, text: str) -> dict[str, str]:
    return {row["surface"]: row["timex_value"] for row in dates(text, WEDNESDAY)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The judge postponed the hearing until Friday.", "2021-11-19"),
        ("It was not until Friday that the rain stopped.", "2021-11-12"),
        ("The offer had been scheduled to lapse on Friday.", "2021-11-12"),
        ("The talks are supposed to end on Friday.", "2021-11-19"),
    ],
)
def test_a_weekday_lies_where_its_clause_looks(dates: Dates, text: str, value: str) -> None:
    assert values(dates, text)["Friday"] == value


def test_a_year_that_ended_on_a_day_is_over(dates: Dates) -> None:
    found = values(dates, "The brewer will restate sales for the year ended March 31.")
    assert found["March 31"] == "2021-03-31"


def test_results_are_compared_with_the_same_quarter(dates: Dates) -> None:
    found = values(
        dates, "Third-quarter profit rose; in the latest period it beat the 2020 quarter and a year earlier."
    )
    assert found["the latest period"] == "2021-Q3"
    assert found["the 2020 quarter"] == "2020-Q3"
    assert found["a year earlier"] == "2020-Q3"


def test_a_quarter_that_is_looked_forward_to_is_not_the_latest(dates: Dates) -> None:
    outlook = "Third-quarter profit rose. The bank will book a charge in the fourth quarter."
    assert values(dates, f"{outlook} Costs fell in the latest quarter.")["the latest quarter"] == "2021-Q3"


def test_units_that_come_or_passed_are_references(dates: Dates) -> None:
    found = values(dates, "Prices rose in past years and may fall in coming months.")
    assert found == {"past years": "PAST_REF", "coming months": "FUTURE_REF"}
