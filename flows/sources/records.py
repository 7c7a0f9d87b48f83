"""From records as sources write them to articles: fields checked, identity, content hash, day of publication."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import NamedTuple

import polars as pl

from flows.sources.discover import SourceFile
from flows.sources.items import LARGEST_ARTICLE, Record, Refusal
from flows.sources.published import Published, published_in_name, read_published

ARTICLE_SCHEMA = pl.Schema(
    {
        "article_id": pl.String(),
        "external_id": pl.String(),
        "source_uri": pl.String(),
        "source_name": pl.String(),
        "url": pl.String(),
        "title": pl.String(),
        "author": pl.String(),
        "language": pl.String(),
        "published_on": pl.Date(),
        "published_at": pl.Datetime("us"),
        "published_from": pl.String(),
        "text": pl.String(),
        "content_sha256": pl.String(),
    }
)
"""The articles that reading gives; `language` is the source's own word for it, or null."""

ONE_ARTICLE = frozenset({"text", "html", "page"})
"""Formats whose files hold one article each: their path identifies it, and their name may date it."""

VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f]")
SEPARATOR = "\x1f"


class Article(NamedTuple):
    """One row of ARTICLE_SCHEMA."""

    article_id: str
    external_id: str | None
    source_uri: str
    source_name: str | None
    url: str | None
    title: str | None
    author: str | None
    language: str | None
    published_on: date | None
    published_at: datetime | None
    published_from: str
    text: str
    content_sha256: str


class _Dated(NamedTuple):
    published: Published | None
    origin: str


def to_article(record: Record, file: SourceFile) -> tuple[Article | None, int, list[Refusal]]:
    """Check a record and make its article.

    The article's identity is its source's name and own id, else its URL, else its path within the source folder; in a
    file of many articles the path together with the content's hash.

    Returns:
        The article or None, the size of its text in bytes, and what was refused: the record, or single fields of it.
    """
    text = record.values.get("text")
    if not isinstance(text, str):
        return None, 0, [_no_text(text, record.place)]
    text, encoded = _encode(text)
    if not VISIBLE.search(text):
        return None, 0, [Refusal("empty_text", "a text without a visible character", record.place)]
    if len(encoded) > LARGEST_ARTICLE:
        detail = f"a text of {len(encoded)} bytes; the limit for one article is {LARGEST_ARTICLE}"
        return None, 0, [Refusal("too_large", detail, record.place, text[:1000])]
    refusals: list[Refusal] = []
    fields = {name: _plain(record, name, refusals) for name in ("id", "source", "url", "title", "author", "language")}
    dated = _publication(record, file, refusals)
    digest = _digest(encoded, fields, dated.published)
    article_id = _sha256(_identity(fields, file, digest).encode())[:16]
    article = Article(
        article_id,
        fields["id"],
        file.uri,
        fields["source"],
        fields["url"],
        fields["title"],
        fields["author"],
        fields["language"],
        dated.published.day if dated.published else None,
        dated.published.time if dated.published else None,
        dated.origin,
        text,
        digest,
    )
    return article, len(encoded), [_of(refusal, article_id) for refusal in refusals]


def _of(refusal: Refusal, article_id: str) -> Refusal:
    return Refusal(refusal.reason, refusal.detail, refusal.place, refusal.raw, refusal.severity, article_id)


def _no_text(text: object, place: str | None) -> Refusal:
    if text is None:
        return Refusal("missing_text", "a record without text", place)
    return Refusal("bad_type", f"the text is a {type(text).__name__}", place, str(text)[:1000])


def _encode(text: str) -> tuple[str, bytes]:
    """The text and its bytes; a lone surrogate, which no encoding can write, becomes U+FFFD."""
    try:
        return text, text.encode()
    except UnicodeEncodeError:
        mended = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return mended, mended.encode()


def _plain(record: Record, name: str, refusals: list[Refusal]) -> str | None:
    """A field as text without white space around it; null where it is empty or of a type that is no plain value."""
    value = record.values.get(name)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ", ".join(value)
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if value is None or isinstance(value, str):
        return _encode(value.strip())[0] or None if value else None
    detail = f"{name} is a {type(value).__name__}: left out"
    refusals.append(Refusal("bad_type", detail, _within(record.place, name), str(value), "warning"))
    return None


def _publication(record: Record, file: SourceFile, refusals: list[Refusal]) -> _Dated:
    """The day of publication: as given, else from the file's name; a day that cannot be read leaves none."""
    given = record.values.get("published_on")
    if given is not None and given != "":
        published = read_published(given)
        if published is None:
            place = _within(record.place, "published_on")
            refusals.append(Refusal("bad_date", "no day that can be read", place, str(given), "warning"))
        return _Dated(published, record.published_from if published else "none")
    named = published_in_name(PurePosixPath(file.relative).name) if file.format in ONE_ARTICLE else None
    return _Dated(named, "filename" if named else "none")


def _within(place: str | None, name: str) -> str:
    return name if place is None else f"{place}, {name}"


def _identity(fields: Mapping[str, str | None], file: SourceFile, digest: str) -> str:
    if fields["id"]:
        return SEPARATOR.join(("id", fields["source"] or "", fields["id"]))
    if fields["url"]:
        return SEPARATOR.join(("url", fields["url"]))
    path = ("path", file.relative) if file.format in ONE_ARTICLE else ("path", file.relative, digest)
    return SEPARATOR.join(path)


def _digest(encoded: bytes, fields: Mapping[str, str | None], published: Published | None) -> str:
    """SHA-256 of text and fields, the same on every machine and wherever the file lies."""
    day, time = published or (None, None)
    parts = (*(fields[name] or "" for name in sorted(fields)), str(day or ""), time.isoformat() if time else "")
    return _sha256(SEPARATOR.join(parts).encode() + b"\x1e" + encoded)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
