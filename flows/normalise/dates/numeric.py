"""Numeric dates such as 04/05/2023: the article's own evidence decides between day-month and month-day order."""

import polars as pl

PARTS = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})$"
MONTHS = 12
CENTURY = 100


def read_numeric_dates(mentions: pl.DataFrame) -> pl.DataFrame:
    """Fill `year`, `month`, `day` of numeric dates, and drop those that no calendar holds.

    A number above 12 tells the order, in this date or in another of the same article; with dots between, the day stands
    first (the order of all who write so). Without evidence, or with evidence for both, month and day stay null and the
    date is `ambiguous`: it is never guessed.

    Args:
        mentions: `kind`, `written`, `article_no`, `published_on`, `year`, `month`, `day`.
    """
    is_numeric = pl.col("kind") == "numeric"
    part = {index: pl.col("written").str.extract(PARTS, index).cast(pl.Int32) for index in (1, 2, 3)}
    dates = mentions.filter(is_numeric).with_columns(first=part[1], second=part[2], last=part[3])
    if dates.is_empty():
        return mentions.with_columns(ambiguous=pl.lit(value=False))
    day_first = (pl.col("first") > MONTHS) | pl.col("written").str.contains(".", literal=True)
    month_first = (pl.col("second") > MONTHS) & ~pl.col("written").str.contains(".", literal=True)
    any_day, any_month = day_first.any().over("article_no"), month_first.any().over("article_no")
    by_day = day_first | (~month_first & any_day & ~any_month)
    by_month = month_first | (~day_first & any_month & ~any_day)
    same = pl.col("first") == pl.col("second")
    month = pl.when(by_day).then("second").when(by_month | same).then("first")
    day = pl.when(by_day | same).then(pl.when(same).then("first").otherwise("first")).when(by_month).then("second")
    published = pl.col("published_on").dt.year().fill_null(2000)
    century = published // 100 * 100 + pl.col("last")
    year = (
        pl.when(pl.col("last") >= CENTURY)
        .then("last")
        .when(century > published + 10)
        .then(century - 100)
        .otherwise(century)
    )
    read = dates.with_columns(month=month, day=day, year=year.cast(pl.Int32)).filter(
        pl.col("month").is_null() | (pl.col("month") <= MONTHS)
    )
    columns = mentions.columns
    return pl.concat(
        [
            mentions.filter(~is_numeric).with_columns(ambiguous=pl.lit(value=False)),
            read.select(*columns, ambiguous=pl.col("month").is_null()),
        ]
    )
