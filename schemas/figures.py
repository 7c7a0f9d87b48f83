"""Contracts of the figure tables."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import Contract, joins, references, row_check
from schemas.fact import Fact
from schemas.vocabulary import BOUND, DIMENSION, DIRECTION


class FactFigure(Fact):
    """Every quantity with its value, bound, unit and the noun it counts."""

    class Config:
        """The table and its key."""

        name = "fact_figure"
        metadata = {"key": ("figure_id",)}

    figure_id: str = pa.Field(description="article, letter f, span, ordinal")
    value: float = pa.Field(nullable=True, description="the value in `unit`; null where the text gives only a bound")
    value_low: float = pa.Field(nullable=True, description="lowest value meant; null = open end")
    value_high: float = pa.Field(nullable=True, description="highest value meant; null = open end")
    bound: str = pa.Field(isin=list(BOUND), description="how the value limits the quantity")
    direction: str = pa.Field(isin=list(DIRECTION), nullable=True, description="rise or fall that the text states")
    dimension: str = pa.Field(isin=list(DIMENSION), description="what kind of quantity it is")
    unit: str = pa.Field(
        nullable=True,
        description="ISO 4217 for money; percent; person; else the name in Pint",
        metadata=references("dim_unit.unit"),
    )
    counted: str = pa.Field(nullable=True, description="head noun of what is counted, in the singular")
    per_unit: str = pa.Field(
        nullable=True, description="unit of a rate: day, barrel, person", metadata=joins("dim_unit.unit")
    )

    @pa.dataframe_check(name="low_before_high", description="value_low is not above value_high")
    def low_before_high(cls, data: PolarsData) -> pl.LazyFrame:
        """The lowest value is not above the highest."""
        return row_check(data, pl.col("value_low") <= pl.col("value_high"))

    @pa.dataframe_check(name="value_within", description="value lies between value_low and value_high")
    def value_within(cls, data: PolarsData) -> pl.LazyFrame:
        """The value lies between the limits; a tally's value is its first number, whichever is larger."""
        inside = pl.col("value").is_between(
            pl.col("value_low").fill_null(float("-inf")), pl.col("value_high").fill_null(float("inf"))
        )
        return row_check(data, inside)

    @pa.dataframe_check(name="values_finite", description="no value is NaN or infinite")
    def values_finite(cls, data: PolarsData) -> pl.LazyFrame:
        """Every value is a finite number."""
        return row_check(data, pl.all_horizontal(pl.col("value", "value_low", "value_high").is_finite()))

    @pa.dataframe_check(name="money_has_currency", description="the unit of money is an ISO 4217 code")
    def money_has_currency(cls, data: PolarsData) -> pl.LazyFrame:
        """Money without a currency code is no fact."""
        code = pl.col("unit").fill_null("").str.contains(r"^[A-Z]{3}$")
        return row_check(data, (pl.col("dimension") != "money") | code)


class DimUnit(Contract):
    """Units of measure and currencies, with the factor to the base unit of their dimension."""

    class Config:
        """The table and its key."""

        name = "dim_unit"
        metadata = {"key": ("unit",)}

    unit: str = pa.Field(description="the name that fact_figure.unit uses")
    dimension: str = pa.Field(isin=list(DIMENSION), description="what kind of quantity it measures")
    symbol: str = pa.Field(nullable=True, description="usual symbol")
    iso_4217: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 4217 code of a currency")
    factor: float = pa.Field(nullable=True, description="multiply by this to get the base unit; null for currencies")
    base_unit: str = pa.Field(nullable=True, description="the base unit of the dimension")


class DimFxRate(Contract):
    """Exchange rates to the dollar, each for a period: yearly averages, or what the user brought in their place."""

    class Config:
        """The table and its key."""

        name = "dim_fx_rate"
        metadata = {"key": ("currency", "starts_on")}

    currency: str = pa.Field(
        str_matches=r"^[A-Z]{3}$",
        description="ISO 4217; the dollar itself has no row",
        metadata=joins("dim_unit.unit"),
    )
    starts_on: pl.Date = pa.Field(description="first day of the period that the rate is of")
    ends_on: pl.Date = pa.Field(description="last day of it, included")
    usd_per_unit: float = pa.Field(gt=0, description="dollars for one of the currency", metadata={"unit": "USD"})
    source: str = pa.Field(description="who published the rate, and what kind of average it is")

    @pa.dataframe_check(name="starts_before_end", description="starts_on is not after ends_on")
    def starts_before_end(cls, data: PolarsData) -> pl.LazyFrame:
        """A period has at least one day."""
        return row_check(data, pl.col("starts_on") <= pl.col("ends_on"))

    @pa.dataframe_check(name="one_rate_a_day", description="no day has two rates of a currency")
    def one_rate_a_day(cls, data: PolarsData) -> pl.LazyFrame:
        """The periods of a currency do not overlap."""
        earlier = pl.col("ends_on").shift(1).over("currency", order_by="starts_on")
        return row_check(data, (pl.col("starts_on") > earlier).fill_null(value=True))
