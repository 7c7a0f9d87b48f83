"""The links between tables that the contracts declare hold in a real warehouse."""

from pathlib import Path

import pytest

from schemas.contract import Column, Contract, columns, key, qualified_name
from schemas.registry import ALL_TABLES
from warehouse.reader import open_published

CONTRACTS = {qualified_name(contract): contract for contract in ALL_TABLES}
LINKED = [
    (contract, column) for contract in ALL_TABLES for column in columns(contract) if column.link and column.link.total
]
JOINED = [column for contract in ALL_TABLES for column in columns(contract) if column.link]


def test_every_table_of_an_article_and_every_fact_is_linked() -> None:
    assert len(LINKED) > 30
    unlinked = [
        f"{qualified_name(contract)}.{column.name}"
        for contract in ALL_TABLES
        for column in columns(contract)
        if column.name.endswith(("article_id", "actor_id", "figure_id", "date_id", "claim_id", "run_id"))
        and column.link is None
        and column.name not in key(contract)
    ]
    assert unlinked == []


@pytest.mark.parametrize("column", JOINED, ids=lambda column: column.name)
def test_a_link_names_columns_that_are_there(column: Column) -> None:
    assert column.link
    assert set(column.link.columns) <= {found.name for found in columns(CONTRACTS[column.link.table])}


@pytest.mark.parametrize(
    ("contract", "column"), LINKED, ids=[f"{qualified_name(contract)}.{column.name}" for contract, column in LINKED]
)
def test_every_value_names_one_row(contract: type[Contract], column: Column, samples: Path) -> None:
    assert column.link
    assert set(column.link.columns) == set(key(CONTRACTS[column.link.table]))
    own = [*column.link.columns[:-1], column.name]
    same = " AND ".join(f"there.{target} = here.{name}" for target, name in zip(column.link.columns, own, strict=True))
    with open_published(samples) as reader:
        dangling = reader.rows(
            f"FROM {qualified_name(contract)} AS here WHERE {column.name} IS NOT NULL "
            f"AND NOT EXISTS (FROM {column.link.table} AS there WHERE {same}) LIMIT 3"
        )
    assert dangling == []
