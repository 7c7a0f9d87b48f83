"""The views for BI: one SQL file a view in warehouse/marts/, its leading comment the documentation."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import takewhile

HEAD = """# The marts

Made by `make docs` from the SQL files in warehouse/marts/: change them, not this page. Flat views for BI tools; the
same stands as COMMENT in the warehouse.
"""


@dataclass(frozen=True, slots=True)
class Mart:
    """A view: its name, the question it answers, what one row is, what each column holds, and its query."""

    name: str
    question: str
    row: str
    columns: Mapping[str, str]
    query: str


def read_marts() -> list[Mart]:
    """Every view of warehouse/marts/, by name.

    The first comment line of a file says which question the view answers, the next ones what one row is, then there is
    a line `-- column: description` for each column.
    """
    found = (entry for entry in (files("warehouse") / "marts").iterdir() if entry.name.endswith(".sql"))
    read = (_read(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8")) for entry in found)
    return sorted(read, key=lambda mart: mart.name)


def mart_page() -> str:
    """All views as a page of Markdown."""
    return f"{HEAD}\n" + "\n".join(_section(mart) for mart in read_marts())


def _read(name: str, query: str) -> Mart:
    head = [line.removeprefix("--").strip() for line in takewhile(_is_comment, query.splitlines())]
    columns = {column: says for column, _, says in (line.partition(": ") for line in head) if column.isidentifier()}
    return Mart(name, head[0], " ".join(head[1 : len(head) - len(columns)]), columns, query)


def _is_comment(line: str) -> bool:
    return line.startswith("--")


def _section(mart: Mart) -> str:
    rows = "\n".join(f"| {name} | {says} |" for name, says in mart.columns.items())
    return f"## mart.{mart.name}\n\n{mart.question}\n\n{mart.row}\n\n| column | description |\n|---|---|\n{rows}\n"
