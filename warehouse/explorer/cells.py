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
SENTENCES_A_PAGE = 1000
"""Sentences that one page of the article reader shows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as text, where it leads to, and its kind: number, id, text, long."""

    text: str
    kind: str
    href: str | None = None


def actor_link(actor_id: str, query: str = "") -> str:
    """The address of an actor's page."""
    return f"/actor/{quote(actor_id, safe=':')}{'?' if query else ''}{query}"


def claim_link(claim_key: str) -> str:
    """The address of a claim's page."""
    return f"/claim?{urlencode({'key': claim_key})}"


def article_link(article_id: str, sentence_no: int | None = None) -> str:
    """The address of an article, at one of its sentences."""
    if sentence_no is None:
        return f"/article/{quote(article_id, safe='')}"
    page = sentence_no // SENTENCES_A_PAGE + 1
    return f"/article/{quote(article_id, safe='')}{f'?page={page}' if page > 1 else ''}#s{sentence_no}"


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


def table_cells(columns: Sequence[str], rows: Sequence[Sequence[object]], query: str | None) -> list[list[Cell]]:
    """The rows as cells; ids of actors, claims and articles are links unless `query` is None (a page of its own).

    Args:
        columns: the names of the columns.
        rows: their values.
        query: the filters that links carry on, as a query string.
    """
    return [
        [
            _cell(name, value, dict(zip(columns, row, strict=True)), query)
            for name, value in zip(columns, row, strict=True)
        ]
        for row in rows
    ]


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


def _cell(name: str, value: object, row: Mapping[str, object], query: str | None) -> Cell:
    text = as_text(value)
    if value is None or query is None:
        return Cell(text, _kind(name, value, text))
    if name == "actor_id" or name.endswith("_actor_id"):
        return Cell(text, "id", actor_link(text, query))
    if name == "claim_key":
        return Cell(text, "id", claim_link(text))
    if name == "article_id":
        sentence = row.get("sentence_no")
        return Cell(text, "id", article_link(text, sentence if isinstance(sentence, int) else None))
    return Cell(text, _kind(name, value, text))


def _kind(name: str, value: object, text: str) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    if name.endswith(("_id", "_key")):
        return "id"
    return "long" if len(text) > LONG_TEXT else "text"


def _plain(value: object) -> object:
    """A value as JSON has it: days and times in ISO 8601, null for what is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value
