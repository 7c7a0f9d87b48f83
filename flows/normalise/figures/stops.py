"""What looks like a quantity and is none: labels, names, years, calendar dates, scores."""

from collections.abc import Mapping

import polars as pl

from flows.normalise.spans import with_reach

FIRST_YEAR, LAST_YEAR = 1000, 2199
FIRST_RECENT, LAST_RECENT = 1900, 2059
EARLY = ("all", "bare")
"""Kinds of numerals that are known before the counted nouns are."""


def compile_stops(stops: pl.DataFrame) -> Mapping[tuple[str, str, str], str]:
    """One regex for each side, kind of numeral and effect."""
    groups = stops.group_by("side", "applies", "effect", maintain_order=True).agg("pattern")
    joined = groups.select("side", "applies", "effect", pattern="(?:" + pl.col("pattern").list.join(")|(?:") + ")")
    return {
        (side, applies, effect): pattern for side, applies, effect, pattern in zip(*joined.get_columns(), strict=True)
    }


def drop_labels(figures: pl.DataFrame, stops: Mapping[tuple[str, str, str], str]) -> pl.DataFrame:
    """Drop the numerals that their neighbours show to be no quantity, whatever they would count.

    Args:
        figures: figures with their units.
        stops: what `compile_stops` made of the table `figure_stop`.
    """
    early = {key: pattern for key, pattern in stops.items() if key[1] in EARLY}
    return _drop(figures, early, pl.lit(value=False))


def drop_stopped(figures: pl.DataFrame, stops: Mapping[tuple[str, str, str], str], before_year: str) -> pl.DataFrame:
    """Drop the numerals that are no quantity because of what they count, or that they count nothing.

    Args:
        figures: figures with their units and counted nouns.
        stops: what `compile_stops` made of the table `figure_stop`.
        before_year: a regex for the text before a year.
    """
    late = {key: pattern for key, pattern in stops.items() if key[1] not in EARLY}
    kept = figures.filter(~(_year(before_year) | _named()).fill_null(value=False))
    return _drop(kept, late, pl.col("counted").is_null())


def _drop(figures: pl.DataFrame, stops: Mapping[tuple[str, str, str], str], naked: pl.Expr) -> pl.DataFrame:
    """Drop by the patterns of `stops`; each looks only at the numerals that it applies to."""
    tallied = pl.col("pair").is_in(["ratio", "tally"]).fill_null(value=False)
    bare = pl.col("dimension").is_null() & ~tallied
    part = bare & pl.col("form").is_in(["part", "parts"])
    kinds = {
        "all": pl.lit(value=True),
        "bare": bare,
        "naked": bare & naked,
        "one": bare & (pl.col("value") == 1) & (pl.col("form") == "unit"),
        "half": part & pl.col("surface").str.contains("(?i)^half$"),
        "part": part & pl.col("surface").str.contains("(?i)^an?[ -]"),
    }
    text = {"before": "before", "after": "rest"}
    found = {
        (effect, side, kind): pl.when(kinds[kind]).then(pl.col(text[side])).str.contains(pattern)
        for (side, kind, effect), pattern in stops.items()
    }
    none = pl.lit(value=False)
    stopped = pl.any_horizontal(none, *(hit for key, hit in found.items() if key[0] == "stop"))
    spared = pl.any_horizontal(none, *(hit for key, hit in found.items() if key[0] == "spare"))
    lacking = pl.any_horizontal(none, *(~hit for key, hit in found.items() if key[0] == "need"))
    unfit = stopped.fill_null(value=False) | lacking.fill_null(value=False)
    return figures.filter(~unfit | spared.fill_null(value=False))


def _year(before_year: str) -> pl.Expr:
    """A bare number that can be a year: it counts nothing, or a word before it speaks for a year."""
    digits = pl.col("surface").str.contains(r"^\d{4}$") & pl.col("dimension").is_null() & pl.col("pair").is_null()
    modern = pl.col("value").is_between(FIRST_RECENT, LAST_RECENT)
    uneven = pl.col("unit").is_null() | (pl.col("value") % 100 != 0)
    spoken = uneven & pl.col("before").str.contains(before_year)
    return (
        digits & pl.col("value").is_between(FIRST_YEAR, LAST_YEAR) & (pl.col("counted").is_null() | (modern & spoken))
    )


def _named() -> pl.Expr:
    """Digits before a capitalised word that is not the name of a kind of people: iPhone 11 Pro, a 787 Dreamliner."""
    digits = pl.col("surface").str.contains(r"^\d{1,4}$") & pl.col("dimension").is_null() & pl.col("pair").is_null()
    return digits & pl.col("named") & (pl.col("unit").is_null())


def drop_calendar(figures: pl.DataFrame, dates: pl.DataFrame | None) -> pl.DataFrame:
    """Drop the bare numerals inside calendar dates and clock times.

    What has a unit or a currency is no part of a date, and a length of time ("two years ago") is a figure as well.
    """
    if dates is None or dates.is_empty():
        return figures
    calendar = dates.filter(pl.col("timex_type").is_in(["DATE", "TIME"]))
    plain = pl.col("prefix").is_null() & pl.col("dimension").is_null() & pl.col("suffix").is_null()
    reached = with_reach(
        figures.filter(plain).select("row", "sentence_id", "start", "end"), calendar, pl.col("end") - 1
    )
    claimed = reached.filter(pl.col("reach") > pl.col("start"))
    return figures.join(claimed, on="row", how="anti", maintain_order="left")
