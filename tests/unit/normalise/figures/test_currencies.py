"""Amounts take the currency that the article shows."""

import pytest

from tests.unit.normalise.figures.conftest import Figures


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Ottawa will pay $5 million, or US$3.7 million, the Canadian minister said.", "CAD"),
        ("The Philippine senate set aside 300 million pesos.", "PHP"),
        ("Mexico will pay 300 million pesos.", "MXN"),
        ("Islamabad owes 40 billion rupees to its farmers.", "PKR"),
        ("The firm paid $5 million to its workers.", "USD"),
        ("Iraq will spend 90 billion dinars.", "IQD"),
    ],
)
def test_a_currency_that_shares_its_name_follows_the_article(figures: Figures, text: str, unit: str) -> None:
    assert figures(text)[0]["unit"] == unit


def test_dollars_of_a_canadian_site_are_canadian(figures: Figures) -> None:
    text = "The city will spend $5 million on roads."
    assert figures(text, url="https://www.example.ca/news/1")[0]["unit"] == "CAD"
    assert figures(text, url="https://www.example.com/news/1")[0]["unit"] == "USD"


def test_a_site_that_tells_its_own_dollar_apart_means_american_dollars(figures: Figures) -> None:
    rows = figures("The deal is worth $7.5 million (A$10.5 million).", url="https://www.example.com.au/a")
    assert [row["unit"] for row in rows] == ["USD", "AUD"]


def test_pesos_of_no_country_are_money_of_an_unknown_currency(figures: Figures) -> None:
    (row,) = figures("He paid 300 million pesos.")
    assert (row["unit"], row["value"], row["dimension"]) == ("XXX", 300e6, "money")


def test_pounds_are_a_weight_where_nothing_speaks_of_money(figures: Figures) -> None:
    (row,) = figures("The agents seized 40 pounds of cocaine.")
    assert (row["unit"], row["dimension"]) == ("pound", "mass")
    (row,) = figures("The London firm paid 40 pounds for it.")
    assert (row["unit"], row["dimension"]) == ("GBP", "money")
