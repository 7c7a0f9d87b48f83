"""Results on the terminal: a table where its columns have room, a block of labelled lines a row where they have none.

Into a file or a pipe lines are as long as they have to be, so that other programs can read them by lines; the variable
COLUMNS sets a width there as well.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

GAP: Final = 2
"""Blanks between two columns."""
ROOMY: Final = 24
"""Characters that a column keeps at least when it is folded; one that needs no more is never folded."""


@dataclass(frozen=True, slots=True)
class Need:
    """How many characters a column needs at least, so that no word breaks and it is not crowded, and unfolded."""

    least: int
    whole: int

    @classmethod
    def of(cls, cells: Sequence[Text]) -> "Need":
        """What the cells of a column need."""
        whole = max(line.cell_len for cell in cells for line in cell.split(allow_blank=True))
        longest = max(Text(word).cell_len for cell in cells for word in cell.plain.split() or [""])
        return cls(min(whole, max(ROOMY, longest)), whole)


def print_rows(
    console: Console, names: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None
) -> None:
    """Print rows as a table, or each as a block of lines where a table would break words or crowd its columns.

    Args:
        console: where to.
        names: the names of the columns.
        rows: the values; what is null is empty, a Rich text keeps its style.
        title: a line above.
    """
    if title:
        console.print(Text(title, style="bold"))
    cells = [[_cell(value) for value in row] for row in rows]
    needs = _needs(names, cells)
    if is_endless(console):
        console.width = max(console.width, _unfolded(needs))
    widths = _widths(needs, console.width)
    if widths:
        numeric = [any(_stands_right(row[place]) for row in rows) for place in range(len(names))]
        _print_table(console, _table(names, cells, widths, numeric))
    else:
        _print_blocks(console, names, cells)


def fits(console: Console, names: Sequence[str], rows: Sequence[Sequence[object]]) -> bool:
    """Whether a table of the rows stands on the console without a fold."""
    needs = _needs(names, [[_cell(value) for value in row] for row in rows])
    return is_endless(console) or _unfolded(needs) <= console.width


def is_endless(console: Console) -> bool:
    """Whether lines may have any length: they go into a file or a pipe, and nobody has set a width."""
    return not console.is_terminal and "COLUMNS" not in os.environ


def print_hanging(console: Console, text: Text, indent: int = 0, hang: int = 0) -> None:
    """Print a text that stands `indent` from the left; where it is folded, its further lines stand `hang` deeper."""
    if is_endless(console):
        console.print(Text(" " * indent) + text, soft_wrap=True)
        return
    lines = text.wrap(console, max(console.width - indent - hang, ROOMY))
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text(" " * (indent + (hang if number else 0))) + line, soft_wrap=True)


def counted(number: int, one: str) -> str:
    """A number with what it counts: "1 article", "2,000 articles"."""
    return f"{number:,} {one if number == 1 else f'{one}s'}"


def _needs(names: Sequence[str], cells: Sequence[Sequence[Text]]) -> list[Need]:
    return [Need.of([Text(name), *(row[place] for row in cells)]) for place, name in enumerate(names)]


def _unfolded(needs: Sequence[Need]) -> int:
    return sum(need.whole + GAP for need in needs) - GAP


def to_the_right(text: str) -> Text:
    """A cell that stands to the right, as numbers do."""
    return Text(text, justify="right")


def _stands_right(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, Text) and value.justify == "right")


def _cell(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if value is None:
        return Text()
    return Text(f"{value:,.15g}" if isinstance(value, float) else str(value))


def _widths(needs: Sequence[Need], width: int) -> list[int] | None:
    """The width of each column in a table of a width, or None where one has not what it needs at least."""
    widths = [need.least for need in needs]
    spare = width - sum(widths) - GAP * (len(widths) - 1)
    if spare < 0:
        return None
    wanting = sorted(range(len(needs)), key=lambda place: needs[place].whole - needs[place].least)
    for served, place in enumerate(wanting):
        more = min(needs[place].whole - needs[place].least, spare // (len(wanting) - served))
        widths[place] += more
        spare -= more
    return widths


def _table(
    names: Sequence[str], cells: Sequence[Sequence[Text]], widths: Sequence[int], numeric: Sequence[bool]
) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
    for name, width, is_number in zip(names, widths, numeric, strict=True):
        table.add_column(Text(name), width=width, justify="right" if is_number else "left")
    for row in cells:
        table.add_row(*row)
    return table


def _print_table(console: Console, table: Table) -> None:
    """Print a table without the blanks that fill its lines up."""
    for line in console.render_lines(table):
        while line and not line[-1].text.strip():
            line.pop()
        if line:
            line[-1] = Segment(line[-1].text.rstrip(), line[-1].style)
        console.print(Segments([*line, Segment.line()]), end="", soft_wrap=True)


def _print_blocks(console: Console, names: Sequence[str], cells: Sequence[Sequence[Text]]) -> None:
    label = max(Text(name).cell_len for name in names)
    for number, row in enumerate(cells):
        if number:
            console.print()
        block = Table.grid(padding=(0, GAP, 0, 0))
        block.add_column(width=label, style="bold")
        block.add_column(overflow="fold")
        for name, cell in zip(names, row, strict=True):
            block.add_row(Text(name), cell)
        _print_table(console, block)
