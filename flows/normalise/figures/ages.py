"""Ages: a 50-year-old, aged 35, Smith, 44, said."""

import polars as pl

AGE = "age"
OLDEST = 120
UNITS = ("year", "month", "week", "day")
OLD = r"(?i)^[\s-]+(?:old|olds|of[\s-]age)(?-u:\b)"
AGED = r"(?i)(?-u:\b)(?:aged?|ages|the age of|age of|turned|turns|turning)(?:\s+(?:at|of|between|from|about|around|over|under|just|only|least|as young as|as old as|up to|\p{L}+ than))*\s+$"
"""What stands before a bare number or a number of years that is an age."""

NAMED = r"\p{Lu}[\p{L}’'.-]+,\s+$"
AFTER_NAME = r"^(?:,|\.(?:\s|$)|;|\s+and\s)"
OLDER = r"(?i)^\s+(?:or|and|years or)\s+(?:older|over|above|younger|under)(?-u:\b)"


def mark_ages(figures: pl.DataFrame) -> pl.DataFrame:
    """Turn numbers and durations that tell an age into figures of dimension age, unit year unless the text says other.

    Sets `counted` to "age", the noun by which a reader would ask for it.
    """
    before, rest = pl.col("before"), pl.col("rest")
    lasting = pl.col("unit").is_in(UNITS) & (pl.col("dimension") == "duration")
    old = lasting & (rest.str.contains(OLD) | before.str.contains(AGED))
    bare = (
        pl.col("dimension").is_null()
        & pl.col("prefix").is_null()
        & pl.col("pair").is_in(["range"]).or_(pl.col("pair").is_null())
    )
    plausible = bare & pl.col("high").is_between(0, OLDEST) & (pl.col("scale") == 1)
    told = before.str.contains(AGED) & ~rest.str.contains(r"^\s+\p{Ll}+s(?-u:\b)")
    apposed = before.str.contains(NAMED) & rest.str.contains(AFTER_NAME) & pl.col("surface").str.contains(r"^\d{1,3}$")
    age = (old | (plausible & (told | apposed | rest.str.contains(OLDER)))).fill_null(value=False)
    return figures.with_columns(
        dimension=pl.when(age).then(pl.lit(AGE)).otherwise("dimension"),
        unit=pl.when(age).then(pl.coalesce("unit", pl.lit("year"))).otherwise("unit"),
        counted=pl.when(age).then(pl.lit(AGE)),
    )
