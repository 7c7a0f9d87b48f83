"""Figures that well-known libraries read wrongly."""

import pytest

from tests.unit.normalise.figures.conftest import Figures


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("The firm is worth $1.2bn today.", "$1.2bn", 1.2e9, "USD"),
        ("The village raised €3m for the school.", "€3m", 3e6, "EUR"),
        ("They found half a million dollars there.", "half a million dollars", 5e5, "USD"),
        ("Farmers want $1.2\nbillion in relief.", "$1.2\nbillion", 1.2e9, "USD"),
        ("The fund holds $43 in cash.", "$43", 43, "USD"),
        ("It stood at 41% in May.", "41%", 41, "percent"),
    ],
)
def test_an_amount_is_read_whole(figures: Figures, text: str, surface: str, value: float, unit: str) -> None:
    (row,) = figures(text)
    assert (row["surface"], row["value"], row["unit"]) == (surface, value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Clubs spent £50-60 million.", 50e6, 60e6, "GBP"),
        ("It will cost $5 to $7 billion.", 5e9, 7e9, "USD"),
        ("It will cost between $40 and $50 million.", 40e6, 50e6, "USD"),
        ("The bond may bring $10-15bn.", 10e9, 15e9, "USD"),
    ],
)
def test_a_range_of_money_is_one_figure(figures: Figures, text: str, low: float, high: float, unit: str) -> None:
    (row,) = figures(text)
    assert (row["value"], row["value_low"], row["value_high"], row["bound"]) == (None, low, high, "range")
    assert row["unit"] == unit


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Over 50 nations came.", "over"),
        ("Approximately 50 nations came.", "about"),
        ("At least 50 nations came.", "at_least"),
        ("No more than 50 nations came.", "at_most"),
        ("Fewer than 50 nations came.", "under"),
        ("Exactly 50 nations came.", "exact"),
    ],
)
def test_a_hedge_sets_the_bound_and_stays_outside_the_span(figures: Figures, text: str, bound: str) -> None:
    (row,) = figures(text)
    assert (row["surface"], row["bound"], row["counted"]) == ("50", bound, "nation")


def test_a_multi_billion_dollar_deal_has_a_bound_and_no_value(figures: Figures) -> None:
    (row,) = figures("It is a multi-billion-dollar deal.")
    assert (row["value"], row["value_low"], row["value_high"], row["unit"]) == (None, 1e9, None, "USD")


def test_a_change_keeps_both_values_and_says_which_way_it_went(figures: Figures) -> None:
    (row,) = figures("Unemployment fell from 15 to 12 percent.")
    assert (row["value"], row["value_low"], row["value_high"], row["direction"]) == (12, 12, 15, "down")


def test_a_tally_has_the_first_number_as_its_value(figures: Figures) -> None:
    (row,) = figures("Parliament rejected the bill in a 48-52 vote.")
    assert (row["value"], row["value_low"], row["value_high"], row["dimension"]) == (48, 48, 52, "tally")


def test_a_continental_article_groups_thousands_with_full_stops(figures: Figures) -> None:
    rows = figures("The stadium cost 1.234.567,89 euros and seats 45.500 people.")
    assert [row["value"] for row in rows] == [1234567.89, 45500]


def test_a_lone_full_stop_is_a_decimal_point(figures: Figures) -> None:
    assert [row["value"] for row in figures("The rate is 1.234 percent.")] == [1.234]


@pytest.mark.parametrize(
    "text", ["He met them on 6 November 2023.", "It began at 10:30 on Tuesday.", "In 2022 it rained."]
)
def test_calendar_dates_and_clock_times_are_no_figures(figures: Figures, text: str) -> None:
    assert figures(text) == []


def test_a_length_of_time_is_a_figure_also_inside_a_date(figures: Figures) -> None:
    (row,) = figures("It happened two years ago.")
    assert (row["value"], row["unit"], row["dimension"]) == (2, "year", "duration")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Six sailors drowned and 12 slightly injured were brought ashore.", [6, 12]),
        ("The raid killed 13 Taliban and wounded 11.", [13, 11]),
        ("The wall fell, yet no one was hurt.", [0]),
        ("Nobody else has been arrested.", [0]),
    ],
)
def test_the_number_of_those_whom_something_befell_counts_people(
    figures: Figures, text: str, values: list[float]
) -> None:
    assert [(row["value"], row["unit"]) for row in figures(text)] == [(value, "person") for value in values]


def test_no_one_is_no_figure_where_nothing_befell_anybody(figures: Figures) -> None:
    assert figures("No one knows why nobody was asked.") == []


def test_a_part_of_a_number_counts_what_the_number_does(figures: Figures) -> None:
    found = figures("Nearly two-thirds of the 1,500 workers went home.")
    assert [(row["surface"], row["counted"]) for row in found] == [("two-thirds", "worker"), ("1,500", "worker")]


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("Malta wants 20 F-35 jets.", 20, "jet"),
        ("Malta wants 6 B-52 planes.", 6, "plane"),
        ("Malta wants 54 K-9 howitzers.", 54, "howitzer"),
        ("Malta wants 24 F-16s.", 24, "f-16"),
        ("Malta wants 11 A400Ms.", 11, "a400m"),
    ],
)
def test_the_letter_of_a_model_is_no_unit_and_no_magnitude(
    figures: Figures, text: str, value: float, counted: str
) -> None:
    (figure,) = figures(text)
    assert (figure["value"], figure["unit"], figure["counted"]) == (value, None, counted)


@pytest.mark.parametrize(
    ("text", "counted", "unit"),
    [
        ("Coastguards saved 12 Chinese.", "chinese", "person"),
        ("About 90 Rohingya drowned off the coast.", "rohingya", "person"),
        ("Malta hired 60 Chinese diving coaches.", "coach", "person"),
        ("Malta bought 12 Chinese ships.", "ship", None),
    ],
)
def test_a_people_without_a_plural_is_counted(figures: Figures, text: str, counted: str, unit: str | None) -> None:
    (figure,) = figures(text)
    assert (figure["counted"], figure["unit"]) == (counted, unit)
