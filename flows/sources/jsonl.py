"""JSON Lines: one record a line; a bad line is refused, and the others are read."""

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import orjson

from flows.sources.decode import MARK_UNREADABLE, UNREADABLE, decode, marked_encoding, unreadable_units
from flows.sources.discover import SourceFile
from flows.sources.items import Item, Record, Refusal, SourceError, read_fields
from flows.sources.streams import CHUNK, empty_file, open_bytes

LONGEST_LINE = 40_000_000
"""Bytes: a longer line is refused unread, so that no line fills the memory."""
UNREADABLE_BYTES = UNREADABLE.encode("utf-8", "surrogatepass")
OPENING, CLOSING = (b"{", b"["), (b"}", b"]")
"""How an object or a list of JSON begins and ends."""
EXACT_FLOAT = 2**53
"""From here on a number is no longer exact as a float: an id is read again from its digits."""


def read_jsonl(file: SourceFile, mapping: Mapping[str, str]) -> Iterator[Item]:
    """Read JSON Lines; blank lines are passed over.

    Raises:
        SourceError: the file cannot be read, or not to its end.
    """
    with open_bytes(file) as stream:
        for number, line in _lines(stream):
            place = f"line {number}"
            if line is None:
                yield Refusal("too_large", f"a line of more than {LONGEST_LINE} bytes", place)
            elif line.strip():
                yield _read_line(line, place, mapping)


def _read_line(line: bytes, place: str, mapping: Mapping[str, str]) -> Item:
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        try:
            values = _read_leniently(line.strip())
        except SourceError as refused:
            return Refusal(refused.reason, refused.detail, place, _raw(line))
        except (ValueError, RecursionError):
            return Refusal("bad_json", str(error), place, _raw(line))
    if not isinstance(values, dict):
        return Refusal("not_an_object", f"JSON, but a {type(values).__name__}", place, _raw(line))
    fields = read_fields(values, mapping)
    if isinstance(fields.get("id"), float) and abs(float(str(fields["id"]))) >= EXACT_FLOAT:
        fields["id"] = json.loads(line, parse_float=str, parse_int=str)[mapping.get("id", "id")]
    return Record(fields, place)


def _read_leniently(line: bytes) -> object:
    r"""Read what orjson refuses and is JSON all the same: lone surrogates ("\ud800"), and other encodings than UTF-8.

    What cannot be either is told without a look for its encoding, which takes a hundred times as long.

    Raises:
        SourceError: `undecodable`, or what `decode` raises.
        ValueError: it is no JSON.
    """
    if UNREADABLE_BYTES in line:
        raise unreadable_units()
    if line.isascii() and b"\\u" not in line and b"\0" not in line:
        raise ValueError(line[:1])
    if line[:1] in OPENING and line[-1:] not in CLOSING:
        raise ValueError(line[-1:])
    return json.loads(decode(line), parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


def _raw(line: bytes) -> str:
    return line[:40_000].decode("utf-8", "replace")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line; None for a line that is too long."""
    number, rest, skipping = 1, b"", False
    separator = b""
    for block in _blocks(stream):
        separator = separator or (b"\r" if b"\r" in block and b"\n" not in block else b"\n")
        first, *others = block.split(separator)
        if skipping and not others:
            continue
        rest = b"" if skipping else rest + first
        for line in others:
            yield number, None if skipping or len(rest) > LONGEST_LINE else rest
            number, rest, skipping = number + 1, line, False
        if len(rest) > LONGEST_LINE:
            rest, skipping = b"", True
    if rest or skipping:
        yield number, None if skipping else rest


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The file in blocks without its byte order mark, as UTF-8 where that tells of UTF-16 or UTF-32.

    What is marked as UTF-8 is passed on as it is: a line of it may be in another encoding all the same.
    """
    block = stream.read(CHUNK)
    if not block:
        raise empty_file()
    marked = marked_encoding(block)
    if marked is None or marked == "utf-8-sig":
        block = block.removeprefix(codecs.BOM_UTF8)
        while block:
            yield block
            block = stream.read(CHUNK)
        return
    decoder = codecs.getincrementaldecoder(marked)(MARK_UNREADABLE)
    while block:
        yield decoder.decode(block).encode("utf-8", "surrogatepass")
        block = stream.read(CHUNK)
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
