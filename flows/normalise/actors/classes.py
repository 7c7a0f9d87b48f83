"""The class of each capitalised word, written as one letter, so that patterns over words are regexes over letters."""

from typing import Final

import polars as pl

from schemas.reference.actors import FOUND_CLASS, WORD_CLASS

LETTERS: Final = dict(
    zip(
        [*WORD_CLASS, *FOUND_CLASS],
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        strict=False,
    )
)
"""One letter for each class."""

KINDS: Final = ("person", "organisation", "place", "group")
"""The kinds that weights decide between; a country is a place here."""


def letter(name: str) -> pl.Expr:
    """The class's letter as a literal."""
    return pl.lit(LETTERS[name])


def class_of_word(*, opens: pl.Expr) -> pl.Expr:
    """The letter of a word that is no known actor, from the columns that `Lexicon.look_up` joins.

    Args:
        opens: whether the word is the first of its sentence.
    """
    capital = pl.col("word").str.contains(r"\p{Lu}")
    named = pl.col("is_given") | pl.col("is_family")
    plain = (
        pl.when(pl.col("is_common") & opens)
        .then(pl.when(named).then(letter("opening_name")).otherwise(letter("opening")))
        .when(pl.col("is_given"))
        .then(pl.when("is_common").then(letter("given_common")).otherwise(letter("given")))
        .when(pl.col("is_family"))
        .then(pl.when("is_common").then(letter("family_common")).otherwise(letter("family")))
        .when("is_common")
        .then(letter("common"))
        .otherwise(letter("unknown"))
    )
    return (
        pl.when(pl.col("norm") == "'s")
        .then(letter("possessive"))
        .when(pl.col("norm").str.contains(r"^[-/]$"))
        .then(letter("hyphen"))
        .when(pl.col("norm").str.len_chars() == 1, capital, pl.col("norm") != "A")
        .then(letter("initial"))
        .when(pl.col("norm") == "The", ~opens)
        .then(letter("name_article"))
        .when(pl.col("norm").str.contains(r"^\p{Lu}-?\p{N}+$"))
        .then(letter("other_word"))
        .when(pl.col("word_class").is_not_null())
        .then(pl.col("word_class"))
        .when(~capital)
        .then(letter("lower"))
        .when(pl.col("norm").str.contains(r"^\p{Lu}[\p{Lu}\p{N}]+$"), ~pl.col("is_shouted"))
        .then(letter("acronym"))
        .when(
            pl.col("norm").str.contains(r"\p{Ll}\p{Lu}"),
            ~pl.col("is_family"),
            ~pl.col("norm").str.contains("^(?:Ma?c|D[eiu]|L[ae]|O')"),
        )
        .then(letter("acronym"))
        .otherwise(plain)
    )
