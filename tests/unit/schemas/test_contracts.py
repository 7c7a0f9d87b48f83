"""A column is declared once: check, DDL, comments, dictionary and export agree; each check catches a bad row."""

from typing import Any

import duckdb
import polars as pl
import pytest

from schemas.contract import (
    Contract,
    columns,
    full_schema,
    key,
    polars_schema,
    qualified_name,
    stage_schema,
    table_name,
)
from schemas.dates import FactDateMention
from schemas.dictionary import dictionary
from schemas.fact import Fact
from schemas.figures import FactFigure
from schemas.registry import ALL_TABLES
from schemas.tableschema import FIELD_TYPES, table_schema
from schemas.validate import ContractError, split_rows
from warehouse.ddl import comment_of, create_tables
from warehouse.dictionary import pages

FIGURE = {
    "figure_id": "0123456789abcdef-f-0-2-0",
    "article_id": "0123456789abcdef",
    "sentence_no": 0,
    "span_start": 0,
    "span_end": 2,
    "surface": "50",
    "rule": "number",
    "value": 50.0,
    "value_low": 50.0,
    "value_high": 50.0,
    "bound": "exact",
    "direction": None,
    "dimension": "count",
    "unit": None,
    "counted": "nation",
    "per_unit": None,
}


def figures(**changed: Any) -> pl.DataFrame:  # noqa: ANN401
    schema = polars_schema(FactFigure, staged=True)
    return pl.DataFrame([FIGURE, {**FIGURE, **changed}, FIGURE], schema=schema)


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_tables(connection)
    return connection


@pytest.mark.parametrize("contract", ALL_TABLES, ids=table_name)
def test_check_ddl_comment_dictionary_and_export_agree(
    contract: type[Contract], warehouse: duckdb.DuckDBPyConnection
) -> None:
    schema, table = qualified_name(contract).split(".")
    found = warehouse.execute(
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
        [schema, table],
    ).fetchall()
    expected = [(c.name, c.duckdb_type, c.nullable, comment_of(c)) for c in columns(contract)]
    assert found == expected
    assert list(polars_schema(contract)) == [name for name, *_ in found]
    assert set(full_schema(contract).columns) == {name for name, *_ in found}
    page = dictionary().split(f"## {qualified_name(contract)}\n")[1].split("\n## ")[0]
    for column in columns(contract):
        assert f"| {column.name} | {column.duckdb_type} | {'yes' if column.nullable else 'no'} |" in page
    exported = table_schema(contract, ())["fields"]
    assert [(field["name"], field["type"]) for field in exported] == [
        (column.name, FIELD_TYPES[column.duckdb_type]) for column in columns(contract)
    ]
    assert [field["constraints"].get("required", False) for field in exported] == [
        not column.nullable for column in columns(contract)
    ]
    assert [field["constraints"].get("enum", []) for field in exported] == [
        list(column.allowed) for column in columns(contract)
    ]
    assert all(name in dict(polars_schema(contract)) for name in key(contract))


def test_the_dictionaries_in_the_repository_are_up_to_date() -> None:
    stale = [file.name for file, text in pages().items() if file.read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"


def test_staged_rows_do_not_carry_what_the_load_fills() -> None:
    assert "run_id" not in stage_schema(FactFigure).columns
    assert "run_id" in full_schema(FactFigure).columns


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"article_id": "not an id"}, "article_id: str_matches"),
        ({"span_start": -1, "span_end": 1}, "span_start: greater_than_or_equal_to"),
        ({"span_end": 0, "surface": ""}, "span_end: greater_than_or_equal_to"),
        ({"surface": "fifty"}, "fact_figure: surface_fills_span"),
        ({"bound": "maybe"}, "bound: isin"),
        ({"direction": "sideways"}, "direction: isin"),
        ({"dimension": None}, "dimension: not_nullable"),
        ({"value_low": 51.0, "value_high": 49.0}, "fact_figure: low_before_high"),
        ({"value": 60.0}, "fact_figure: value_within"),
        ({"value": float("inf"), "value_high": None}, "fact_figure: values_finite"),
        ({"dimension": "money", "unit": "dollars"}, "fact_figure: money_has_currency"),
        ({"rule": ""}, "rule: str_length"),
    ],
)
def test_a_bad_row_is_rejected_with_the_failed_check_and_the_good_ones_stay(
    changed: dict[str, Any], check: str
) -> None:
    valid, rejects = split_rows(figures(**changed), FactFigure)
    assert valid.height == 2
    assert rejects.height == 1
    assert check in rejects["detail"][0]
    assert rejects.select("severity", "reason", "place").row(0) == ("error", "contract", "fact_figure")
    assert '"figure_id"' in rejects["raw"][0]


def test_good_rows_pass_untouched() -> None:
    valid, rejects = split_rows(figures(), FactFigure)
    assert valid.equals(figures())
    assert rejects.is_empty()


def test_a_date_that_starts_after_it_ends_is_rejected() -> None:
    assert "starts_before_ends" in {check.name for check in full_schema(FactDateMention).checks}


def test_a_frame_without_a_declared_column_is_a_fault_and_not_a_reject() -> None:
    with pytest.raises(ContractError):
        split_rows(figures().drop("bound"), FactFigure)


def test_every_fact_table_shares_the_columns_that_place_a_fact() -> None:
    shared = set(full_schema(FactFigure).columns) & set(full_schema(FactDateMention).columns)
    assert set(Fact.__annotations__) <= shared
