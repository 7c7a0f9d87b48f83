"""The dimension tables of the actors that the tables know."""

import polars as pl

from flows.normalise.actors.user import with_origin
from schemas.actors import DimActor, DimActorAlias, DimActorOffice
from schemas.contract import Contract, polars_schema
from schemas.reference.registry import Reference
from schemas.user_actors import IS_IMPORTED


def actor_dimensions(reference: Reference) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Make the actors, their aliases and their offices out of the reference tables, the user's actors among them.

    Imported actors are left out: a million of them would be dead weight; those that a text mentions come with it.

    Returns:
        The columns of DimActor (origin is reference or user), DimActorAlias and DimActorOffice, ordered by their keys.
    """
    actors = with_origin(reference["actor"]).filter(~pl.col(IS_IMPORTED))
    return (
        _as_table(actors, DimActor),
        _as_table(reference["actor_alias"].join(actors, on="actor_id", how="semi"), DimActorAlias),
        _as_table(reference["actor_office"], DimActorOffice),
    )


def _as_table(rows: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    names = polars_schema(contract, staged=True).names()
    return rows.select(names).sort(names)
