from importlib.resources import files

import pytest

from tests.unit.normalise.figures.conftest import Figures, Row


@pytest.fixture(scope="module")
def found(figures: Figures) -> dict[str, Row]:
    article = files("seeds") / "articles" / "2023-11-06-ukraine-peace-talks.txt"
    return {row["surface"]: row for row in figures(article.read_text(encoding="utf-8"))}


def test_the_seed_article_holds_four_figures_and_no_digit_of_a_date(found: dict[str, Row]) -> None:
    assert sorted(found) == ["$43.9 billion", "$5 billion", "41%", "50"]


def test_over_50_nations_is_a_bound_on_a_count_of_nations(found: dict[str, Row]) -> None:
    row = found["50"]
    assert (row["value"], row["bound"], row["counted"], row["dimension"]) == (50, "over", "nation", "count")
    assert (row["value_low"], row["value_high"]) == (50, None)


def test_an_amount_of_money_has_its_currency(found: dict[str, Row]) -> None:
    row = found["$43.9 billion"]
    assert (row["value"], row["unit"], row["bound"]) == (43_900_000_000, "USD", "exact")
    assert row["value_low"] == row["value_high"] == row["value"]


def test_approximately_is_a_bound_and_not_part_of_the_span(found: dict[str, Row]) -> None:
    row = found["$5 billion"]
    assert (row["value"], row["unit"], row["bound"]) == (5_000_000_000, "USD", "about")


def test_a_percentage_has_the_unit_percent(found: dict[str, Row]) -> None:
    row = found["41%"]
    assert (row["value"], row["unit"], row["dimension"]) == (41, "percent", "percent")
