"""Build the search index of a published version: which words stand in which article how often.

Three tables. `article` numbers the articles and has what a search filters by; `word` has every word as it is written,
folded, and with its stem and the stem's number; `posting` counts a stem in an article. An index goes on from that of
an earlier version where most of it still stands, so that it costs what is new.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.ddl import quoted
from warehouse.index_file import MADE_BY, NoIndexError, index_of, open_index
from warehouse.paths import WarehousePaths
from warehouse.publish import published_version
from warehouse.reader import OFFLINE
from warehouse.storage import remove, sync
from warehouse.words import WORD, folded, load_stemmer

PIECE = 16_000_000
"""Characters of text that are cut into words at a time: bounds the memory."""
MEMORY_LIMIT = "500MB"
DRAFT = ".search.draft"
TABLES = """
CREATE TABLE about (made_by VARCHAR, version VARCHAR);
CREATE TABLE article (article_no INTEGER, article_id VARCHAR, content_sha256 VARCHAR, published_on DATE,
                      source_name VARCHAR, word_count INTEGER);
CREATE TABLE word (word VARCHAR, folded VARCHAR, stem VARCHAR, stem_no INTEGER);
CREATE TABLE posting (stem_no INTEGER, article_no INTEGER, times INTEGER);
"""
SURVEY = "SELECT coalesce(sum(char_count), 0) / 1e6, count(*) FROM warehouse.main.dim_article"
_SAME = "SELECT article_no FROM article JOIN warehouse.main.dim_article USING (article_id, content_sha256)"
STANDING = f"SELECT count(*) FROM ({_SAME})"
DROP_STALE = f"""
CREATE OR REPLACE TEMP TABLE stale AS SELECT article_no FROM article WHERE article_no NOT IN ({_SAME});
DELETE FROM posting WHERE article_no IN (FROM stale);
DELETE FROM article WHERE article_no IN (FROM stale);
DELETE FROM word WHERE stem_no NOT IN (SELECT stem_no FROM posting);
"""
FRESH = f"""
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT (SELECT coalesce(max(article_no), 0) FROM article)
           + (row_number() OVER (ORDER BY article_id))::INTEGER AS article_no,
       article_id, title, published_on, source_name, content_sha256,
       sum(char_count) OVER (ORDER BY article_id) // {PIECE} AS piece
FROM warehouse.main.dim_article WHERE article_id NOT IN (SELECT article_id FROM article)
"""
PIECES = "SELECT DISTINCT piece FROM fresh ORDER BY piece"
CUT = f"""
CREATE OR REPLACE TEMP TABLE token AS
SELECT article_no, unnest(regexp_extract_all(concat_ws(chr(10), title, title, text), '{WORD}')) AS word
FROM fresh JOIN warehouse.main.article_text USING (article_id) WHERE piece = $piece
"""
"""A word of the title counts as two of the text."""
ADD_WORDS = f"""
INSERT INTO word
WITH unknown AS MATERIALIZED (
    SELECT word, {folded("word")} AS folded FROM (SELECT DISTINCT word FROM token) ANTI JOIN word USING (word)
), stemmed AS MATERIALIZED (SELECT word, folded, stem(folded, 'english') AS stem FROM unknown WHERE folded <> '')
SELECT word, folded, stem,
       coalesce(known.stem_no, (SELECT coalesce(max(stem_no), 0) FROM word)
                + (dense_rank() OVER (ORDER BY CASE WHEN known.stem_no IS NULL THEN stem END NULLS LAST))::INTEGER)
FROM stemmed LEFT JOIN (SELECT DISTINCT stem, stem_no FROM word) AS known USING (stem)
ORDER BY stem, word
"""
ADD_POSTINGS = """
INSERT INTO posting
SELECT (place >> 32)::INTEGER, (place & 4294967295)::INTEGER, times
FROM (SELECT (stem_no::BIGINT << 32) | article_no AS place, count(*)::INTEGER AS times
      FROM token JOIN word USING (word) GROUP BY place ORDER BY place)
