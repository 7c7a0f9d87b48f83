"""HTML pages: the article's body, and what the page's metadata says of it."""

# ruff: noqa: PLC0415  (trafilatura takes a third of a second to import: only those who read HTML pay for it)

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flows.sources.decode import decode
from flows.sources.discover import SourceFile
from flows.sources.header import field_names
from flows.sources.items import Item, Record, SourceError
from flows.sources.pages import page_about
from flows.sources.published import read_published
from flows.sources.streams import read_article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
DECLARATION_WITHIN = 4096
"""Bytes from the start in which a page may declare its encoding."""
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
OPTIONS: Mapping[str, Any] = {
    "with_metadata": True,
    "include_comments": False,
    "date_extraction_params": {"original_date": True, "extensive_search": False},
}
"""For trafilatura: no comments, and no day of publication guessed from the text."""
OWN_NAMES = {
    "title": "title",
    "author": "author",
    "url": "url",
    "source": "sitename",
    "published_on": "date",
    "language": "language",
}
"""Our fields and trafilatura's names for them: used where the page's metadata do not say."""
TABLE_RULE = re.compile(r"^[|\s:-]+$")
BLOCK_STARTS = ("- ", "| ")
"""How trafilatura begins the items of a list and the rows of a table."""
MARKED_UP = "//meta[@content] | //link[@rel='canonical'][@href] | //html[@lang] | //time[@datetime][@itemprop]"


def read_html(file: SourceFile) -> Iterator[Item]:
    """Read an HTML page; its paragraphs become lines with a blank line between them.

    Raises:
        SourceError: `no_article`, or it cannot be read or decoded.
    """
    values, body = _extract(_decoded(read_article(file), None))
    yield Record({**values, "text": body}, published_from="html")


def read_page(file: SourceFile) -> Iterator[Item]:
    """Read a page that was fetched from the web; its address, and what its feed says of it, stand above the page.

    Raises:
        SourceError: as `read_html`.
    """
    about = page_about(file)
    values, body = _extract(_decoded(read_article(file), about.pop("charset", None)))
    said = {name: value for name, value in about.items() if value}
    dated = said.get("published_on") and read_published(said["published_on"]) is not None
    if not dated:
        said.pop("published_on", None)
    yield Record({**values, **said, "text": body}, published_from="feed" if dated else "html")


def _decoded(content: bytes, charset: str | None) -> str:
    """A page's text, by the encoding that its server named, else by the one that it declares itself."""
    declared = CHARSET.search(content[:DECLARATION_WITHIN])
    named = charset or (declared[1].decode("ascii") if declared else None)
    return XML_DECLARATION.sub("", decode(content, named))


def _extract(page: str) -> tuple[dict[str, object], str]:
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    try:
        tree = load_html(page)
        values = {} if tree is None else _metadata(tree)
        document = None if tree is None else bare_extraction(tree, **OPTIONS)
    except (LxmlError, RecursionError, ValueError) as error:
        raise SourceError(reason="no_article", detail=f"a page that cannot be parsed: {error}") from error
    found = {} if document is None else document if isinstance(document, dict) else document.as_dict()
    own = {ours: found.get(theirs) for ours, theirs in OWN_NAMES.items()}
    fields = {name: value for name, value in {**own, **values}.items() if value}
    body = _paragraphs(found.get("text") or "", str(fields.get("title")))
    if not body:
        raise SourceError(reason="no_article", detail="no article was found in the page")
    return fields, body


def _paragraphs(text: str, title: str) -> str:
    """The body from trafilatura's lines: without the title above it, blank lines around all but lists and tables."""
    lines = [line.strip() for line in text.split("\n") if line.strip() and not TABLE_RULE.match(line)]
    if lines and lines[0] == title:
        del lines[0]
    body = ""
    for before, line in pairwise(["", *lines]):
        same_block = before[:2] == line[:2] and line[:2] in BLOCK_STARTS
        body += line if not before else f"\n{line}" if same_block else f"\n\n{line}"
    return body


def _metadata(tree: "HtmlElement") -> dict[str, object]:
    """Our fields from <meta>, <link> and JSON-LD, by the names of the table header_field."""
    names = field_names("html")
    given: dict[str, str] = {}
    for element in tree.xpath(MARKED_UP):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = element.get("content") or element.get("href") or element.get("datetime") or element.get("lang")
        name = element.get("rel") or name or ("inlanguage" if element.tag == "html" else None)
        if name and value:
            given.setdefault(name.lower(), value.strip())
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        given = _linked_data(script) | given
    values: dict[str, object] = {}
    for name, field in names.items():
        if given.get(name) and _fits(field, given[name]):
            values.setdefault(field, given[name])
    return values


def _fits(field: str, value: str) -> bool:
    """Pages fill these fields with other things too: an author with the address of a profile, a date with anything."""
    if field == "author":
        return not value.startswith("http")
    return field != "published_on" or read_published(value) is not None


def _linked_data(script: str) -> dict[str, str]:
    """The plain values of the JSON-LD object that describes an article."""
    try:
        read = json.loads(script)
    except (ValueError, RecursionError):
        return {}
    graph = read.get("@graph", [read]) if isinstance(read, Mapping) else read
    objects = [thing for thing in graph if isinstance(thing, Mapping)] if isinstance(graph, list) else []
    article = next((thing for thing in objects if "datePublished" in thing or "headline" in thing), {})
    return {str(name).lower(): value for name, item in article.items() if (value := _plain(item))}


def _plain(item: object) -> str | None:
    if isinstance(item, Mapping):
        item = item.get("name")
    if isinstance(item, list):
        item = ", ".join(part for part in map(_plain, item) if part)
    return item if isinstance(item, str) else None
