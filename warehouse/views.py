"""The marts for BI: one SQL file each in warehouse/marts/, its leading comment the documentation."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import takewhile

HEAD = """# The marts

Made by `make docs` from the SQL files in warehouse/marts/: change them, not this page. Flat and plainly typed, for BI
tools; the same stands as COMMENT in the warehouse. Those stored as tables are made at each publish.
"""
OWNER, STORED = "Owner table: ", "Stored as: "
"""How the two lines of the leading comment begin that are for the warehouse as well as for the reader."""


@dataclass(frozen=True, slots=True)
class Mart:
    """A mart: its name, the question it answers, what one row is, what each column holds, and its query.

    `owner` is the table of schema main whose rows it shows (or several, with commas between); `stored_as` is what it is
    in the published file, table or view (the build file has views alone).
    """

    name: str
    question: str
    row: str
    owner: str
    stored_as: str
    columns: Mapping[str, str]
    query: str

    @property
    def comment(self) -> str:
        """What a BI tool shows of it: the question, what one row is, and whose rows they are."""
        stop = "" if self.question.endswith("?") else "."
        return f"{self.question}{stop} {self.row} Rows of {self.owner}."


def read_marts() -> list[Mart]:
    """Every mart of warehouse/marts/, by name.

    The first comment line of a file says which question the mart answers, the next ones what one row is; then come
    `-- Owner table: name`, `-- Stored as: table` (or view), and a line `-- column: description` for each column.
    """
    found = (entry for entry in (files("warehouse") / "marts").iterdir() if entry.name.endswith(".sql"))
    read = (_read(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8")) for entry in found)
    return sorted(read, key=lambda mart: mart.name)


def mart_page() -> str:
    """All marts as a page of Markdown."""
    return f"{HEAD}\n" + "\n".join(_section(mart) for mart in read_marts())


def _read(name: str, query: str) -> Mart:
    question, *head = [line.removeprefix("--").strip() for line in takewhile(_is_comment, query.splitlines())]
    owner, stored_as = (_labelled(head, label) for label in (OWNER, STORED))
    rest = [line for line in head if not line.startswith((OWNER, STORED))]
    columns = {column: says for column, _, says in (line.partition(": ") for line in rest) if column.isidentifier()}
    row = " ".join(rest[: len(rest) - len(columns)])
    return Mart(name, question, row, owner, stored_as, columns, query)


def _labelled(head: list[str], label: str) -> str:
    (found,) = (line.removeprefix(label) for line in head if line.startswith(label))
    return found


def _is_comment(line: str) -> bool:
    return line.startswith("--")


def _section(mart: Mart) -> str:
    rows = "\n".join(f"| {name} | {says} |" for name, says in mart.columns.items())
    return (
        f"## mart.{mart.name}\n\n{mart.question}\n\n{mart.row}\n\n"
        f"{mart.stored_as.capitalize()} of rows of {mart.owner}.\n\n| column | description |\n|---|---|\n{rows}\n"
    )
