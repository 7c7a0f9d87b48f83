"""From fields as the text has them to numbers: counts, years, clock times, written dates."""

import polars as pl

INTEGERS = ("month", "day", "weekday", "ordinal", "quarter", "half", "dir")
CENTURY_PIVOT = 10
"""Two-digit years up to so many years after publication are of the present century, the others of the one before."""
DEFAULT_YEAR = 2000
"""What the pivot takes for the year of publication where nothing says it."""
LARGEST_COUNT = 1_000_000
AGES = 1000
"""Years from which on "2,500 years ago" names no year."""
HALF = r"1/2|½"
TWO_DIGITS = r"^(\d\d)$"
MOD_OF_WORD = {"-1": "START", "1": "END"}
"""TIMEX3 modifiers of "earlier" and "later"."""
UNIT_STEPS = {"2W": 2, "Q": 3, "DE": 10, "CE": 100, "ML": 1000}
UNIT_BASE = {"2W": "W", "Q": "M", "DE": "Y", "CE": "Y", "ML": "Y"}
"""Units that are counted in others: how many of which."""
LAST_SHORT_DECADE = 1
"""The '00s and '10s are of this century, the '20s and later ones of the last."""
NOON, HOURS = 12, 24
AFTERNOON = ("PM", "AF", "EV", "NI")


def decode_fields(mentions: pl.DataFrame) -> pl.DataFrame:
    """Turn the fields into numbers.

    Args:
        mentions: the fields as strings, and `kind`.

    Returns:
        The same rows. Integers for what is a number; `n` a float, null where the count is no number;
        `step` and `base` for the unit's calendar arithmetic (a decade is 10 Y); `hour` and `minutes`; the parts of
        written dates in `year`, `month`, `day`, `week`. Years before Christ are negative; `year_short` holds the two
        digits of a year that `complete_years` reads.
    """
    return (
        mentions.lazy()
        .with_columns(
            *(pl.col(name).cast(pl.Int32, strict=False) for name in INTEGERS),
            n=_limited(_count("n") * pl.col("scale").cast(pl.Float64).fill_null(1)),
            base=pl.col("unit").replace(UNIT_BASE),
            step=pl.col("unit").replace_strict(UNIT_STEPS, default=1, return_dtype=pl.Int32),
            shift=pl.coalesce("shift2", "shift").cast(pl.Int32, strict=False),
            mod=pl.coalesce("mod", pl.col("mod2").replace(MOD_OF_WORD), "approx"),
            decade=_decade(),
            year=_year(),
            year_short=_year_short(),
        )
        .with_columns(*_written(), *_clock(), n=pl.when(~_is_ages_ago()).then("n"))
        .with_columns(_year_words())
        .collect(engine="in-memory")
    )


def complete_years(mentions: pl.DataFrame) -> pl.DataFrame:
    """Read years of two digits by the year of publication.

    Args:
        mentions: `year`, `year_short` and `published_on`.
    """
    return mentions.with_columns(year=pl.coalesce(year_in_full(pl.col("year_short")), "year"))


def _count(name: str) -> pl.Expr:
    plain = pl.col(name).str.replace(HALF, "").str.strip_chars(" -")
    whole = pl.when(plain == "").then(0.0).otherwise(plain.cast(pl.Float64, strict=False))
    return whole + pl.col(name).str.contains(HALF).cast(pl.Float64) * 0.5


def _is_ages_ago() -> pl.Expr:
    """Whether a count of years is so large that it is a round one, which no single year may stand for."""
    is_years = (pl.col("kind") == "counted") & (pl.col("base") == "Y")
    return (is_years & (pl.col("n") * pl.col("step") >= AGES)).fill_null(value=False)


def _limited(count: pl.Expr) -> pl.Expr:
    """Null beyond what a count of time can be."""
    return pl.when(count <= LARGEST_COUNT).then(count)


