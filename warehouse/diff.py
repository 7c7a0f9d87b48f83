"""What differs between two warehouse files, value by value: facts that came, went or changed, by table and rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.ddl import quoted
from warehouse.reader import OFFLINE, NoWarehouseError

BESIDES = ("rule", "run_id", "loaded_at")
"""Columns that are no value: who made a row, and when."""
COMPARED = """
CREATE OR REPLACE TEMP VIEW compared AS
SELECT
    coalesce(new.{key}, old.{key}) AS fact_id,
    coalesce(new.{surface}, old.{surface}) AS surface,
    coalesce(new.{rule}, old.{rule}) AS rule,
    CASE
        WHEN old.{key} IS NULL THEN 'added'
        WHEN new.{key} IS NULL THEN 'gone'
        WHEN {same} THEN 'same'
        ELSE 'changed'
    END AS difference,
    {sides}
FROM old.main.{table} AS old
FULL JOIN new.main.{table} AS new ON new.{key} = old.{key}
"""
COUNTED = """
SELECT '{table}', rule, count(*) FILTER (difference = 'added'), count(*) FILTER (difference = 'gone'),
       count(*) FILTER (difference = 'changed'), count(*) FILTER (difference = 'same')
FROM compared GROUP BY rule ORDER BY rule
"""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many rows of a table and rule came, went, changed or stayed; an article has no rule."""

    table: str
    rule: str
    added: int
    gone: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Example:
    """One difference: the row, its surface (an article's title), and for a change the column with both values."""

    table: str
    difference: str
    fact_id: str
    surface: str | None
    column: str | None = None
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """All differences, with how many rows of which column changed, and examples."""

    counts: list[RuleCount]
    columns: list[tuple[str, str, int]]
    examples: list[Example]


def compare(old: Path, new: Path, most: int) -> Difference:
    """Compare the articles and facts of two warehouse files.

    A fact is the same one where its id is: article, table and span. Columns that only one of the files has are not
    compared, nor is the name of the rule: a fact that another rule finds with the same values is the same.

    Args:
        old: a warehouse file.
        new: another.
        most: examples of each kind to give for each table.

    Raises:
        NoWarehouseError: one of them is no warehouse file.
    """
    found = Difference([], [], [])
    with duckdb.connect(config=OFFLINE) as connection:
        for name, path in (("old", old), ("new", new)):
            _attach(connection, name, path)
        for table, columns in _shared_tables(connection).items():
            _compare_table(connection, table, columns, most, found)
    return found


def _attach(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    try:
        connection.execute(f"ATTACH {quoted(str(path.resolve(strict=True)))} AS {name} (READ_ONLY)")
        connection.execute(f"FROM {name}.main.dim_article LIMIT 0")
    except FileNotFoundError as error:
        message = f"there is no warehouse file {path}: name two, or one that a run has published"
        raise NoWarehouseError(message) from error
    except (OSError, duckdb.Error) as error:
        message = f"{path} is no warehouse file that can be read: {str(error).splitlines()[0]}"
        raise NoWarehouseError(message) from error


def _shared_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The articles and the fact tables that both files have, with the columns of both; the first one is the key."""
    rows = connection.sql(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name IN ('old', 'new') AND schema_name = 'main' "
        "AND (table_name = 'dim_article' OR starts_with(table_name, 'fact_')) "
        "GROUP BY ALL HAVING count(*) = 2 ORDER BY table_name, min(column_index)"
    ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column in rows:
        tables.setdefault(table, []).append(column)
    return tables


def _compare_table(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], most: int, found: Difference
) -> None:
    key, *others = columns
    values = [column for column in others if column not in BESIDES]
    connection.execute(
        COMPARED.format(
            table=table,
            key=key,
            surface="title" if table == "dim_article" else "surface",
            rule="extraction" if table == "dim_article" else "rule",
            same=" AND ".join(f"old.{column} IS NOT DISTINCT FROM new.{column}" for column in values),
            sides=", ".join(f"old.{column} AS old_{column}, new.{column} AS new_{column}" for column in values),
        )
    )
    found.counts.extend(RuleCount(*row) for row in connection.sql(COUNTED.format(table=table)).fetchall())
    for difference in ("added", "gone"):
        query = "SELECT fact_id, surface FROM compared WHERE difference = ? ORDER BY fact_id LIMIT ?"
        rows = connection.execute(query, [difference, most]).fetchall()
        found.examples.extend(Example(table, difference, *row) for row in rows)
    for column in values:
        _compare_column(connection, table, column, most, found)


def _compare_column(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, most: int, found: Difference
) -> None:
    where = f"WHERE difference = 'changed' AND old_{column} IS DISTINCT FROM new_{column}"
    changed: int = connection.sql(f"SELECT count(*) FROM compared {where}").fetchall()[0][0]
    if changed:
        found.columns.append((table, column, changed))
        query = f"SELECT fact_id, surface, old_{column}::VARCHAR, new_{column}::VARCHAR FROM compared {where}"
        rows = connection.execute(f"{query} ORDER BY fact_id LIMIT ?", [most]).fetchall()
        found.examples.extend(
            Example(table, "changed", fact_id, surface, column, old, new) for fact_id, surface, old, new in rows
        )
