"""Values as pages show them: tables with their links, and the rows of a chart as JSON for its drawing."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from markupsafe import Markup

from warehouse.explorer.charts import ChartData

LONG_TEXT = 60
"""Characters from which on a cell is a text that wraps."""
ID_COLUMNS = ("actor_id", "article_id", "claim_key")
"""How the names of columns end whose values have a page."""
NAMED_BY = {"actor_id": ("name", "series"), "article_id": ("title",), "claim_key": ("topic", "status")}
"""The columns that name, for the reader, what an id stands for."""
SENTENCES_A_PAGE = 1000
"""Sentences that one page of the article reader shows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as text, where it leads to, and its kind: number, day, id, text, long."""

    text: str
    kind: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as a page shows it."""

    columns: list[str]
    rows: list[list[Cell]]


def actor_link(actor_id: str, query: str = "") -> str:
    """The address of an actor's page; `query` is the filters that it carries on, as a query string."""
    return f"/actor/{quote(actor_id, safe=':')}{'?' if query else ''}{query}"


def claim_link(claim_key: str, query: str = "") -> str:
    """The address of a claim's page."""
    return f"/claim?{urlencode({'key': claim_key})}{'&' if query else ''}{query}"


def article_link(article_id: str, sentence_no: int | None = None, query: str = "") -> str:
    """The address of an article, at one of its sentences."""
    page = (sentence_no or 0) // SENTENCES_A_PAGE + 1
    asked = "&".join(part for part in (query, f"page={page}" if page > 1 else "") if part)
    place = "" if sentence_no is None else f"#s{sentence_no}"
    return f"/article/{quote(article_id, safe='')}{'?' if asked else ''}{asked}{place}"


def as_text(value: object) -> str:
    """A value as it is shown: numbers with separators, times to the minute, nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.15g}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return str(value)


def shown_table(columns: Sequence[str], rows: Sequence[Sequence[object]], query: str | None) -> ShownTable:
    """Rows as a table: what has a page of its own is a link, and its id is left out where its name stands beside it.

    Args:
        columns: the names of the columns.
        rows: their values.
        query: the filters that links carry on, as a query string; None for a page of its own, which has no links.
    """
    labels = {name: _named_by(name, columns) for name in columns if name.endswith(ID_COLUMNS)}
    ids = {label: name for name, label in labels.items() if label}
    left_out = {*ids.values(), "sentence_no"} if "article_id" in columns else set(ids.values())
    shown = [name for name in columns if name not in left_out]
    cells = []
    for row in rows:
        held = dict(zip(columns, row, strict=True))
        cells.append([_cell(name, ids.get(name, name), held, query) for name in shown])
    return ShownTable(shown, cells)


def script_json(data: ChartData, links: Mapping[str, str], query: str) -> Markup:
    """The rows of a chart as JSON that may stand in a script element: {"columns", "rows", "links", "query"}.

    Args:
        data: the chart's rows.
        links: by column, the address that its value is appended to; empty on a page of its own.
        query: the filters that links carry on, as a query string.
    """
    rows = [[_plain(value) for value in row] for row in data.rows]
    text = json.dumps({"columns": data.columns, "rows": rows, "links": dict(links), "query": query})
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  (nothing in it can end the element or begin another)


def _named_by(id_column: str, columns: Sequence[str]) -> str | None:
    """The column that names what an id stands for: as NAMED_BY has it, or `giver` for giver_actor_id."""
    stem = id_column.removesuffix("_actor_id")
    return next((name for name in NAMED_BY.get(id_column, (stem, f"{stem}_name")) if name in columns), None)


def _cell(name: str, id_column: str, row: Mapping[str, object], query: str | None) -> Cell:
    """The cell of a column, which leads to what `id_column` of its row stands for."""
    value, target = row[name], row[id_column]
    text = as_text(value)
    if target is None or query is None:
        return Cell(text, _kind(name, value, text))
    href = _page_of(id_column, str(target), row, query)
    return Cell(text or str(target), _kind(name, value, text), href)


def _page_of(id_column: str, target: str, row: Mapping[str, object], query: str) -> str | None:
    """The address of what an id stands for, or None where it has no page."""
    if id_column.endswith("actor_id"):
        return actor_link(target, query)
    if id_column == "claim_key":
        return claim_link(target, query)
    if id_column == "article_id":
        sentence = row.get("sentence_no")
        return article_link(target, sentence if isinstance(sentence, int) else None, query)
    return None


def _kind(name: str, value: object, text: str) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    if name.endswith(("_id", "_key")):
        return "id"
    if isinstance(value, date):
        return "day"
    return "long" if len(text) > LONG_TEXT else "text"


def _plain(value: object) -> object:
    """A value as JSON has it: days and times in ISO 8601, null for what is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value
