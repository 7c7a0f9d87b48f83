"""The dimension table of units: units of measure, currencies and the units that only this project names."""

from collections.abc import Mapping

import polars as pl

from schemas.contract import polars_schema
from schemas.figures import DimUnit

PERSON = pl.DataFrame({"unit": ["person"], "dimension": ["count"]})
"""The unit of people of any kind."""


def unit_dimension(reference: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every unit that a figure may carry, as rows of `DimUnit`: Pint's factors, the codes of ISO 4217, people."""
    units = reference["unit"].select("unit", "dimension", "symbol", "factor", "base_unit")
    signs = reference["currency_name"].filter(side="before", style="symbol").unique("code", keep="first")
    money = (
        reference["currency"]
        .join(signs.select("code", symbol="name"), on="code", how="left", maintain_order="left")
        .select("symbol", unit="code", iso_4217="code", dimension=pl.lit("money"))
    )
    schema = polars_schema(DimUnit)
    rows = pl.concat([units, money, PERSON], how="diagonal_relaxed")
    return rows.select(pl.col(name).cast(dtype) for name, dtype in schema.items()).sort("dimension", "unit")
