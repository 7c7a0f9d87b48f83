"""The dimension tables of the actors that the tables know."""

import polars as pl

from flows.normalise.actors.user import with_user_tables
from schemas.actors import DimActor, DimActorAlias, DimActorOffice
from schemas.contract import Contract, polars_schema
from schemas.reference.registry import Reference


def actor_dimensions(
    reference: Reference, user: Reference | None = None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Make the actors, their aliases and their offices out of the reference tables and the user's own.

    Returns:
        The columns of DimActor (origin is reference or user), DimActorAlias and DimActorOffice, ordered by their keys.
    """
    known = with_user_tables(reference, user)
    return (
        _as_table(known["actor"], DimActor),
        _as_table(known["actor_alias"], DimActorAlias),
        _as_table(known["actor_office"], DimActorOffice),
    )


def _as_table(rows: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    names = polars_schema(contract, staged=True).names()
    return rows.select(names).sort(names)
