"""How the text vouches for a claim, and which date dates it."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import DATE
from flows.normalise.claims.rules import ClaimRules
from schemas.codebook import MODALITY

SAME_CLAUSE: Final = 0.9
"""Breaks between a figure and a word of its clause, at most."""
NEAR_DATE: Final = 1.9
"""Breaks between a figure and its date, at most."""
REPORTED: Final = "reported"


def add_modality(figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Add `modality`: the first of the codebook's order that a word of the clause tells, a source from the sentence.

    Args:
        figures: `row`, `sentence_id`, `word`, `breaks`, `value`.
        words: of `claim_words`, with `breaks`.
        rules: the compiled rules.
    """
    order = {name: number for number, name in enumerate(MODALITY)}
    cues = words.select("sentence_id", "form", "breaks").join(rules.modalities, on="form")
    told = (
        figures.select("row", "sentence_id", here="breaks")
        .join(cues, on="sentence_id")
        .filter(
            ((pl.col("breaks") - pl.col("here")).abs() <= SAME_CLAUSE) | (pl.col("modality") == REPORTED),
        )
        .with_columns(order=pl.col("modality").replace_strict(order))
        .sort("row", "order")
        .unique("row", keep="first", maintain_order=True)
        .select("row", "modality")
    )
    none = pl.when(pl.col("value") == 0).then(pl.lit("negated"))
    return figures.join(told, on="row", how="left", maintain_order="left").with_columns(
        modality=pl.coalesce(none, "modality", pl.lit("asserted"))
    )


def add_status(figures: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Settle `status`: of people for casualties, of money and goods as the modality allows, none for the others."""
    of_people = ["killed", "injured", "missing", "killed_or_injured"]
    casualty = pl.col("topic") == "casualties"
    stated = pl.col("topic").is_in(["aid", "spending", "trade", "weapons"])
    status = (
        pl.when(casualty)
        .then(pl.when(pl.col("status").is_in(of_people)).then("status").otherwise(pl.lit("killed")))
        .when(stated & ~pl.col("status").is_in(of_people))
        .then("status")
    )
    return (
        figures.with_columns(status=status)
        .join(rules.shifts, on=["topic", "status", "modality"], how="left", maintain_order="left")
        .with_columns(status=pl.coalesce("becomes", "status"))
        .drop("becomes")
    )


def add_dates(figures: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Add `date_row`: the row of the nearest date of the sentence that is not the day on which somebody said it."""
    dates = words.with_columns(
        told=pl.col("verb").shift(1).is_in(["say", "tell"]) | pl.col("verb").shift(2).is_in(["say", "tell"])
    ).filter(pl.col("letter") == DATE, ~pl.col("told").fill_null(value=False))
    far = (pl.col("word") - pl.col("place")).abs() * 0.1 + (pl.col("breaks") - pl.col("here")).abs()
    chosen = (
        figures.select("row", "sentence_id", place="word", here="breaks")
        .join(dates.select("sentence_id", "word", "breaks", date_row="row"), on="sentence_id")
        .filter((pl.col("breaks") - pl.col("here")).abs() <= NEAR_DATE)
        .with_columns(far=far)
        .sort("row", "far", "word")
        .unique("row", keep="first", maintain_order=True)
        .select("row", "date_row")
    )
    return figures.join(chosen, on="row", how="left", maintain_order="left")