"""
"""Sorted by stem, so that a search reads only the blocks of its own; one number sorts faster than two."""
ADD_ARTICLES = """
INSERT INTO article
SELECT article_no, article_id, content_sha256, published_on, source_name, coalesce(word_count, 0)
FROM fresh
LEFT JOIN (SELECT article_no, count(*)::INTEGER AS word_count FROM token GROUP BY ALL) USING (article_no)
WHERE piece = $piece
"""


class TextTooLargeError(RuntimeError):
    """The warehouse holds more text than the settings allow an index for."""


def index_is_due(paths: WarehousePaths) -> bool:
    """Whether a version is published that has no index of its own."""
    version = published_version(paths)
    if version is None:
        return False
    try:
        open_index(paths.published.resolve(), version).close()
    except NoIndexError:
        return True
    return False


def make_index(paths: WarehousePaths, most_megabytes: float) -> None:
    """Build the index of the published version; the caller holds the writer's lock.

    Raises:
        TextTooLargeError: there is more text than that.
        NoStemmerError: the package with DuckDB's full-text extension is missing.
    """
    for leftover in paths.versions.rglob(f"*{DRAFT}*"):
        remove(leftover)
    published, version = paths.published.resolve(), str(published_version(paths))
    index, draft = index_of(published), published.with_name(f"{published.name}{DRAFT}")
    earlier = max((file for file in paths.versions.rglob(f"*{index.suffix}") if file != index), default=None)
    try:
        if not (earlier and _go_on(earlier, draft, published, version, most_megabytes)):
            with _writing(draft, published, most_megabytes) as connection:
                connection.execute(TABLES)
                _fill(connection, version)
        sync(draft)
        draft.rename(index)
        sync(index.parent)
    finally:
        _clear(draft)


def _go_on(earlier: Path, draft: Path, published: Path, version: str, most_megabytes: float) -> bool:
    """Bring a copy of an earlier index up to date; False where that is not worth it, or it cannot be read."""
    try:
        shutil.copyfile(earlier, draft)
        with _writing(draft, published, most_megabytes) as connection:
            ((made_by,),) = connection.sql("SELECT made_by FROM about").fetchall()
            ((standing,),), ((_, articles),) = (connection.sql(query).fetchall() for query in (STANDING, SURVEY))
            if made_by == MADE_BY and 2 * standing >= articles:
                connection.execute(DROP_STALE)
                _fill(connection, version)
                return True
    except (OSError, ValueError, duckdb.Error):
        pass  # no index, or a broken one: the new one does not need it
    _clear(draft)
    return False


@contextmanager
def _writing(draft: Path, published: Path, most_megabytes: float) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(draft), config={**OFFLINE, "memory_limit": MEMORY_LIMIT}) as connection:
        connection.execute(f"ATTACH {quoted(str(published))} AS warehouse (READ_ONLY)")
        ((megabytes, _),) = connection.sql(SURVEY).fetchall()
        if megabytes > most_megabytes:
            message = f"{megabytes:.0f} MB of text are more than the setting search_mb ({most_megabytes:g}) indexes"
            raise TextTooLargeError(message)
        load_stemmer(connection)
        yield connection
        connection.execute("CHECKPOINT")


def _clear(draft: Path) -> None:
    for leftover in draft.parent.glob(f"{draft.name}*"):
        remove(leftover)


def _fill(connection: duckdb.DuckDBPyConnection, version: str) -> None:
    connection.execute(FRESH)
    for (piece,) in connection.sql(PIECES).fetchall():
        connection.execute(CUT, {"piece": piece})
        connection.execute(ADD_WORDS)
        connection.execute(ADD_POSTINGS)
        connection.execute(ADD_ARTICLES, {"piece": piece})
    connection.execute("DELETE FROM about")
    connection.execute("INSERT INTO about VALUES (?, ?)", [MADE_BY, version])
