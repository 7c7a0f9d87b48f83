"""How the text vouches for a claim, and which date dates it."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import DATE, FIGURE, MENTION
from flows.normalise.claims.rules import ClaimRules
from flows.normalise.spans import beside
from schemas.claims import CASUALTY_STATUS
from schemas.codebook import MODALITY

NEAR_DATE: Final = 1.9
"""Breaks between a figure and its date, at most."""
REPORTED: Final = "reported"
BOTH: Final = ("killed", "injured")
"""Statuses that become one where their verbs are joined: killed or wounded."""
STATED: Final = ("aid", "spending", "trade", "weapons")
"""The topics of money and goods that have a status."""
SAYING: Final = ("say", "tell", "report", "announce", "warn")
"""Verbs of which a date right behind tells the day of the statement."""


def add_modality(figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Add `modality`: the first of the codebook's order that a word of the clause tells, a source from the sentence.

    Args:
        figures: `row`, `sentence_id`, `word`, `breaks`, `turns`, `value`.
        words: of `claim_words`, with `breaks`.
        rules: the compiled rules.
    """
    order = {name: number for number, name in enumerate(MODALITY)}
    plain = words.filter(~pl.col("letter").is_in([FIGURE, DATE, MENTION]))  # May is a month, and a name
    cues = plain.select("sentence_id", "form", "word", "breaks", "turns").join(rules.modalities, on="form")
    place, here = pl.col("word_here"), pl.col("breaks_here")
    before = (pl.col("word") < place) & ((here - pl.col("breaks")) <= pl.col("reach"))
    behind = (pl.col("word") > place) & (pl.col("turns") == pl.col("turns_here"))
    told = (
        figures.select("row", "sentence_id", word_here="word", breaks_here="breaks", turns_here="turns")
        .join(cues, on="sentence_id")
        .filter(before | behind | (pl.col("modality") == REPORTED))
        .with_columns(order=pl.col("modality").replace_strict(order))
        .sort("row", "order")
        .unique("row", keep="first", maintain_order=True)
        .select("row", "modality")
    )
    none = pl.when(pl.col("value") == 0).then(pl.lit("negated"))
    return figures.join(told, on="row", how="left", maintain_order="left").with_columns(
        modality=pl.coalesce(none, "modality", pl.lit("asserted"))
    )


def add_status(figures: pl.DataFrame, bound: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Add `frame` and `status`: of people for casualties, of money and goods as the modality allows, else none.

    Args:
        figures: `row`, `topic`, `modality`.
        bound: of `bind`: the better bound of the predicates that tell a status tells it.
        rules: the compiled rules.
    """
    of_people = pl.col("status").is_in(list(CASUALTY_STATUS)).fill_null(value=False)
    fits = pl.col("status").is_not_null() & (of_people == (pl.col("topic") == "casualties"))
    told = (
        bound.filter(fits)
        .sort("row", "score", "status", "at", descending=[False, True, False, False])
        .unique("row", keep="first", maintain_order=True)
        .select(
            "row",
            status=pl.when("joint", pl.col("status").is_in(list(BOTH)))
            .then(pl.lit("killed_or_injured"))
            .otherwise("status"),
        )
    )
    main = (
        bound.sort("row", "score", "frame", descending=[False, True, False])
        .unique("row", keep="first", maintain_order=True)
        .select("row", "frame")
    )
    status = (
        pl.when(pl.col("topic") == "casualties")
        .then(pl.col("status").fill_null("killed"))
        .when(pl.col("topic").is_in(STATED))
        .then("status")
    )
    return (
        figures.join(told, on="row", how="left", maintain_order="left")
        .join(main, on="row", how="left", maintain_order="left")
        .with_columns(status=status)
        .join(rules.shifts, on=["topic", "status", "modality"], how="left", maintain_order="left")
        .with_columns(status=pl.coalesce("becomes", "status"))
        .drop("becomes")
    )


def add_dates(figures: pl.DataFrame, words: pl.DataFrame, dates: pl.DataFrame) -> pl.DataFrame:
    """Add `date_row`: the row of the nearest date of the sentence that is not the day on which somebody said it.

    Args:
        figures: `row`, `sentence_id`, `word`, `breaks`.
        words: of `claim_words`, with `breaks`.
        dates: the mention frame of dates.
    """
    said = pl.any_horizontal(beside(pl.col("verb"), step).is_in(list(SAYING)) for step in (1, 2, 3))
    dating = dates.with_row_index("date_row").filter(
        pl.col("starts_on").is_not_null() | (pl.col("timex_type") == "DATE"),
        pl.col("timex_type") != "SET",
        ~pl.col("timex_value").is_in(["PRESENT_REF", "FUTURE_REF", "PAST_REF"]).fill_null(value=False),
    )
    places = words.with_columns(said=said.fill_null(value=False)).filter(pl.col("letter") == DATE, ~pl.col("said"))
    step = pl.col("date_word") - pl.col("word")
    far = step.abs() * 0.1 + (pl.col("date_breaks") - pl.col("breaks")).abs() + (step < 0) * 0.15
    chosen = (
        figures.select("row", "sentence_id", "word", "breaks")
        .join(
            places.select("sentence_id", date_word="word", date_breaks="breaks", date_row="row").join(
                dating.select("date_row"), on="date_row", how="semi"
            ),
            on="sentence_id",
        )
        .filter((pl.col("date_breaks") - pl.col("breaks")).abs() <= NEAR_DATE)
        .with_columns(far=far)
        .sort("row", "far", "date_word")
        .unique("row", keep="first", maintain_order=True)
        .select("row", "date_row")
    )
    return figures.join(chosen, on="row", how="left", maintain_order="left")
