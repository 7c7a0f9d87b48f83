"""Keys of claims: the same where the same is told again, another where a claim has too little to be known by."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.normalise.claims.key import claim_keys

PLEDGE: dict[str, Any] = {
    "topic": "aid",
    "status": "pledged",
    "subject_surface": "Tokyo",
    "subject_actor_id": "country:jpn",
    "object_surface": "Kenya",
    "object_actor_id": "country:ken",
    "unit": "USD",
    "counted": None,
    "timex_value": "2023-05-04",
    "value": 2e9,
    "value_low": 2e9,
    "value_high": 2e9,
}
NOBODY = {"subject_surface": None, "subject_actor_id": None, "object_surface": None, "object_actor_id": None}
DEATHS = PLEDGE | NOBODY | {"topic": "casualties", "status": "killed", "unit": None, "value": 30.0}
ARTICLES = pl.DataFrame(
    {"article_no": [0, 1], "article_id": ["aaaa", "bbbb"], "published_on": [date(2023, 5, 5)] * 2},
    schema_overrides={"article_no": pl.UInt32},
)
SENTENCES = pl.DataFrame({"sentence_id": [0, 1], "article_no": [0, 1]}, schema_overrides={"article_no": pl.UInt32})


def keys(*claims: dict[str, Any]) -> list[str]:
    """The keys of two claims at the most, each told in an article of its own."""
    schema = {name: pl.Float64 if name.startswith("value") else pl.String for name in PLEDGE}
    frame = pl.DataFrame(claims, schema=schema).with_columns(sentence_id=pl.int_range(pl.len()))
    return claim_keys(frame, SENTENCES, ARTICLES)["claim_key"].to_list()


def test_a_key_says_what_the_claim_says() -> None:
    assert keys(PLEDGE) == ["aid/pledged/country:jpn/country:ken/USD/2023-05-04/2000000000.0"]


@pytest.mark.parametrize(
    "again",
    [
        {"subject_surface": "Japan"},
        {"value": 2.04e9, "value_low": 2.04e9},
        {"value": None, "value_low": 1.97e9},
        {"timex_value": "2023-05-04T09:30"},
    ],
    ids=["other name", "not rounded", "at least", "time of the day"],
)
def test_the_same_told_otherwise_has_the_same_key(again: dict[str, Any]) -> None:
    first, second = keys(PLEDGE, PLEDGE | again)
    assert first == second


@pytest.mark.parametrize(
    "other",
    [
        {"status": "provided"},
        {"object_actor_id": "country:uga"},
        {"unit": "EUR"},
        {"timex_value": "2022"},
        {"value": 3e9},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_has_another_key(other: dict[str, Any]) -> None:
    first, second = keys(PLEDGE, PLEDGE | other)
    assert first != second


@pytest.mark.parametrize(
    "claim",
    [
        DEATHS,
        DEATHS | {"timex_value": "PRESENT_REF", "value": 4000.0},
        DEATHS | {"timex_value": None, "subject_surface": "people"},
        DEATHS | {"timex_value": "P3W", "subject_actor_id": "group:chileans"},
        DEATHS | {"timex_value": None, "subject_surface": "people", "value": None, "value_low": 1000.0},
    ],
    ids=["a day alone", "a large value alone", "words alone", "an actor and no date", "words and thousands"],
)
def test_a_claim_with_too_little_to_be_known_by_is_one_of_its_article_alone(claim: dict[str, Any]) -> None:
    first, second = keys(claim, claim)
    assert first != second


@pytest.mark.parametrize(
    "marks",
    [
        {"subject_surface": "people"},
        {"subject_actor_id": "group:chileans", "timex_value": None, "value": 4000.0},
        {"value": 31.4},
        {"timex_value": None, "subject_actor_id": "group:chileans", "object_actor_id": "country:chl"},
    ],
    ids=["words and a day", "an actor and a large value", "a day and a precise value", "two actors"],
)
def test_two_marks_are_enough(marks: dict[str, Any]) -> None:
    first, second = keys(DEATHS | marks, DEATHS | marks)
    assert first == second


def test_values_come_without_the_dust_of_floating_point() -> None:
    (key,) = keys(PLEDGE | {"value": 1_499_999.9999999998})
    assert key.endswith("/1500000.0")


def test_a_bare_number_of_the_dead_counts_people() -> None:
    bare, counted = keys(DEATHS | {"value": 31.4}, DEATHS | {"value": 31.4, "unit": "person"})
    assert bare == counted
