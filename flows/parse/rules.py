"""The reference tables of parsing, compiled once for all batches."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from schemas.reference.registry import Reference

SHORTEST_CAPITALISED = 3
"""Abbreviations of this length, full stop included, are known in capitals too; shorter ones would hide initials."""


@dataclass(frozen=True, slots=True)
class ParseRules:
    """What parsing knows.

    Attributes:
        abbreviations: `last_word`, `kind`.
        words: the words of each role of `SentenceWord`.
        attribution: a regex for the start of a text that names a speaker and a word of speaking.
        languages: ISO 639 codes by the names under which sources declare them.
        function_word: a regex for the function words of English.
        own_word: a regex for those of them that no other language has.
    """

    abbreviations: pl.DataFrame
    words: Mapping[str, tuple[str, ...]]
    attribution: str
    languages: Mapping[str, str]
    function_word: str
    own_word: str


def compile_parse_rules(reference: Reference) -> ParseRules:
    """Compile the tables `abbreviation`, `sentence_word`, `language` and `language_word`."""
    by_role = reference["sentence_word"].partition_by("role", as_dict=True)
    words = {str(role): tuple(rows["word"].sort()) for (role,), rows in by_role.items()}
    language, common = reference["language"], reference["language_word"]
    verbs = "|".join(words.get("attribution", ()))
    return ParseRules(
        abbreviations=_with_capitals(reference["abbreviation"]),
        words=words,
        attribution=rf"^\p{{Lu}}[\p{{L}}.’'-]*(?: \p{{Lu}}[\p{{L}}.’'-]*){{0,3}} (?:{verbs})\b",
        languages=dict(zip(language["language"], language["code"], strict=True)),
        function_word=_any_of(common["word"]),
        own_word=_any_of(common.filter("is_own")["word"]),
    )


def _any_of(words: pl.Series) -> str:
    return rf"(?i)\b(?:{'|'.join(words)})\b"


def _with_capitals(abbreviations: pl.DataFrame) -> pl.DataFrame:
    known = abbreviations.select(last_word="abbreviation", kind="kind")
    capitals = known.filter(pl.col("last_word").str.len_chars() >= SHORTEST_CAPITALISED).with_columns(
        pl.col("last_word").str.to_uppercase()
    )
    return pl.concat([known, capitals]).unique("last_word", keep="first", maintain_order=True)