def year_in_full(digits: pl.Expr) -> pl.Expr:
    """The year of two or four digits; two take their century from the year of publication."""
    number = digits.cast(pl.Int32, strict=False)
    published = pl.col("published_on").dt.year().fill_null(DEFAULT_YEAR)
    candidate = published // 100 * 100 + number
    placed = pl.when(candidate > published + CENTURY_PIVOT).then(candidate - 100).otherwise(candidate)
    return pl.when(digits.str.len_chars() == 2).then(placed).otherwise(number)  # noqa: PLR2004  (two digits)


def _year() -> pl.Expr:
    """The year in full, negative before Christ; in "1998-99" the second takes the century of the first."""
    full = pl.col("year").cast(pl.Int32, strict=False)
    last = pl.col("year_short").str.extract(TWO_DIGITS, 1).cast(pl.Int32)
    is_short = pl.col("year").str.contains(TWO_DIGITS) & (pl.col("kind") == "fiscal")
    return (
        pl.when(pl.col("kind") == "range_year")
        .then(pl.when(last > full % 100).then(full // 100 * 100 + last))
        .when(pl.col("era") == "BC")
        .then(-full)
        .when(~is_short.fill_null(value=False))
        .then(full)
    )


def _year_short() -> pl.Expr:
    """The two digits of a year whose century the text leaves out."""
    fiscal = pl.when(pl.col("kind") == "fiscal").then(pl.col("year"))
    written = pl.when(pl.col("kind") != "range_year").then(pl.col("year_short"))
    return pl.coalesce(fiscal, written).str.extract(TWO_DIGITS, 1)


def _year_words() -> pl.Expr:
    """The year of "the year two thousand"."""
    return pl.when(pl.col("kind") == "year_words").then(pl.col("n").cast(pl.Int32)).otherwise("year").alias("year")


def _decade() -> pl.Expr:
    """The decade as its first three digits, negative before Christ."""
    full = pl.col("decade").cast(pl.Int32, strict=False)
    digit = pl.col("decade_short").cast(pl.Int32, strict=False)
    placed = pl.when(digit <= LAST_SHORT_DECADE).then(200 + digit).otherwise(190 + digit)
    return pl.when(pl.col("era") == "BC").then(-full).otherwise(pl.coalesce(full, placed))


def _written() -> list[pl.Expr]:
    """The parts of an ISO 8601 date or week."""
    text = pl.when(pl.col("kind") == "iso").then(pl.col("written"))
    parts = {"year": r"^(\d{4})", "month": r"^\d{4}[-/.](\d\d?)", "day": r"^\d{4}[-/.]\d\d?[-/.](\d\d?)"}
    found = [
        pl.coalesce(text.str.extract(pattern, 1).cast(pl.Int32), pl.col(name)).alias(name)
        for name, pattern in parts.items()
    ]
    return [*found, text.str.extract(r"W(\d\d)$", 1).cast(pl.Int32).alias("week")]


def _clock() -> list[pl.Expr]:
    """Hour and minutes on the clock of 24 hours; null where a number cannot be a time of day."""
    clock = pl.coalesce("clock", pl.col("written").str.extract(r"[T ](\d\d:\d\d)", 1))
    military = pl.col("kind") == "military"
    hour = pl.when(military).then(clock.str.extract(r"^(\d\d)\d\d$", 1)).otherwise(clock.str.extract(r"^(\d{1,2})", 1))
    minutes = (
        pl.when(military)
        .then(clock.str.extract(r"^\d\d(\d\d)$", 1))
        .otherwise(clock.str.extract(r"^\d{1,2}[:.](\d\d)", 1))
    )
    half = pl.coalesce("ampm", clock.str.extract(r"([ap])\.?m\b", 1).str.to_uppercase() + "M", "part")
    number = hour.cast(pl.Int32)
    late = half.is_in(AFTERNOON) & (number < NOON)
    early = (half == "AM") & (number == NOON)
    placed = pl.when(late).then(number + NOON).when(early).then(0).otherwise(number)
    valid = pl.when(placed <= HOURS).then(placed)
    return [valid.cast(pl.Int32).alias("hour"), minutes.cast(pl.Int32).fill_null(0).alias("minutes")]
