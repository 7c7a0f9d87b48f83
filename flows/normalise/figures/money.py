"""Amounts of money: the currency of each, by its sign, its name, or what the article shows."""

import polars as pl

MONEY = "money"
STRICT_LENGTH = 100
"""A sign that is a word as well needs an amount of three digits behind it, or a magnitude."""


def settle_currency(figures: pl.DataFrame) -> pl.DataFrame:
    """Give each amount its ISO 4217 code in `unit` and its value in that currency; drop doubtful signs."""
    signed = pl.col("sign_code").is_not_null()
    strict = pl.when(signed).then("sign_strict").otherwise("strict").fill_null(value=False)
    large = (pl.col("high").fill_null(pl.col("low")) >= STRICT_LENGTH) | (pl.col("scale") > 1)
    money = signed | (pl.col("dimension") == MONEY).fill_null(value=False)
    minor = pl.when(signed).then("sign_minor").otherwise("minor").fill_null(1.0)
    amounts = [
        pl.when(money & (minor != 1)).then((pl.col(name) * minor).round_sig_figs(15)).otherwise(name).alias(name)
        for name in ("value", "low", "high")
    ]
    return figures.filter(~(strict & ~large.fill_null(value=False))).with_columns(
        *amounts,
        dimension=pl.when(money).then(pl.lit(MONEY)).otherwise("dimension"),
        unit=pl.when(money).then(pl.coalesce("sign_code", "code")).otherwise("unit"),
        family=pl.when(signed).then("sign_family").otherwise("family"),
    )
