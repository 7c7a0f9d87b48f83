"""The class of each capitalised word, written as one letter, so that patterns over words are regexes over letters."""

from typing import Final

import polars as pl

from schemas.reference.actors import FOUND_CLASS, WORD_CLASS

_NAMES: Final = [name for name in (*WORD_CLASS, *FOUND_CLASS) if name != "leading_particle"]
LETTERS: Final = dict(zip(_NAMES, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", strict=False))
"""One letter for each class; a leading particle is a particle."""
LETTERS["leading_particle"] = LETTERS["particle"]

KINDS: Final = ("person", "organisation", "place", "group")
"""The kinds that weights decide between; a country is a place here."""


def letter(name: str) -> pl.Expr:
    """The class's letter as a literal."""
    return pl.lit(LETTERS[name])


def word_classes(words: pl.DataFrame) -> pl.DataFrame:
    """Give distinct words their classes.

    Args:
        words: `word`, `norm`, and of the lexicon `word_class`, `is_common`, `is_given`, `is_family`.

    Returns:
        The words with `word_class` (the letter inside a sentence), `open_class` (at its beginning) and `shouted_class`
        (in a text in capitals).
    """
    capital = pl.col("word").str.contains(r"\p{Lu}")
    initial = (pl.col("norm").str.len_chars() == 1) & capital & (pl.col("norm") != "A")
    acronym = pl.col("norm").str.contains(r"^\p{Lu}[\p{Lu}\p{N}]+$")
    fixed = (
        pl.when(pl.col("norm") == "'s")
        .then(letter("possessive"))
        .when(pl.col("norm").is_in(["-", "/"]))
        .then(letter("hyphen"))
        .when(initial)
        .then(letter("initial"))
        .when(pl.col("norm").str.contains(r"^\p{Lu}-?\p{N}+$"))
        .then(letter("other_word"))
        .when(pl.col("word_class").is_not_null())
        .then("word_class")
        .when(~capital)
        .then(letter("lower"))
    )
    article = pl.when(pl.col("norm") == "The").then(letter("name_article"))
    short = pl.when(acronym | _camel()).then(letter("acronym"))
    return words.with_columns(
        word_class=pl.coalesce(article, fixed, short, _plain()),
        open_class=pl.coalesce(fixed, short, _opening(), _plain()),
        shouted_class=pl.coalesce(fixed, _plain()),
    )


def _named() -> pl.Expr:
    return pl.col("is_given") | pl.col("is_family")


def _camel() -> pl.Expr:
    """A capital inside the word, but for the names that have one: McDonald, DiCaprio."""
    inside = pl.col("norm").str.contains(r"\p{Ll}\p{Lu}")
    return inside & ~pl.col("is_family") & ~pl.col("norm").str.contains("^(?:Ma?c|D[eiu]|L[ae]|O')")


def _opening() -> pl.Expr:
    """An ordinary word at the beginning of a sentence."""
    return pl.when("is_common").then(pl.when(_named()).then(letter("opening_name")).otherwise(letter("opening")))


def _plain() -> pl.Expr:
    common = pl.col("is_common")
    return (
        pl.when("is_given")
        .then(pl.when(common).then(letter("given_common")).otherwise(letter("given")))
        .when("is_family")
        .then(pl.when(common).then(letter("family_common")).otherwise(letter("family")))
        .when(common)
        .then(letter("common"))
        .otherwise(letter("unknown"))
    )
