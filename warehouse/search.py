"""Full-text search: the articles that hold all words of a query, the best first, with the sentences that say it.

A query is words and "phrases in quotes"; `-word` leaves out what holds it. All of them must stand in an article's text
or title, in any form of the word ("sanction" finds "sanctions"); those of a phrase stand side by side as written, so
does a word in quotes. Small letters, capitals and accents are one. A word of several parts ("U.S.", "e-mail") is
a phrase. Scripts without spaces, such as Chinese, are matched by characters: a run of them is a phrase.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.index_file import NoIndexError
from warehouse.passages import Mark, Passage, Quoted, quote
from warehouse.plain_search import find_plainly
from warehouse.ranked_search import find_ranked
from warehouse.reader import Reader
from warehouse.search_query import Filters, Ranking, parse_query

PASSAGES = 3
"""Passages of an article at the most."""
HEADS = """
SELECT article_id, coalesce(title, source_uri), published_on, source_name FROM main.dim_article
WHERE article_id IN (SELECT unnest($articles::VARCHAR[]))
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found.

    Attributes:
        article_id: as `dateline show` takes it.
        title: its title, else its source's path or address.
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
    try:
        ranking = find_ranked(reader, parts, filters, limit, offset)
    except NoIndexError as error:
        ranking, plain = find_plainly(reader, parts, filters, limit, offset), str(error)
    return Found(_hits(reader, ranking), ranking.total, plain, ranking.unknown)


def _hits(reader: Reader, ranking: Ranking) -> tuple[Hit, ...]:
    articles = [article for article, _ in ranking.page]
    heads = {str(row[0]): row[1:] for row in reader.rows(HEADS, {"articles": articles})}
    quoted = quote(reader, articles, ranking.matches, PASSAGES)
    return tuple(_hit(article, score, heads[article], quoted[article]) for article, score in ranking.page)


def _hit(article: str, score: float, head: Sequence[object], quoted: Quoted) -> Hit:
    title, day, source = head
    return Hit(
        article,
        str(title),
        quoted.title_marks,
        day if isinstance(day, date) else None,
        str(source) if source is not None else None,
        score,
        quoted.passages,
    )
