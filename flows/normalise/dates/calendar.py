"""The calendar: dim_date."""

from datetime import date

import polars as pl

from schemas.contract import polars_schema
from schemas.dates import DimDate

FIRST = date(1900, 1, 1)
LAST = date(2100, 12, 31)


def calendar() -> pl.DataFrame:
    """Every day from 1900 to 2100, with the columns of dim_date."""
    day = pl.col("day")
    made = pl.select(day=pl.date_range(FIRST, LAST)).with_columns(
        year=day.dt.year(),
        quarter=day.dt.quarter(),
        month=day.dt.month(),
        day_of_month=day.dt.day(),
        iso_year=day.dt.iso_year(),
        iso_week=day.dt.week(),
        weekday=day.dt.weekday(),
        weekday_name=day.dt.to_string("%A"),
        month_name=day.dt.to_string("%B"),
    )
    return made.select(pl.col(name).cast(kind) for name, kind in polars_schema(DimDate).items())
