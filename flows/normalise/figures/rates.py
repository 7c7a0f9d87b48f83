"""What a figure is per: a barrel, a day, each."""

import polars as pl

from flows.normalise.figures.words import alternation

JOINED = r"(?:\s?(?:-\s?)?(?:an?|every|each)[\s-]+)"
SLASHED = r"\s?/\s?"
PER = r"[\s-]+per[\s-]+(?:(?:square|cubic|sq\.?|head of)\s+)?"


def rate_pattern(rates: pl.DataFrame) -> str:
    """A regex for the text behind a figure: group 1, 2 or 3 is the noun of the rate."""
    nouns, lone = (alternation(rates.filter(alone=alone)["noun"]) for alone in (False, True))
    joined, single = rf"{JOINED}({nouns})(?:[^\p{{L}}]|$)", rf"(?:{SLASHED}|[\s-]+)({lone})(?:[^\p{{L}}]|$)"
    return rf"(?i)^(?:{PER}([\p{{L}}]+)|{joined}|{single})"


def find_rates(figures: pl.DataFrame, pattern: str, no_rate: str, rates: pl.DataFrame) -> pl.DataFrame:
    """Add `per_unit`: the noun behind per, a or each, in the singular; `no_rate`: a regex for what is none."""
    rest = pl.when(~pl.col("rest").str.contains(no_rate)).then(pl.col("rest"))
    parts = rest.str.extract_groups(pattern).struct
    noun = pl.coalesce(parts[0], parts[1], parts[2]).str.to_lowercase()
    return (
        figures.with_columns(_noun=noun)
        .join(rates, left_on="_noun", right_on="noun", how="left", maintain_order="left")
        .with_columns(per_unit=pl.coalesce("per_unit", "_noun"))
        .drop("_noun", "alone")
    )
