"""What a figure is per: a barrel, a day, each."""

from collections.abc import Mapping

import polars as pl

from flows.normalise.figures.words import alternation

JOINED = r"(?:\s?(?:-\s?)?(?:an?|every|each)[\s-]+)"
SLASHED = r"\s?/\s?"
PER = r"(?:\s+\p{Ll}+){0,2}[\s-]+per[\s-]+(?:head of\s+)?"
MEASURE = r"(?:(?:square|cubic|sq\.?)\s+)?\p{L}+"


def rate_pattern(reference: Mapping[str, pl.DataFrame]) -> str:
    """A regex for the text behind a figure: group 1, 2, 3 or 4 is the noun of the rate.

    A counted plural may stand between the figure and a length of time: three flights a week.
    """
    rates = reference["rate_noun"]
    lasting = reference["unit"].filter(dimension="duration")["unit"]
    times = alternation(rates.filter(pl.col("per_unit").is_in(lasting.implode()))["noun"])
    plural = rf"\s+(?:\p{{Ll}}+s|{alternation(reference['irregular_plural']['plural'])})"
    nouns, lone = (alternation(rates.filter(alone=alone)["noun"]) for alone in (False, True))
    joined, single = rf"{JOINED}({nouns})(?:[^\p{{L}}]|$)", rf"(?:{SLASHED}|[\s-]+)({lone})(?:[^\p{{L}}]|$)"
    counted = rf"{plural}{JOINED}({times})(?:[^\p{{L}}]|$)"
    return rf"(?i)^(?:{PER}({MEASURE})|{joined}|{single}|{counted})"


def find_rates(figures: pl.DataFrame, pattern: str, no_rate: str, rates: pl.DataFrame) -> pl.DataFrame:
    """Add `per_unit`: the noun behind per, a or each, in the singular; `no_rate`: a regex for what is none."""
    rest = pl.when(~pl.col("rest").str.contains(no_rate)).then(pl.col("rest"))
    parts = rest.str.extract_groups(pattern).struct
    noun = pl.coalesce(parts[group] for group in range(4)).str.to_lowercase()
    noun = noun.str.replace(r"^sq\.?\s+", "square ").str.replace_all(r"\s+", " ")
    return (
        figures.with_columns(_noun=noun)
        .join(rates, left_on="_noun", right_on="noun", how="left", maintain_order="left")
        .with_columns(per_unit=pl.coalesce("per_unit", "_noun"))
        .drop("_noun", "alone")
    )
