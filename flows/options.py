"""The options that commands share, and those of commands that take many, as the command line reads them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from flows.settings import Settings

Flags = Annotated[Settings | None, Parameter(name="*")]
"""The settings as flags: None where none was given."""
Warehouse = Annotated[
    Path | None, Parameter(name=["--warehouse", "-w"], help="The warehouse file, if not that of the settings.")
]
Mapping = Annotated[tuple[str, ...], Parameter(name="--map", help="OURS=THEIRS: our field in the source's column.")]
Flag = Parameter(negative="")
"""A flag that has no opposite."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How `dateline export` writes what."""

    form: Annotated[Literal["parquet", "csv", "xlsx"], Parameter(name="--format")] = "parquet"
    """Parquet, CSV, or one Excel workbook with a sheet a table."""
    table: Annotated[tuple[str, ...], Parameter(negative="", show_default=False)] = ()
    """A table, such as fact_figure, etl.run or mart.claims; may be given more than once. All where none is."""
    month_rows: int = 1_000_000
    """A table of articles with more rows is written as a file a month of publication."""
    licence: str | None = None
    """The licence that you give the export, such as CC-BY-4.0, for its description."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What the page of `dateline report` is limited to, and how it is called."""

    since: Annotated[date | None, Parameter(show_default=False)] = None
    """The first day of publication."""
    until: Annotated[date | None, Parameter(show_default=False)] = None
    """The last day of publication."""
    source: str | None = None
    """The source that published it."""
    actor: str | None = None
    """The actor that articles name, by id or name."""
    title: str | None = None
    """The heading of the page."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What `dateline search` finds, and how it prints it."""

    since: Annotated[date | None, Parameter(show_default=False)] = None
    """Only articles published on this day or later."""
    until: Annotated[date | None, Parameter(show_default=False)] = None
    """Only articles published on this day or earlier."""
    source: str | None = None
    """Only articles of this source."""
    limit: Annotated[int, Parameter(validator=Number(gte=1))] = 10
    """Articles to show."""
    offset: Annotated[int, Parameter(validator=Number(gte=0))] = 0
    """Articles to pass over."""
    form: Annotated[Literal["table", "jsonl"], Parameter(name="--format")] = "table"
    """Text to read, or JSON Lines with scores, sentences and the places of the words."""
