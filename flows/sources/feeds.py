"""Feeds and sitemaps: the addresses of articles, with what is said of them there."""

# ruff: noqa: PLC0415  (feedparser takes a moment to import: only those who have feeds pay for it)

import io
import zlib
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from flows.sources.discover import is_address
from flows.sources.fetch import Answer, FetchError

if TYPE_CHECKING:
    from lxml.etree import _Element

FEEDS = frozenset({"rss", "feed", "RDF"})
"""Names of the root of RSS, Atom and RSS 1.0."""
GZIP_START = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed or sitemap.

    Attributes:
        url: the page's address, without a fragment.
        title: its title, or None.
        published: when it was published, ISO 8601, or None.
        updated: what tells whether the page has changed, or None.
        source: the name of the feed, or None.
    """

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or sitemap lists: pages, and further sitemaps."""

    entries: list[Entry]
    sitemaps: list[str]


def read_listing(answer: Answer, most_bytes: int) -> Listing:
    """Read a feed (RSS, Atom) or a sitemap; entries come as they stand there, each address once.

    Args:
        answer: the feed as it was received.
        most_bytes: the largest sitemap that is unpacked.

    Raises:
        FetchError: it is neither.
    """
    body = _unpacked(answer.body or b"", most_bytes)
    root = _root(body)
    kind = _name(root)
    if kind in FEEDS:
        return Listing(_unique(_feed_entries(body, answer)), [])
    if kind == "urlset":
        return Listing(_unique(_sitemap_entries(root, answer.url)), [])
    if kind == "sitemapindex":
        return Listing([], [urljoin(answer.url, found) for found in _texts(root, "sitemap", "loc")])
    message = f"neither a feed nor a sitemap: its root is <{kind}>"
    raise FetchError(message)


def _unpacked(body: bytes, most_bytes: int) -> bytes:
    if not body.startswith(GZIP_START):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(body, most_bytes)
    except zlib.error as error:
        message = f"a broken gzip archive: {error}"
        raise FetchError(message) from error
    if unpacker.unconsumed_tail:
        message = f"an archive that holds more than {most_bytes / 1e6:g} MB"
        raise FetchError(message)
    return found


def _root(body: bytes) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"no XML that can be read: {error}"
        raise FetchError(message) from error
    if root is None:
        message = "no XML that can be read"
        raise FetchError(message)
    return root


def _feed_entries(body: bytes, answer: Answer) -> Iterator[Entry]:
    import feedparser

    kind = f"application/xml; charset={answer.charset}" if answer.charset else "application/xml"
    feed: Any = feedparser.parse(
        io.BytesIO(body), response_headers={"content-type": kind, "content-location": answer.url}
    )
    name = feed.feed.get("title")
    for entry in feed.entries:
        if link := _page(answer.url, entry.get("link")):
            moment = entry.get("published_parsed")
            published = datetime.fromtimestamp(timegm(moment), UTC).isoformat() if moment else None
            updated = entry["updated"] if "updated" in entry else entry.get("published")
            yield Entry(link, entry.get("title"), published, updated, name)


def _sitemap_entries(root: "_Element", base: str) -> Iterator[Entry]:
    for page in root:
        if _name(page) != "url":
            continue
        found = {_name(part): (part.text or "").strip() for part in page.iter()}
        if link := _page(base, found.get("loc")):
            yield Entry(
                link, found.get("title"), found.get("publication_date"), found.get("lastmod"), found.get("name")
            )


def _texts(root: "_Element", outer: str, inner: str) -> Iterator[str]:
    for element in root:
        if _name(element) == outer:
            yield from ((part.text or "").strip() for part in element if _name(part) == inner)


def _page(base: str, link: str | None) -> str | None:
    """An entry's link as a whole address, or None where it is no page of the web."""
    try:
        found = urldefrag(urljoin(base, (link or "").strip())).url
        return found if link and is_address(found) and urlsplit(found).netloc else None
    except ValueError:
        return None


def _unique(entries: Iterator[Entry]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.url, entry)
    return list(found.values())


def _name(element: "_Element") -> str:
    """The local name of an element; comments and processing instructions have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
