"""Read the articles of a source, batch after batch, whatever its format: what is refused is said, with its reason."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from flows.sources.csv_rows import read_csv
from flows.sources.discover import SourceFile
from flows.sources.html import read_html, read_page
from flows.sources.items import FIELDS, Item, Refusal, SourceError
from flows.sources.jsonl import read_jsonl
from flows.sources.parquet import read_parquet
from flows.sources.records import ARTICLE_SCHEMA, Article, to_article
from flows.sources.streams import file_sha256
from flows.sources.text import read_text
from schemas.contract import polars_schema
from schemas.etl import EtlReject
from schemas.validate import RAW_LENGTH, no_rejects, reject_id

__all__ = ["ReadBatch", "UnknownFieldError", "file_sha256", "read_articles"]

REJECTS_HELD = 10_000
"""A batch is given out when it holds so many rejects, however little text: a file of bad lines stays flat too."""

READERS: Mapping[str, Callable[[SourceFile, Mapping[str, str]], Iterator[Item]]] = {
    "text": lambda file, _: read_text(file),
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
    "html": lambda file, _: read_html(file),
    "page": lambda file, _: read_page(file),
}


class UnknownFieldError(ValueError):
    """A mapping names a field that articles do not have."""


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Some of a source's articles.

    Attributes:
        articles: the columns of ARTICLE_SCHEMA.
        rejects: the staged columns of etl.reject.
        text_bytes: size of the texts.
    """

    articles: pl.DataFrame
    rejects: pl.DataFrame
    text_bytes: int


def read_articles(file: SourceFile, mapping: Mapping[str, str], batch_bytes: int) -> Iterator[ReadBatch]:
    """Read a source in batches of about `batch_bytes` of text; at least one batch, which may be empty.

    What cannot be read is a reject with its reason, never an error, and what was read before it stands.

    Args:
        file: the source.
        mapping: the source's names for our fields, where they differ (text -> body), for records in JSON Lines, CSV
            and Parquet.
        batch_bytes: size of the texts in a batch, in bytes.

    Raises:
        UnknownFieldError: the mapping names a field that articles do not have.
    """
    if unknown := sorted(set(mapping) - set(FIELDS)):
        message = f"articles have no field {', '.join(unknown)}; they have {', '.join(FIELDS)}"
        raise UnknownFieldError(message)
    articles: list[Article] = []
    refusals: list[Refusal] = []
    size = 0
    for item in _items(file, mapping):
        if isinstance(item, Refusal):
            refusals.append(item)
        else:
            article, text_bytes, refused = to_article(item, file)
            refusals.extend(refused)
            if article:
                articles.append(article)
            size += text_bytes
        if size >= batch_bytes or len(refusals) >= REJECTS_HELD:
            yield ReadBatch(_articles(articles), _rejects(refusals, file.uri), size)
            articles, refusals, size = [], [], 0
    yield ReadBatch(_articles(articles), _rejects(refusals, file.uri), size)


def _items(file: SourceFile, mapping: Mapping[str, str]) -> Iterator[Item]:
    """The reader's items; what stops it becomes the last refusal."""
    if file.refused:
        yield Refusal("unreadable", file.refused)
        return
    try:
        yield from READERS[file.format](file, mapping)
    except SourceError as error:
        yield Refusal(error.reason, error.detail, error.place)
    except UnicodeError as error:
        yield Refusal("undecodable", str(error))
    except csv.Error as error:
        yield Refusal("broken_table", str(error))
    except OSError as error:
        yield Refusal("unreadable", error.strerror or str(error))


def _articles(articles: list[Article]) -> pl.DataFrame:
    columns = zip(*articles, strict=True) if articles else ([] for _ in ARTICLE_SCHEMA)
    series = [
        pl.Series(name, values, dtype=kind)
        for (name, kind), values in zip(ARTICLE_SCHEMA.items(), columns, strict=True)
    ]
    return pl.DataFrame(series)


def _rejects(refusals: list[Refusal], uri: str) -> pl.DataFrame:
    if not refusals:
        return no_rejects()
    rows = [
        {
            "reject_id": reject_id(uri, refusal.place, refusal.reason, raw := _shortened(refusal.raw)),
            "severity": refusal.severity,
            "reason": refusal.reason,
            "detail": _shortened(refusal.detail),
            "source_uri": uri,
            "place": refusal.place,
            "article_id": refusal.article_id,
            "raw": raw,
        }
        for refusal in refusals
    ]
    return pl.DataFrame(rows, schema=polars_schema(EtlReject, staged=True))


def _shortened(raw: str | None) -> str | None:
    """At most RAW_LENGTH characters, all of which can be written."""
    return None if raw is None else raw[:RAW_LENGTH].encode("utf-8", "replace").decode()
