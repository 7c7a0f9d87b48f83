"""The dimension tables of the actors that the reference tables know."""

import polars as pl

from schemas.actors import DimActor, DimActorAlias, DimActorOffice
from schemas.contract import Contract, polars_schema
from schemas.reference.registry import Reference


def actor_dimensions(reference: Reference) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Make the actors, their aliases and their offices out of the reference tables.

    Returns:
        The columns of DimActor (origin is reference), DimActorAlias and DimActorOffice, ordered by their keys.
    """
    actors = reference["actor"].with_columns(origin=pl.lit("reference"))
    return (
        _as_table(actors, DimActor),
        _as_table(reference["actor_alias"], DimActorAlias),
        _as_table(reference["actor_office"], DimActorOffice),
    )


def _as_table(rows: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    names = polars_schema(contract, staged=True).names()
    return rows.select(names).sort(names)
