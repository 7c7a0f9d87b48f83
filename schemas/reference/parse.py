"""Contracts of the reference tables that reading and parsing use: headers, languages, what ends a sentence."""

from collections.abc import Mapping
from typing import Final

import pandera.polars as pa
import polars as pl

from schemas.contract import Contract

ABBREVIATION_KIND: Final[Mapping[str, str]] = {
    "title": "stands before a name: ends a sentence only before a word that opens one",
    "number": "ends no sentence before a number",
    "inner": "never ends a sentence",
    "name": "is part of names: ends a sentence only before a word that opens one",
    "tail": "closes a phrase: ends a sentence unless a word follows that goes on with it",
}

SENTENCE_WORD_ROLE: Final[Mapping[str, str]] = {
    "opener": "a capital shows that it opens a sentence: it is no part of names",
    "noun": "opens a sentence where a lower-case word follows it",
    "continuer": "goes on with the phrase that an abbreviation closed: 10 p.m. Monday, Tampa, Fla. Sen. ...",
    "particle": "a lower-case part of a name that may open a sentence: de Blasio, bin Salman",
    "attribution": "tells of speaking: a speaker and this word after a quoted question go on with its sentence",
}

ARTICLE_FIELD: Final[Mapping[str, str]] = {
    "id": "the source's own id",
    "title": "its title",
    "published_on": "day or time of publication",
    "url": "its address",
    "source": "who published it",
    "author": "who wrote it",
    "language": "the language it is written in",
}


class Abbreviation(Contract):
    """Abbreviations whose full stop may not end a sentence, as English news style guides write them."""

    class Config:
        """The table and its key."""

        name = "abbreviation"
        metadata = {"key": ("abbreviation",)}

    abbreviation: str = pa.Field(str_matches=r"^\S+[.!]$", description="with its full stop, case as written")
    kind: str = pa.Field(isin=list(ABBREVIATION_KIND), description="how its full stop is read")


class SentenceWord(Contract):
    """Words by which a capital after an abbreviation is told to open a sentence or to go on with one."""

    class Config:
        """The table and its key."""

        name = "sentence_word"
        metadata = {"key": ("word", "role")}

    word: str = pa.Field(str_matches=r"^\S+$", description="the word, case as written")
    role: str = pa.Field(isin=list(SENTENCE_WORD_ROLE), description="what it tells")


class Language(Contract):
    """Names and codes under which sources declare a language: English and own names, ISO 639-1, -2 and -3."""

    class Config:
        """The table and its key."""

        name = "language"
        metadata = {"key": ("language",)}

    language: str = pa.Field(str_matches=r"^\S+$", description="as a source may declare it, in lower case")
    code: str = pa.Field(str_matches=r"^[a-z]{2,3}$", description="ISO 639-1 code, ISO 639-3 where there is none")


class LanguageWord(Contract):
    """The commonest function words of English, by which most English texts are known at once."""

    class Config:
        """The table and its key."""

        name = "language_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(str_matches=r"^[a-z]+$", description="the word, in lower case")
    is_own: bool = pa.Field(description="whether it is no common word of another language as well, as German has was")


class HeaderField(Contract):
    """Names of header fields in text files and of metadata in HTML pages (Open Graph, Dublin Core, schema.org)."""

    class Config:
        """The table and its key."""

        name = "header_field"
        metadata = {"key": ("medium", "name")}

    medium: str = pa.Field(isin=["text", "html"], description="where the name stands")
    name: str = pa.Field(str_matches=r"^[^A-Z]+$", description="the field's name, in lower case")
    field: str = pa.Field(isin=list(ARTICLE_FIELD), description="the field of the article that it fills")
    rank: pl.Int32 = pa.Field(ge=1, description="of several names that fill one field, the lowest rank decides")


PARSE_TABLES: tuple[type[Contract], ...] = (Abbreviation, SentenceWord, Language, LanguageWord, HeaderField)
"""The reference tables of parsing."""
