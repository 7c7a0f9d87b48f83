"""The contracts as Table Schemas of Data Package 2.0: what an export says of its columns."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from schemas.codebook import CODEBOOKS
from schemas.contract import Column, Contract, Link, columns, key, qualified_name
from schemas.vocabulary import VOCABULARIES

Descriptor = dict[str, Any]
"""A part of a data package's descriptor."""

FIELD_TYPES: Final[Mapping[str, str]] = {
    "VARCHAR": "string",
    "DOUBLE": "number",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
"""The type of Table Schema for each type of DuckDB."""
CONSTRAINTS: Final[Mapping[str, str]] = {
    "str_matches": "pattern",
    "str_length": "minLength",
    "greater_than_or_equal_to": "minimum",
    "greater_than": "exclusiveMinimum",
    "less_than_or_equal_to": "maximum",
}
"""The constraint of Table Schema for each check of Pandera that the contracts use."""
DEFINITIONS: Final[tuple[Mapping[str, str], ...]] = (
    *VOCABULARIES.values(),
    *({value: entry.definition for value, entry in book.items()} for book in CODEBOOKS.values()),
)
"""All closed vocabularies: each value with its definition."""


def table_schema(contract: type[Contract], tables: Collection[str]) -> Descriptor:
    """The Table Schema of a contract's table.

    Args:
        contract: the table.
        tables: the qualified names of the tables beside it: only to those it has foreign keys.
    """
    fields = columns(contract)
    unique = key(contract)
    named = "uniqueKeys" if any(column.nullable for column in fields if column.name in unique) else "primaryKey"
    name = qualified_name(contract)
    return {
        "fields": [field(column) for column in fields],
        named: [list(unique)] if named == "uniqueKeys" else list(unique),
        "foreignKeys": [
            _foreign_key(column.name, column.link, name)
            for column in fields
            if column.link and column.link.total and column.link.table in tables
        ],
        "missingValues": [""],
    }


def field(column: Column) -> Descriptor:
    """The field of a column; a text that may be empty and not null has no missing values."""
    constraints: Descriptor = {} if column.nullable else {"required": True}
    constraints |= {CONSTRAINTS[check]: limit for check, limit in column.limits.items()}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    found = plain_field(column.name, column.duckdb_type, column.description)
    if column.unit:
        found["unit"] = column.unit
    found["constraints"] = constraints
    meanings = definitions(column)
    if meanings:
        found["categories"] = [{"value": value, "label": meaning} for value, meaning in meanings.items()]
    if column.duckdb_type == "VARCHAR" and constraints == {"required": True}:
        found["missingValues"] = []
    return found


def plain_field(name: str, duckdb_type: str, description: str) -> Descriptor:
    """The field of a column of which only name, type and description are known."""
    found: Descriptor = {"name": name, "type": FIELD_TYPES[duckdb_type], "description": description}
    if duckdb_type == "TIMESTAMP":
        found["description"] += "" if "UTC" in description else " (UTC)"
    return found


def definitions(column: Column) -> Mapping[str, str]:
    """The definition of each of the values that a column allows; empty where no vocabulary defines them."""
    values = set(column.allowed)
    return next((meanings for meanings in DEFINITIONS if values and values == set(meanings)), {})


def resource_name(qualified: str) -> str:
    """The name of a table in a data package: with its schema, where that is not main."""
    return qualified.removeprefix("main.")


def _foreign_key(column: str, link: Link, own_table: str) -> Descriptor:
    fields = [*link.columns[:-1], column]
    resource = "" if link.table == own_table else resource_name(link.table)
    return {"fields": fields, "reference": {"resource": resource, "fields": list(link.columns)}}
