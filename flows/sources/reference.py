"""Read the reference tables: CSVs with a header, each under its contract."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import polars as pl
from pandera.errors import SchemaErrors

from schemas.check import check
from schemas.contract import Contract, full_schema, polars_schema, table_name
from schemas.reference.figures import FxRate
from schemas.reference.registry import REFERENCE_TABLES, Reference


class ReferenceTableError(ValueError):
    """A reference table that cannot be read or breaks its contract."""


def load_reference(folder: Traversable | None = None) -> Reference:
    """Read and check all reference tables; by default those that ship with Dateline.

    Raises:
        ReferenceTableError: a table is missing, has other columns than its contract, or holds a row that breaks it.
    """
    root = folder if folder is not None else files("seeds") / "reference"
    return {
        table_name(contract): _read(root / f"{table_name(contract)}.csv", contract) for contract in REFERENCE_TABLES
    }


def load_table(contract: type[Contract]) -> pl.DataFrame:
    """Read and check one of the reference tables that ship with Dateline.

    Raises:
        ReferenceTableError: as `load_reference`.
    """
    return _read(files("seeds") / "reference" / f"{table_name(contract)}.csv", contract)


def load_rates(file: Path | None) -> pl.DataFrame:
    """The exchange rates of the user's file, as `DimFxRate` describes them; without one those that ship with Dateline.

    Raises:
        ReferenceTableError: as `load_reference`.
    """
    return _read(file, FxRate) if file else load_table(FxRate)


def _read(file: Traversable, contract: type[Contract]) -> pl.DataFrame:
    name = file.name
    schema = polars_schema(contract)
    try:
        content = file.read_bytes()
        header = content.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").strip().split(",")
        if sorted(header) != sorted(schema.names()):
            message = f"reference table {name}: its header is {header}, its contract asks for {schema.names()}"
            raise ReferenceTableError(message)
        table = pl.read_csv(content, schema_overrides=dict(schema)).select(schema.names())
        check(table, full_schema(contract))
    except FileNotFoundError as error:
        message = f"reference table {name} is missing: {file}"
        raise ReferenceTableError(message) from error
    except pl.exceptions.PolarsError as error:
        message = f"reference table {name} cannot be read: {error}"
        raise ReferenceTableError(message) from error
    except SchemaErrors as error:
        first = error.failure_cases.row(0, named=True)
        row = "" if first["index"] is None else f" in row {first['index'] + 2}"
        message = f"reference table {name} breaks its contract{row}: {first['check']} ({first['failure_case']})"
        raise ReferenceTableError(message) from error
    return table
