"""Contracts of the date tables."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import Contract, joins, row_check
from schemas.fact import Fact
from schemas.vocabulary import DATE_RESOLUTION, GRANULARITY, TIMEX_MOD, TIMEX_TYPE

TIMEX_VALUE = (
    r"^(?:PRESENT_REF|PAST_REF|FUTURE_REF"
    r"|P(?:T?(?:[0-9]+(?:\.[0-9]+)?|X+)(?:Y|M|W|D|H|S|DE|CE|MI|ML|QTR|Q|WE|CENT|DECADE)|T)+"
    r"|(?:BC)?[0-9X]{2,4}(?:-[0-9A-Z]{1,3}){0,2}(?:T[0-9A-ZX:.+-]+)?"
    r"|T[0-9A-ZX:.+-]+|FY[0-9X]{4}(?:-[0-9A-Z]{1,2})?)$"
)
"""The shapes of a TIMEX3 value: references, periods, calendar points (X = unknown), BC, fiscal years."""


class FactDateMention(Fact):
    """Every temporal expression with its ISO-TimeML TIMEX3 type and value, and plain dates to filter by."""

    class Config:
        """The table and its key."""

        name = "fact_date_mention"
        metadata = {"key": ("date_id",)}

    date_id: str = pa.Field(description="article, letter d, span, ordinal")
    timex_type: str = pa.Field(isin=list(TIMEX_TYPE), description="TIMEX3 type")
    timex_value: str = pa.Field(str_matches=TIMEX_VALUE, description="TIMEX3 value")
    timex_mod: str = pa.Field(isin=list(TIMEX_MOD), nullable=True, description="TIMEX3 modifier")
    starts_on: pl.Date = pa.Field(
        nullable=True, description="first day; null where the text does not place it", metadata=joins("dim_date.day")
    )
    ends_on: pl.Date = pa.Field(
        nullable=True,
        description="last day, included; null where the text does not place it",
        metadata=joins("dim_date.day"),
    )
    granularity: str = pa.Field(isin=list(GRANULARITY), description="how precise the text is")
    resolution: str = pa.Field(isin=list(DATE_RESOLUTION), description="how it was resolved")

    @pa.dataframe_check(name="starts_before_ends", description="starts_on is not after ends_on")
    def starts_before_ends(cls, data: PolarsData) -> pl.LazyFrame:
        """The first day is not after the last."""
        return row_check(data, pl.col("starts_on") <= pl.col("ends_on"))


class DimDate(Contract):
    """The calendar, a row a day, to join facts by week, month, quarter or year."""

    class Config:
        """The table and its key."""

        name = "dim_date"
        metadata = {"key": ("day",)}

    day: pl.Date = pa.Field(description="the day")
    year: pl.Int32 = pa.Field(description="calendar year")
    quarter: pl.Int32 = pa.Field(ge=1, le=4, description="quarter of the year")
    month: pl.Int32 = pa.Field(ge=1, le=12, description="month of the year")
    day_of_month: pl.Int32 = pa.Field(ge=1, le=31, description="day of the month")
    iso_year: pl.Int32 = pa.Field(description="year of the ISO 8601 week")
    iso_week: pl.Int32 = pa.Field(ge=1, le=53, description="ISO 8601 week")
    weekday: pl.Int32 = pa.Field(ge=1, le=7, description="ISO 8601 weekday, Monday is 1")
    weekday_name: str = pa.Field(description="English name of the weekday")
    month_name: str = pa.Field(description="English name of the month")
