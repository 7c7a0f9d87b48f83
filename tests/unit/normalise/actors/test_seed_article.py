from datetime import date
from importlib.resources import files

import polars as pl
import pytest

from tests.unit.normalise.actors.conftest import Extract


@pytest.fixture(scope="module")
def mentions(extract: Extract) -> pl.DataFrame:
    article = files("seeds") / "articles" / "2023-11-06-ukraine-peace-talks.txt"
    return extract(article.read_text(encoding="utf-8"), published=date(2023, 11, 6)).mentions


def actors_of(mentions: pl.DataFrame, surface: str, mention_type: str = "name") -> set[str]:
    rows = mentions.filter(pl.col("surface") == surface, pl.col("mention_type") == mention_type)
    return set(rows["actor_id"])


@pytest.mark.parametrize(
    ("surface", "actor"),
    [
        ("U.S.", "country:usa"),
        ("United States", "country:usa"),
        ("Ukraine", "country:ukr"),
        ("Russia", "country:rus"),
        ("Israel", "country:isr"),
        ("Hamas", "org:hamas"),
        ("NATO", "org:nato"),
        ("White House", "org:white-house"),
        ("Ukraine Defense Contact Group", "org:ukraine-defense-contact-group"),
        ("Zelenskyy", "person:volodymyr-zelenskyy"),
        ("Biden", "person:joe-biden"),
        ("Vladimir Putin", "person:vladimir-putin"),
        ("Putin", "person:vladimir-putin"),
        ("Kyiv", "place:kyiv-ukr"),
        ("Republicans", "group:republicans"),
        ("Americans", "group:americans"),
    ],
)
def test_every_spelling_is_one_actor(mentions: pl.DataFrame, surface: str, actor: str) -> None:
    assert actors_of(mentions, surface) == {actor}


@pytest.mark.parametrize(
    ("surface", "actor"),
    [
        ("Biden administration", "person:joe-biden:government"),
        ("European officials", "group:europeans:officials"),
        ("Ukrainian government", "country:ukr:government"),
        ("U.S. military officials", "country:usa:officials"),
        ("congressional Republicans", "group:republicans:legislators"),
    ],
)
def test_a_composite_is_an_actor_of_its_own(mentions: pl.DataFrame, surface: str, actor: str) -> None:
    assert actors_of(mentions, surface, "composite") == {actor}


@pytest.mark.parametrize(("surface", "role"), [("Vladimir Putin", "President"), ("Zelenskyy", "President")])
def test_a_title_is_the_role_and_stays_outside(mentions: pl.DataFrame, surface: str, role: str) -> None:
    assert set(mentions.filter(pl.col("surface") == surface)["role"]) == {role}


def test_no_ordinary_word_is_an_actor(mentions: pl.DataFrame) -> None:
    kinds = mentions.filter(pl.col("mention_type") == "name", pl.col("resolution") == "discovered")
    assert kinds.height == 0
