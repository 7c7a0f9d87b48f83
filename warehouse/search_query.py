"""A search query: its parts, each a word in any form or a phrase as it is written, and what its words may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.reader import Reader
from warehouse.words import BETWEEN, UNSPACED, WORD, folded, roughly_folded

MOST_WORDS = 50
"""Words of one query."""
QUOTES = re.compile("[“”„«»]")
PARTS = re.compile(r'(-?)(?:"([^"]+)"|([^\s"]+))')
POSSESSIVE = re.compile("['’]s?$")
WORDS = f"""
SELECT piece, {folded("word")}, {roughly_folded("word")}, regexp_full_match(word, '{UNSPACED}')
FROM (SELECT piece, unnest(words) AS word, generate_subscripts(words, 1) AS place
      FROM (SELECT generate_subscripts($pieces::VARCHAR[], 1) AS piece,
                   regexp_extract_all(unnest($pieces::VARCHAR[]), '{WORD}') AS words))
ORDER BY piece, place
"""


class SearchError(ValueError):
    """A query that cannot be searched for; the message says why."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be found: of these days (those without a day are left out), of this source."""

    since: date | None = None
    until: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query: folded as the index has it and as plain matching has it; `is_unspaced` as in UNSPACED."""

    folded: str
    rough: str
    is_unspaced: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query, as it was written: a word in any of its forms, or the words of a phrase, side by side."""

    written: str
    words: tuple[Word, ...]
    is_phrase: bool
    is_excluded: bool


@dataclass(frozen=True, slots=True)
class Match:
    """What matches a part in a text: for each of its words, the words as they are written there; and its weight."""

    spellings: tuple[frozenset[str], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one way of searching found: a page of article ids with scores, how many there are, and what matches."""

    page: list[tuple[str, float]]
    total: int
    unknown: tuple[str, ...]
    matches: tuple[Match, ...]


def parse_query(reader: Reader, query: str) -> list[Part]:
    """The parts of a query.

    Raises:
        SearchError: it holds no word that is to be found, or too many.
    """
    pieces = [
        (bool(minus), bool(phrase), phrase or POSSESSIVE.sub("", bare))
        for minus, phrase, bare in PARTS.findall(QUOTES.sub('"', writable(query)))
    ]
    words = _words(reader, [written for _, _, written in pieces])
    parts = [
        Part(written, own, is_quoted or len(own) > 1, is_excluded)
        for number, (is_excluded, is_quoted, written) in enumerate(pieces, 1)
        if (own := words.get(number))
    ]
    if all(part.is_excluded for part in parts):
        message = "nothing to search for: give a word with letters or digits"
        raise SearchError(message)
    return parts


def writable(text: str) -> str:
    """A text that has a UTF-8 form: half characters, as a shell passes broken bytes on, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def phrase_pattern(part: Part, spellings: Sequence[Sequence[str]]) -> str:
    """The pattern that finds a phrase in a text, each of its words in one of its spellings (letters and digits)."""
    pieces = ["|".join(choices) for choices in spellings]
    pattern = f"(?:{pieces[0]})"
    for (before, after), piece in zip(zip(part.words, part.words[1:], strict=False), pieces[1:], strict=True):
        loose = before.is_unspaced or after.is_unspaced
        pattern += f"{BETWEEN}{'*' if loose else '+'}(?:{piece})"
    first = "" if part.words[0].is_unspaced else f"(?:^|{BETWEEN}|{UNSPACED})"
    last = "" if part.words[-1].is_unspaced else f"(?:$|{BETWEEN}|{UNSPACED})"
    return f"{first}{pattern}{last}"


def _words(reader: Reader, pieces: Sequence[str]) -> dict[int, tuple[Word, ...]]:
    """The words of each piece, by its number."""
    found: dict[int, tuple[Word, ...]] = {}
    rows = reader.rows(WORDS, {"pieces": list(pieces)})
    if len(rows) > MOST_WORDS:
        message = f"the query has {len(rows)} words, and a search takes {MOST_WORDS}: search for fewer"
        raise SearchError(message)
    for piece, folded_word, rough, is_unspaced in rows:
        if folded_word:
            number = int(str(piece))
            found[number] = (*found.get(number, ()), Word(str(folded_word), str(rough), bool(is_unspaced)))
    return found
