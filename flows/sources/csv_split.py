"""Split CSV into rows as RFC 4180 has it, and go on below a row whose quotes are broken."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from flows.sources.items import LARGEST_ARTICLE, SourceError
from schemas.validate import RAW_LENGTH

LARGEST_ROW = 2 * LARGEST_ARTICLE
"""Characters: a row above it is refused, and the end of a broken row is looked for so far."""
READ_AGAIN = 4
"""Lines below broken rows may be read again so many times as there are lines, lest broken quotes cost without end."""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be split into fields.

    Attributes:
        detail: what is wrong with it.
        line: its first line, counted from 1.
        raw: how it begins.
        too_large: whether that is the size of a field.
        is_open: whether the quotes of its first line are not in pairs, so that it may go on over the next lines.
    """

    detail: str
    line: int
    raw: str
    too_large: bool
    is_open: bool


Row = list[str] | BrokenRow


def split_rows(lines: Iterable[str], delimiter: str, width: int, line: int) -> Iterator[Row]:
    """Split lines into rows, [] for a blank one; a row with broken quotes becomes a BrokenRow.

    Splitting goes on at the line below the first of a broken row, so that a quote which is never closed takes no
    other rows with it. Where the broken row may go on over the next lines, these must not pass for rows of their own
    either: they are held until a quote tells. One without a partner is the end of the broken row, and all of them
    are a part of it; a quoted field shows that they are rows. If the file ends before, they are rows if rows above
    were without quotes too.

    Args:
        lines: the lines below the header.
        delimiter: what stands between fields.
        width: how many columns the header has.
        line: number of the first of the lines.

    Raises:
        SourceError, UnicodeError, OSError: what reading the lines raises; the rows before it are given out.
    """
    source = _Lines(lines, line)
    held: _Held | None = None
    plain: bool | None = None
    try:
        for row in _split(source, delimiter):
            if held is not None and held.ends_with(row, source.text):
                yield held.as_one(source.line)
                held = None
                continue
            if held is not None and held.is_over(row, source.text):
                yield from held.rows()
                held = None
            if held is not None:
                held.add(row, source.text)
            elif isinstance(row, BrokenRow) and row.is_open:
                held = _Held(row, delimiter, width)
            else:
                if row and not plain:
                    plain = '"' not in source.text
                yield row
    except (SourceError, UnicodeError, OSError):
        yield from held.at_end(source.line, plain=plain) if held else ()
        raise
    yield from held.at_end(source.line, plain=plain) if held else ()


def _split(source: "_Lines", delimiter: str) -> Iterator[Row]:
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        source.start_row()
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield source.break_row(str(error))
            continue
        if row is None:
            return
        yield row


class _Lines:
    """Lines that know which of them the present row consists of, and take back those that it has no right to."""

    def __init__(self, lines: Iterable[str], line: int) -> None:
        self._lines = iter(lines)
        self._returned: deque[str] = deque()
        self._taken: list[str] = []
        self._first = line
        self._size = self._read = self._again = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._size > LARGEST_ROW:
            message = f"row larger than the limit ({LARGEST_ROW})"
            raise csv.Error(message)
        if self._returned:
            line = self._returned.popleft()
        else:
            line = next(self._lines)
            self._read += 1
        self._taken.append(line)
        self._size += len(line)
        return line

    @property
    def line(self) -> int:
        """Number of the present row's last line."""
        return self._first + len(self._taken) - 1

    @property
    def text(self) -> str:
        """The present row as it stands in the file."""
        return "".join(self._taken)

    def start_row(self) -> None:
        self._first += len(self._taken)
        self._taken.clear()
        self._size = 0

    def break_row(self, detail: str) -> BrokenRow:
        """Make the present row one of a single line, which is broken, if its others may be read again."""
        first, *others = self._taken
        start, too_large = first[:RAW_LENGTH], "limit" in detail
        if self._again > READ_AGAIN * self._read:
            return BrokenRow(_until(detail, self.line), self._first, start, too_large, is_open=False)
        self._again += len(others)
        self._returned.extendleft(reversed(others))
        self._taken = [first]
        return BrokenRow(detail, self._first, start, too_large, _is_odd(first))


@dataclass(slots=True)
class _Held:
    """A broken row that may go on, and what was split below it."""

    broken: BrokenRow
    delimiter: str
    width: int
    below: list[Row] = field(default_factory=list)
    size: int = 0

    def ends_with(self, row: Row, text: str) -> bool:
        """Whether a row is the end of the broken one: it closes a quote that it did not open."""
        return not isinstance(row, BrokenRow) and _is_odd(text)

    def is_over(self, row: Row, text: str) -> bool:
        """Whether a row shows that the broken one does not go on: it has a quoted field where fields are."""
        if self.size > LARGEST_ROW:
            return True
        if isinstance(row, BrokenRow):
            return self._opens_a_field(text)
        return len(row) == self.width and (text.startswith('"') or self._opens_a_field(text))

    def _opens_a_field(self, text: str) -> bool:
        """Whether a quote stands between a delimiter and a word: speech has a comma and a quote at its end ("Yes,")."""
        return re.search(re.escape(self.delimiter) + r'"(?=\S)', text) is not None

    def as_one(self, last: int) -> BrokenRow:
        return replace(self.broken, detail=_until(self.broken.detail, last))

    def add(self, row: Row, text: str) -> None:
        self.below.append(row)
        self.size += len(text)

    def rows(self) -> list[Row]:
        return [self.broken, *self.below]

    def at_end(self, last: int, *, plain: bool | None) -> list[Row]:
        """What is held when the file ends; `plain` tells whether a row above has no quotes, None that none is above."""
        fitting = all(not isinstance(row, BrokenRow) and len(row) in {0, self.width} for row in self.below)
        if not self.below or plain or (plain is None and fitting):
            return self.rows()
        return [self.as_one(last)]


def _until(detail: str, last: int) -> str:
    return f"{detail}; the row goes on to line {last}"


def _is_odd(text: str) -> bool:
    return text.count('"') % 2 == 1
