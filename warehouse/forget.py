"""Forget an article: every row of it, and every place where its text was quoted, leaves the tables for good."""

import re
from collections.abc import Iterable

import duckdb

from schemas.contract import columns, qualified_name
from schemas.etl import EtlArticle
from schemas.registry import ALL_TABLES, FACT_TABLES
from warehouse.ddl import history_name
from warehouse.discovered import settle_discovered
from warehouse.link import link_stories, open_stories
from warehouse.questions import FIND_ARTICLE

SHORTEST = 20
"""Letters and digits: a shorter sentence or quotation says nothing of where it comes from."""
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
BESIDES = re.compile(r"[\W_]+")
LEDGER_KEEPS_OUT = "UPDATE etl.article SET state = 'forgotten' WHERE article_id = ?"
QUOTING = {"etl.check": "sample", "etl.run": "message"}
"""Texts of the run's record that may quote a fact; a fact's id begins with its article's."""
COPIES = """
SELECT other.article_id FROM main.article_text AS own
JOIN main.article_text AS other USING (text)
WHERE own.article_id = $article AND other.article_id <> $article
UNION
SELECT other.article_id FROM main.article_story AS own
JOIN main.article_story AS other USING (story_id)
WHERE own.article_id = $article AND other.article_id <> $article
ORDER BY ALL
"""


class UnknownArticleError(ValueError):
    """No article fits the word, or several do."""


def find_to_forget(connection: duckdb.DuckDBPyConnection, word: str) -> str:
    """The one article that a word names: an id or the start of one, the source's id, a URL, a part of title or source.

    By its id it is found as well where it was rejected, taken out or forgotten already.

    Raises:
        UnknownArticleError: the word is empty, no article fits, or several do.
    """
    if not word.strip():
        message = "an empty word names no article: name one by its article_id"
        raise UnknownArticleError(message)
    known = connection.execute("SELECT article_id FROM etl.article WHERE article_id = ?", [word]).fetchall()
    found = known or connection.execute(FIND_ARTICLE, {"word": word}).fetchall()
    if len(found) == 1:
        return str(found[0][0])
    named = ", ".join(str(row[0]) for row in found[:10])
    message = (
        f"{len(found)} articles fit {word!r}: name one by its article_id, as dateline sql 'FROM dim_article' lists it"
        + (f" ({named})" if named else "")
    )
    raise UnknownArticleError(message)


def copies_of(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[str]:
    """The other articles that say the same, word by word or nearly, and stay."""
    return [str(row[0]) for row in connection.execute(COPIES, {"article": article_id}).fetchall()]


def traces_of(connection: duckdb.DuckDBPyConnection, article_id: str) -> tuple[set[str], list[str]]:
    """Where an article came from (its source and its address), and its sentences, as `_sentences` does."""
    query = "SELECT source_uri, url FROM main.dim_article WHERE article_id = ?"
    addresses = {str(place) for row in connection.execute(query, [article_id]).fetchall() for place in row if place}
    return addresses, _sentences(connection, article_id)


def forget_article(connection: duckdb.DuckDBPyConnection, article_id: str) -> int:
    """Delete an article from every table, within the caller's transaction; the ledger keeps it out from now on.

    Returns:
        How many rows were deleted.
    """
    sentences = _sentences(connection, article_id)
    connection.execute("CREATE OR REPLACE TEMP TABLE changed AS SELECT ? AS article_id", [article_id])
    open_stories(connection)
    deleted = sum(_delete(connection, table, article_id) for table in _tables_of_articles())
    connection.execute(LEDGER_KEEPS_OUT, [article_id])
    _unquote_rejects(connection, sentences)
    for table, column in QUOTING.items():
        connection.execute(f"UPDATE {table} SET {column} = NULL WHERE contains({column}, ?)", [article_id])
    settle_discovered(connection)
    link_stories(connection)
    return deleted


def quotes(text: str, sentences: Iterable[str]) -> bool:
    """Whether a text quotes one of the sentences (as `letters` gives them), or is a piece of one."""
    plain = letters(text)
    return any(sentence in plain or (len(plain) >= SHORTEST and plain in sentence) for sentence in sentences)


def letters(text: str) -> str:
    """Letters and digits alone, in small letters: quotation, line breaks and JSON escapes make no difference."""
    return BESIDES.sub("", ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)).lower()


def _tables_of_articles() -> list[str]:
    """Every table with rows of single articles, but the ledger that keeps it out."""
    bound = [
        qualified_name(contract)
        for contract in ALL_TABLES
        if contract is not EtlArticle and any(column.name == "article_id" for column in columns(contract))
    ]
    return [*bound, *(history_name(contract) for contract in FACT_TABLES)]


def _sentences(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[str]:
    """What quotes an article must hold: a sentence or the title of it, or all of it, as `letters` gives them."""
    text = connection.execute(
        "SELECT text, title FROM main.article_text JOIN main.dim_article USING (article_id) WHERE article_id = ?",
        [article_id],
    ).fetchall()
    if not text:
        return []
    spans = connection.execute(
        "SELECT span_start, span_end FROM main.article_sentence WHERE article_id = ?", [article_id]
    ).fetchall()
    body, title = str(text[0][0]), str(text[0][1] or "")
    pieces = [title, body, *([body[start:end] for start, end in spans] or body.splitlines())]
    return [plain for piece in pieces if len(plain := letters(piece)) >= SHORTEST]


def _delete(connection: duckdb.DuckDBPyConnection, table: str, article_id: str) -> int:
    deleted: int = connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id]).fetchall()[0][0]
    return deleted


def _unquote_rejects(connection: duckdb.DuckDBPyConnection, sentences: list[str]) -> None:
    """Empty the raw text of lines that were refused before anybody knew whose they are."""
    rows = connection.sql(
        "SELECT reject_id, raw FROM etl.reject WHERE article_id IS NULL AND raw IS NOT NULL"
    ).fetchall()
    quoting = [[reject_id] for reject_id, raw in rows if quotes(str(raw), sentences)]
    if quoting:
        connection.executemany("UPDATE etl.reject SET raw = NULL WHERE reject_id = ?", quoting)
