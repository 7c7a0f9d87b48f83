"""For every check of every contract a planted bad row is caught, and becomes a reject that names the check."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.contract import Contract, stage_schema, table_name
from schemas.etl import EtlReject
from schemas.reference.registry import REFERENCE_TABLES, Reference
from schemas.registry import ALL_TABLES
from schemas.validate import split_rows
from tests.unit.schemas.mutation import PLANTED, checks_across_columns, mutated, mutations, sound_row
from warehouse.ddl import create_tables

EVERY_TABLE = (*ALL_TABLES, *REFERENCE_TABLES)


def planted(contract: type[Contract], row: pl.DataFrame) -> pl.DataFrame:
    """The rejects of all mutations of a row, each planted behind the sound one."""
    found = []
    for mutation in mutations(contract):
        frame = pl.concat([row, mutated(row, mutation)])
        valid, rejects = split_rows(frame, contract)
        caught = rejects.filter(pl.col("detail").str.contains(mutation.check, literal=True))
        assert caught.height >= 1, f"nothing caught {mutation}: {rejects['detail'].to_list()}"
        assert valid.height == frame.height - rejects.height
        found.append(caught.tail(1))
    return pl.concat(found)


def assert_explained(rejects: pl.DataFrame, contract: type[Contract]) -> None:
    stage_schema(EtlReject).validate(rejects)
    told = rejects.select("severity", "reason", "place").unique().rows()
    assert told == [("error", "contract", table_name(contract))]
    assert rejects["raw"].str.json_path_match("$").null_count() == 0


@pytest.mark.parametrize("contract", ALL_TABLES, ids=table_name)
def test_every_check_of_a_warehouse_table_catches_its_bad_row(contract: type[Contract]) -> None:
    row = sound_row(contract)
    assert split_rows(row, contract)[1]["detail"].to_list() == [], "complete WHOLE_ROWS"
    assert_explained(planted(contract, row), contract)


@pytest.mark.parametrize("contract", REFERENCE_TABLES, ids=table_name)
def test_every_check_of_a_reference_table_catches_its_bad_row(contract: type[Contract], reference: Reference) -> None:
    assert_explained(planted(contract, reference[table_name(contract)].head(1)), contract)


def test_no_mutation_is_for_a_check_that_is_gone() -> None:
    there = {table_name(contract): checks_across_columns(contract) for contract in EVERY_TABLE}
    gone = {
        (table, check) for table, checks in PLANTED.items() for check in checks if check not in there.get(table, ())
    }
    assert {(table, check) for table, check in gone if table in there} == set()


def test_the_rejects_of_all_bad_rows_land_in_etl_reject(tmp_path: Path) -> None:
    rejects = pl.concat([planted(contract, sound_row(contract)) for contract in ALL_TABLES]).unique("reject_id")
    rejects.write_parquet(tmp_path / "reject.parquet")
    with duckdb.connect() as connection:
        create_tables(connection)
        staged = f"read_parquet('{tmp_path}/reject.parquet')"
        connection.execute(f"INSERT INTO etl.reject BY NAME SELECT *, 'r1' AS run_id FROM {staged}")
        found = connection.sql(
            "SELECT place, count(*) FROM etl.reject WHERE reason = 'contract' GROUP BY ALL"
        ).fetchall()
    assert sum(number for _, number in found) == rejects.height
    assert {place for place, _ in found} == {table_name(contract) for contract in ALL_TABLES}
