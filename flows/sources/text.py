"""Plain text files: one article each, with an optional header."""

from collections.abc import Iterator

from flows.sources.decode import decode
from flows.sources.discover import SourceFile
from flows.sources.header import take_header
from flows.sources.items import Item, Record
from flows.sources.streams import read_article


def read_text(file: SourceFile) -> Iterator[Item]:
    """Read a plain text file: line ends become LF, the header is taken off, all else stays as it is.

    Raises:
        SourceError: it cannot be read or decoded.
    """
    content = read_article(file)
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    header = take_header(text)
    yield from header.refusals
    yield Record({**header.values, "text": header.body}, published_from="header")
