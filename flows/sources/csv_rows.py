"""CSV: a header, then one record a row; a bad row is refused, and the others are read."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping

from flows.sources.csv_split import BrokenRow, split_rows
from flows.sources.decode import MARK_UNREADABLE, SAMPLE, UNREADABLE, decode, detect, marked_encoding, unreadable_units
from flows.sources.discover import SourceFile
from flows.sources.items import LARGEST_ARTICLE, Item, Record, Refusal, SourceError, read_fields
from flows.sources.streams import empty_file, open_bytes
from schemas.validate import RAW_LENGTH

DELIMITERS = ",;\t|"
WIDE = ("utf-16", "utf-32")
FIRST_ROW = 2
"""Number of the line below the header."""
LONGEST_HEADER = 1_000_000
"""Characters: a longer first line is no header, and is refused unread."""


def read_csv(file: SourceFile, mapping: Mapping[str, str]) -> Iterator[Item]:
    """Read CSV as RFC 4180 has it; the delimiter is the one of `,`, `;`, tab and `|` that splits the header best.

    Raises:
        SourceError: `missing_column`, `too_large` (the header) or what opening raises; the rows before it stand.
    """
    csv.field_size_limit(LARGEST_ARTICLE)
    with open_bytes(file) as stream:
        sample = stream.peek(SAMPLE) if isinstance(stream, io.BufferedReader) else b""
        if not sample:
            raise empty_file()
        encoding = _encoding(sample)
        errors = MARK_UNREADABLE if encoding in WIDE else "surrogateescape"
        lines = io.TextIOWrapper(stream, encoding, errors=errors, newline="")
        yield from _records(lines, mapping)


def _records(lines: io.TextIOWrapper, mapping: Mapping[str, str]) -> Iterator[Item]:
    text_column = mapping.get("text", "text")
    first = lines.readline(LONGEST_HEADER)
    if len(first) == LONGEST_HEADER:
        raise SourceError(reason="too_large", detail=f"a header of more than {LONGEST_HEADER} characters")
    if "\0" in first:
        raise SourceError(reason="binary_content", detail="NUL bytes in the header")
    delimiter = max(DELIMITERS, key=lambda mark: _columns(first, mark).count(text_column) * 1000 + first.count(mark))
    columns = _columns(first, delimiter)
    if text_column not in columns:
        raise SourceError(reason="missing_column", detail=f"no column {text_column}; there are {', '.join(columns)}")
    rows = (row for row in split_rows(lines, delimiter, len(columns), FIRST_ROW) if row)
    for number, row in enumerate(rows, 1):
        if isinstance(row, BrokenRow):
            reason = "too_large" if row.too_large else "broken_table"
            yield Refusal(reason, row.detail, f"row {number}, line {row.line}", row.raw)
        else:
            yield _record(row, columns, f"row {number}", mapping)


def _encoding(sample: bytes) -> str:
    """The file's encoding by its start; bytes that are not in it are decoded field by field."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return marked_encoding(sample) or detect(sample) or "utf-8"
    return marked_encoding(sample) or "utf-8"


def _columns(line: str, delimiter: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]


def _record(row: list[str], columns: list[str], place: str, mapping: Mapping[str, str]) -> Item:
    if len(row) != len(columns):
        detail = f"{len(row)} fields, the header has {len(columns)}"
        return Refusal("broken_table", detail, place, ",".join(row)[:RAW_LENGTH])
    fields = read_fields(dict(zip(columns, row, strict=True)), mapping)
    if all(str(value).isascii() or _is_whole(str(value)) for value in fields.values()):
        return Record({field: value for field, value in fields.items() if value != ""}, place)
    try:
        return Record({field: _mend(str(value)) for field, value in fields.items() if value != ""}, place)
    except SourceError as refused:
        return Refusal(refused.reason, refused.detail, place)


def _is_whole(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _mend(value: str) -> str:
    """Decode again, by a detected encoding, a field that was not in the file's own.

    Raises:
        SourceError: `undecodable`.
    """
    if UNREADABLE in value:
        raise unreadable_units()
    return decode(value.encode("utf-8", "surrogateescape"))
