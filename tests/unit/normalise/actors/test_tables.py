"""The linguistic tables agree with each other and with the classes."""

import polars as pl
import pytest

from schemas.reference.actors import FOUND_CLASS, WORD_CLASS
from schemas.reference.registry import Reference


def test_patterns_name_known_classes_and_sets(reference: Reference) -> None:
    known = {*WORD_CLASS, *FOUND_CLASS, *reference["actor_class_set"]["set_name"]}
    parts = reference["actor_pattern"].select(pl.concat_str("lead", "core", "tail", ignore_nulls=True)).to_series()
    named = parts.str.extract_all(r"\{([a-z_]+)\}").explode().str.strip_chars("{}")
    assert set(named) <= known


def test_sets_hold_known_classes(reference: Reference) -> None:
    assert set(reference["actor_class_set"]["classes"].str.split(" ").explode()) <= {*WORD_CLASS, *FOUND_CLASS}


@pytest.mark.parametrize("table", ["given_name", "family_name"])
def test_no_name_is_a_word_of_a_class(reference: Reference, table: str) -> None:
    words = set(reference["actor_word"]["word"])
    assert not {name for name in reference[table]["name"] if name.lower() in words}


def test_a_composite_s_modifier_is_no_head(reference: Reference) -> None:
    assert not set(reference["actor_composite"]["head"]) & set(reference["actor_composite_modifier"]["word"]) - {
        "military",
        "intelligence",
        "government",
        "defence",
        "defense",
        "coalition",
    }
