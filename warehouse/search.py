"""Full-text search: the articles that hold all words of a query, the best first, with the sentences that say it.

A query is words and "phrases in quotes"; `-word` leaves out what holds it. All of them must stand in an article's text
or title, in any form of the word ("sanction" finds "sanctions"); those of a phrase stand side by side as written, so
does a word in quotes. Small letters, capitals and accents are one. A word of several parts ("U.S.", "e-mail") is
a phrase. Scripts without spaces, such as Chinese, are matched by characters: a run of them is a phrase.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from warehouse.index_file import NoIndexError
from warehouse.passages import Mark, Passage, Span, best_passages, find_places, joined
from warehouse.plain_search import find_plainly
from warehouse.ranked_search import find_ranked
from warehouse.reader import Reader
from warehouse.search_query import Filters, Match, Ranking, parse_query, writable
from warehouse.words import WORD

PASSAGES = 3
"""Passages of an article at the most."""
TEXTS = f"""
SELECT article_id, title, coalesce(nullif(parse_filename(source_uri), ''), source_uri), published_on, source_name, text,
       regexp_extract_all(coalesce(title, ''), '{WORD}'), regexp_extract_all(text, '{WORD}')
FROM main.dim_article JOIN main.article_text USING (article_id)
WHERE article_id IN (SELECT unnest($articles::VARCHAR[]))
"""
SENTENCES = """
SELECT article_id, sentence_no, span_start, span_end FROM main.article_sentence
WHERE article_id IN (SELECT unnest($articles::VARCHAR[])) ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found.

    Attributes:
        article_id: as `dateline show` takes it.
        title: its title, else the name of its file or its address.
        title_marks: where the title holds words of the query.
        published_on: its day, or None.
        source_name: its source, or None.
        score: BM25, or by plain matching how often the words occur; only good for comparing hits of one search.
        passages: the sentences that hold most of the query, the best first; the first sentence, without marks, where
            only the title holds it.
    """

    article_id: str
    title: str
    title_marks: tuple[Mark, ...]
    published_on: date | None
    source_name: str | None
    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: one page of articles, the best first.
        total: how many articles there are on all pages.
        plain: None where the index was used; else why it was not, and plain matching was.
        unknown: words of the query that no article holds.
    """

    hits: tuple[Hit, ...]
    total: int
    plain: str | None
    unknown: tuple[str, ...]


def search(reader: Reader, query: str, filters: Filters | None = None, *, limit: int = 10, offset: int = 0) -> Found:
    """Find the articles that hold all of a query.

    Args:
        reader: the published warehouse; its index is used where it has one.
        query: words and "phrases".
        filters: the days and the source to which the search is limited.
        limit: articles on a page.
        offset: articles before the page.

    Raises:
        SearchError: the query holds no word, or more than a search takes.
    """
    parts, filters, plain = parse_query(reader, query), filters or Filters(), None
    filters = replace(filters, source=filters.source and writable(filters.source))
    try:
        ranking = find_ranked(reader, parts, filters, limit, offset)
    except NoIndexError as error:
        ranking, plain = find_plainly(reader, parts, filters, limit, offset), str(error)
    return Found(_hits(reader, ranking), ranking.total, plain, ranking.unknown)


def _hits(reader: Reader, ranking: Ranking) -> tuple[Hit, ...]:
    chosen = {"articles": [article for article, _ in ranking.page]}
    spans: dict[str, list[Span]] = defaultdict(list)
    for article, *span in cast("Iterable[tuple[str, int, int, int]]", reader.rows(SENTENCES, chosen)):
        spans[article].append((span[0], span[1], span[2]))
    score = dict(ranking.page)
    rows = cast("Iterable[_Row]", reader.rows(TEXTS, chosen))
    hits = {row[0]: _hit(row, score[row[0]], spans[row[0]], ranking.matches) for row in rows}
    return tuple(hits[article] for article, _ in ranking.page)


def _hit(row: "_Row", score: float, spans: Sequence[Span], matches: Sequence[Match]) -> Hit:
    article, title, file, day, source, text, words_of_title, words = row
    in_title = joined(find_places(title or "", words_of_title, matches))
    passages = best_passages(text, spans, find_places(text, words, matches), matches, PASSAGES)
    return Hit(article, title or file, in_title, day, source, score, passages)


_Row = tuple[str, str | None, str, date | None, str | None, str, list[str], list[str]]
"""A row of TEXTS."""
