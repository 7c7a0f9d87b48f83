"""The tables and marts that can be exported, as the published file describes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.contract import Contract, key, qualified_name
from schemas.registry import ALL_TABLES, FACT_TABLES
from warehouse.ddl import history_name
from warehouse.migrate import OtherSchemaError, check_schema
from warehouse.reader import Reader

CONTRACTS: Mapping[str, type[Contract]] = {qualified_name(contract): contract for contract in ALL_TABLES}
"""The contract of each table by its qualified name."""
HISTORY: Mapping[str, type[Contract]] = {history_name(contract): contract for contract in FACT_TABLES}
"""The contract whose superseded rows a table of schema `hist` keeps, by the qualified name of that table."""
MONTH = "published_month"
"""The folder of a month: published_month=2017-01."""

SCHEMAS = ("main", "mart", "etl", "hist")
"""The schemas in the order in which readers want them."""
CATALOGUE = """
SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() WHERE NOT internal AND NOT temporary
UNION ALL
SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary
"""
COLUMNS = """
SELECT schema_name || '.' || table_name, column_name, data_type, comment
FROM duckdb_columns() WHERE NOT internal ORDER BY schema_name, table_name, column_index
"""


class ExportError(ValueError):
    """An export that cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column as the file has it: name, DuckDB's type, comment."""

    name: str
    duckdb_type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table or mart: its name with its schema, what it holds, its columns."""

    name: str
    comment: str
    fields: tuple[Field, ...]

    @property
    def order(self) -> str:
        """The order of its rows: by its key, where it has a contract, else by its columns from the first on."""
        contract = CONTRACTS.get(self.name)
        return ", ".join(key(contract)) if contract else "ALL"

    @property
    def month(self) -> str | None:
        """The SQL of the month of publication of a row of `rows`; None where a row is of no article."""
        names = {field.name for field in self.fields}
        if "published_on" in names:
            return "strftime(rows.published_on, '%Y-%m')"
        if "article_id" in names:
            return "(SELECT strftime(published_on, '%Y-%m') FROM main.dim_article WHERE article_id = rows.article_id)"
        return None


def chosen_tables(reader: Reader, names: Sequence[str]) -> list[Table]:
    """The tables of these names, or all of the warehouse; a table of main may be named without its schema.

    Raises:
        OtherSchemaError: another version of Dateline made the file.
        ExportError: the warehouse has none of a name.
    """
    try:
        check_schema(reader.connection)
    except OtherSchemaError as error:
        message = f"the warehouse cannot be exported: {error}; the next `dateline run` brings it to the present ones"
        raise OtherSchemaError(message) from error
    known = _read_catalogue(reader)
    if not names:
        return list(known.values())
    wanted = dict.fromkeys(name if "." in name else f"main.{name}" for name in names)
    missing = [name.removeprefix("main.") for name in wanted if name not in known]
    if missing:
        there = ", ".join(name.removeprefix("main.") for name in known)
        message = f"the warehouse has no table {', '.join(missing)}: choose of {there}"
        raise ExportError(message)
    return [known[name] for name in wanted]


def _read_catalogue(reader: Reader) -> dict[str, Table]:
    fields: dict[str, list[Field]] = {}
    for name, column, kind, comment in reader.rows(COLUMNS):
        fields.setdefault(str(name), []).append(Field(str(column), str(kind), str(comment or "")))
    return {
        str(name): Table(str(name), str(comment or ""), tuple(fields[str(name)]))
        for name, comment in sorted(reader.rows(CATALOGUE), key=_place)
    }


def _place(row: tuple[object, ...]) -> tuple[int, str]:
    schema, _, table = str(row[0]).partition(".")
    return SCHEMAS.index(schema), table
