import time
from importlib.resources import files

import polars as pl

from flows.normalise.actors.dimension import actor_dimensions
from schemas.actors import DimActor, DimActorAlias, DimActorOffice
from schemas.contract import polars_schema, stage_schema, table_name
from schemas.reference.actor_tables import ACTOR_TABLES
from schemas.reference.registry import Reference

LOADING_SECONDS = 0.3


def test_the_dimension_tables_hold_what_the_reference_knows(reference: Reference) -> None:
    actors, aliases, offices = actor_dimensions(reference)
    for rows, contract in ((actors, DimActor), (aliases, DimActorAlias), (offices, DimActorOffice)):
        stage_schema(contract).validate(rows, lazy=True)
    assert (actors["origin"] == "reference").all()
    assert actors.height == reference["actor"].height
    assert aliases.height == reference["actor_alias"].height
    assert offices.height == reference["actor_office"].height


def test_the_same_reference_makes_the_same_tables_in_any_order(reference: Reference) -> None:
    shuffled = {name: rows.sample(fraction=1, shuffle=True, seed=7) for name, rows in reference.items()}
    for expected, found in zip(actor_dimensions(reference), actor_dimensions(shuffled), strict=True):
        assert found.equals(expected)


def test_the_tables_load_at_once() -> None:
    folder = files("seeds") / "reference"
    began = time.process_time()
    for contract in ACTOR_TABLES:
        content = (folder / f"{table_name(contract)}.csv").read_bytes()
        pl.read_csv(content, schema_overrides=dict(polars_schema(contract)))
    assert time.process_time() - began < LOADING_SECONDS
