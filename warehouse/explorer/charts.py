"""The charts: one SQL file each in warehouse/explorer/charts/, its leading comment says what it shows and how."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import dropwhile, takewhile

from warehouse.explorer.filters import Filters
from warehouse.reader import QueryError, Reader

KINDS = ("bar", "line", "sankey", "network", "calendar", "map", "range", "table")
"""How a chart is drawn; `table` has no drawing."""
SQL_TYPE = {"since": "DATE", "until": "DATE", "source": "VARCHAR", "actor": "VARCHAR", "claim": "VARCHAR"}
"""The type of each parameter that a chart may have."""
PARAMETER = re.compile(rf"\$({'|'.join(SQL_TYPE)})\b")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its name, title, what one sees, how it is drawn, the filters it obeys, and its query."""

    name: str
    title: str
    note: str
    kind: str
    filters: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class ChartData:
    """The rows of a chart under some filters, the query that gives them, and the filters that it does not obey.

    `fault` says why there are no rows where DuckDB refused the query: a file that an older Dateline made lacks what
    newer charts read.
    """

    chart: Chart
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    sql: str
    ignored: tuple[str, ...]
    fault: str | None = None


def read_charts() -> Mapping[str, Chart]:
    """Every chart by its name, which is that of its file.

    Raises:
        ValueError: a file whose header lacks the title or names an unknown kind or filter.
    """
    found = (entry for entry in (files("warehouse") / "explorer" / "charts").iterdir() if entry.name.endswith(".sql"))
    charts = (read_chart(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8")) for entry in found)
    return {chart.name: chart for chart in sorted(charts, key=lambda chart: chart.name)}


def read_chart(name: str, text: str) -> Chart:
    """A chart from its file: comment lines with the title, what one sees, `kind:` and `filters:`, then the query.

    Raises:
        ValueError: the header lacks the title or names an unknown kind or filter.
    """
    head = [line.removeprefix("--").strip() for line in takewhile(_is_comment, text.splitlines())]
    fields = {key: says.strip() for key, colon, says in (line.partition(":") for line in head) if colon}
    said = [line for line in head if not line.startswith(("kind:", "filters:"))]
    chart = Chart(
        name=name,
        title=said[0] if said else "",
        note=" ".join(said[1:]),
        kind=fields.get("kind", ""),
        filters=tuple(fields.get("filters", "").split()),
        query="\n".join(dropwhile(_is_comment, text.splitlines())).strip().rstrip(";"),
    )
    if not chart.title or chart.kind not in KINDS or set(chart.filters) - SQL_TYPE.keys():
        message = f"charts/{name}.sql: its header needs a title, a kind of {KINDS} and filters of {tuple(SQL_TYPE)}"
        raise ValueError(message)
    return chart


def run_chart(reader: Reader, chart: Chart, filters: Filters) -> ChartData:
    """The rows of a chart under the filters that it obeys; none, and the fault, where DuckDB refuses its query."""
    values = filters.parameters()
    sql = written_out(chart, filters)
    ignored = tuple(name for name, value in values.items() if value is not None and name not in chart.filters)
    try:
        columns, rows = reader.fetch(chart.query, {name: values[name] for name in chart.filters})
    except QueryError as error:
        return ChartData(chart, (), (), sql, ignored, f"{error}; `dateline run` brings an older warehouse up to date")
    return ChartData(chart, tuple(columns), tuple(rows), sql, ignored)


def written_out(chart: Chart, filters: Filters) -> str:
    """The query with the filters as literals in it, so that it runs as it stands, below the chart's title."""
    values = filters.parameters()
    literal = {name: _literal(values[name], SQL_TYPE[name]) for name in chart.filters}
    return f"-- {chart.title}\n" + PARAMETER.sub(lambda found: literal[found[1]], chart.query)


def _literal(value: date | str | None, sql_type: str) -> str:
    if value is None:
        return f"NULL::{sql_type}"
    text = str(value).replace("'", "''")
    return f"DATE '{text}'" if sql_type == "DATE" else f"'{text}'"


def _is_comment(line: str) -> bool:
    return line.startswith("--")
