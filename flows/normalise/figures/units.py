"""Units of measure and currencies as a dimension: dim_unit."""

import polars as pl

from schemas.contract import polars_schema
from schemas.figures import DimUnit
from schemas.reference.registry import Reference


def unit_dimension(reference: Reference) -> pl.DataFrame:
    """Every unit that a figure can carry, with the columns of dim_unit.

    Factors are Pint's; a currency has none, since its worth changes from day to day.
    """
    units = reference["unit"].select("unit", "dimension", "symbol", "factor", "base_unit", iso_4217=pl.lit(None))
    currencies = reference["currency"].select(
        "code", dimension=pl.lit("money"), symbol=pl.lit(None), factor=pl.lit(None), base_unit=pl.lit(None)
    )
    money = currencies.rename({"code": "unit"}).with_columns(iso_4217="unit")
    schema = polars_schema(DimUnit)
    made = pl.concat([units.select(schema.names()), money.select(schema.names())], how="vertical_relaxed")
    return made.select(pl.col(name).cast(kind) for name, kind in schema.items()).sort("unit")
