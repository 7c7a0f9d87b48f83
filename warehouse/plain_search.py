"""Search without an index: words anywhere in the text, also within other words, ranked by how often they occur."""

from collections.abc import Sequence
from dataclasses import asdict

from warehouse.reader import Reader
from warehouse.search_query import Filters, Match, Part, Ranking, phrase_pattern
from warehouse.words import WORD, roughly_folded

FOLDED = f"""
SELECT article_id, published_on, {roughly_folded("concat_ws(chr(10), title, text)")} AS folded
FROM main.dim_article JOIN main.article_text USING (article_id)
WHERE ($since::DATE IS NULL OR published_on >= $since) AND ($until::DATE IS NULL OR published_on <= $until)
  AND ($source::VARCHAR IS NULL OR lower(source_name) = lower($source))
"""
HOLDS_WORD = "contains(folded, ${0})"
TIMES_OF_WORD = "(length(folded) - length(replace(folded, ${0}, ''))) / length(${0})"
HOLDS_PHRASE, TIMES_OF_PHRASE = "regexp_matches(folded, ${0})", "len(regexp_extract_all(folded, ${0}))"
"""A part of a query in SQL, which knows only the name of a parameter: whether a text holds it, and how often."""
PAGE_WORDS = f"""
SELECT DISTINCT word, {roughly_folded("word")} FROM (
    SELECT unnest(regexp_extract_all(concat_ws(chr(10), title, text), '{WORD}')) AS word
    FROM main.dim_article JOIN main.article_text USING (article_id)
    WHERE article_id IN (SELECT unnest($articles::VARCHAR[])))
"""


def find_plainly(reader: Reader, parts: Sequence[Part], filters: Filters, limit: int, offset: int) -> Ranking:
    """Find the articles whose text or title contains all parts; those with the most occurrences come first."""
    conditions, times, values = [], [], dict[str, object]()
    for number, part in enumerate(parts):
        name = f"part{number}"
        holds, occurs = (HOLDS_PHRASE, TIMES_OF_PHRASE) if part.is_phrase else (HOLDS_WORD, TIMES_OF_WORD)
        words = [word.rough for word in part.words]
        values[name] = phrase_pattern(part, [[word] for word in words]) if part.is_phrase else words[0]
        conditions.append(("NOT " if part.is_excluded else "") + holds.format(name))
        times.append("0" if part.is_excluded else occurs.format(name))
    query = f"""
    SELECT article_id, ({" + ".join(times)})::DOUBLE AS score FROM ({FOLDED}) WHERE {" AND ".join(conditions)}
    ORDER BY score DESC, published_on DESC NULLS LAST, article_id
    """
    found = reader.rows(query, {**asdict(filters), **values})
    page = [(str(article), float(str(score))) for article, score in found[offset : offset + limit]]
    return Ranking(page, len(found), (), _matches(reader, parts, [article for article, _ in page]))


def _matches(reader: Reader, parts: Sequence[Part], articles: Sequence[str]) -> tuple[Match, ...]:
    """What to look for in the texts of a page."""
    rows = [(str(word), str(rough)) for word, rough in reader.rows(PAGE_WORDS, {"articles": list(articles)})]
    wanted = [part for part in parts if not part.is_excluded]
    return tuple(Match(tuple(_spellings(word.rough, part, rows) for word in part.words), 1.0) for part in wanted)


def _spellings(word: str, part: Part, rows: Sequence[tuple[str, str]]) -> frozenset[str]:
    return frozenset(written for written, rough in rows if (rough == word if part.is_phrase else word in rough))
