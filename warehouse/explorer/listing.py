"""Lists of articles, a part at a time."""

from dataclasses import dataclass

from warehouse.explorer.filters import Filters
from warehouse.reader import Reader, Rows

ARTICLES_A_PAGE = 50
LAST_PAGE = 100_000
"""The highest number of a page that an address may name."""

_CHOSEN = """
FROM main.dim_article AS article
WHERE (article.published_on >= $since OR $since IS NULL)
    AND (article.published_on <= $until OR $until IS NULL)
    AND (article.source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
    )
    AND (
        $date IS NULL
        OR article.article_id IN (SELECT article_id FROM main.fact_date_mention WHERE timex_value = $date)
    )
"""
COUNT = f"SELECT count(*) {_CHOSEN}"
ARTICLES = f"""
WITH chosen AS (
    SELECT * {_CHOSEN}
    ORDER BY article.published_on DESC NULLS LAST, article.article_id
    LIMIT $most OFFSET $past
),
mention AS (
    SELECT article_id, count(*) AS mentions FROM main.fact_actor_mention WHERE actor_id = $actor GROUP BY article_id
)
SELECT published_on, coalesce(title, url, parse_filename(source_uri)) AS title, source_name, language,
       word_count AS words, mentions, article_id
FROM chosen LEFT JOIN mention USING (article_id)
ORDER BY published_on DESC NULLS LAST, article_id
"""
"""The articles of one part: mentions are those of the actor that was asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a list: its number from 1, its rows, and how many the whole list has."""

    number: int
    size: int
    total: int
    columns: tuple[str, ...]
    rows: Rows


def list_articles(reader: Reader, filters: Filters, number: int, date: str | None = None) -> Part:
    """A part of the articles, the newest first.

    Args:
        reader: the version.
        filters: what they are limited to.
        number: which part, from 1.
        date: only those that speak of this TIMEX3 value.
    """
    chosen: dict[str, object] = {**filters.parameters(), "date": date}
    del chosen["claim"]
    ((total,),) = reader.rows(COUNT, chosen)
    some = {"most": ARTICLES_A_PAGE, "past": (number - 1) * ARTICLES_A_PAGE}
    columns, rows = reader.fetch(ARTICLES, {**chosen, **some})
    return Part(number, ARTICLES_A_PAGE, int(str(total)), *_without_empty(columns, rows))


def _without_empty(columns: list[str], rows: Rows) -> tuple[tuple[str, ...], Rows]:
    """The columns that hold something: no mentions where no actor is asked for, no source where none is named."""
    held = [place for place in range(len(columns)) if any(row[place] is not None for row in rows)]
    return tuple(columns[place] for place in held), [tuple(row[place] for place in held) for row in rows]
