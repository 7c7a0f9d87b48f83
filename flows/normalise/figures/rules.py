"""The reference tables of figures, compiled once for all batches."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flows.normalise.figures.areas import compile_areas
from flows.normalise.figures.bounds import BoundRules, compile_bounds
from flows.normalise.figures.measures import compile_measures, measure_pattern
from flows.normalise.figures.patterns import (
    absence_pattern,
    numeral_pattern,
    of_one_pattern,
    prefix_pattern,
    two_hundreds_pattern,
)
from flows.normalise.figures.rates import rate_pattern
from flows.normalise.figures.stops import compile_stops


@dataclass(frozen=True, slots=True)
class FigureRules:
    """What the extraction of figures knows.

    Attributes:
        numeral: the regex of candidates.
        prefix: a regex whose group 1 is the currency sign that a candidate begins with.
        of_one: a regex whose group 1 is the end of a fraction "of a".
        absence: a regex whose group 1 is the noun behind "no", or what befell "no one".
        two_hundreds: a regex for candidates that are two numerals, groups 1 and 3.
        words: the table `number_word`.
        suffixes: the table `number_suffix` with the `dimension` of its units.
        prefixes: `prefix`, `code`, `family`, `minor`, `strict` of the signs before an amount.
        measure: a regex for the start of the text behind a numeral: what joins them, the name.
        measures: `name`, `unit`, `dimension`, `code`, `family`, `minor`, `style`, `strict`.
        areas: what `compile_areas` made of `currency_area`.
        rate: a regex for the text behind a figure that finds what it is per.
        rates: the table `rate_noun`.
        bounds: the regexes of bounds and directions.
        stops: one regex for each side and kind of numeral.
        patterns: the regexes of `figure_pattern` by name.
        phrase_words: the table `noun_phrase_word`.
        irregular: the table `irregular_plural`.
        people: nouns for people.
    """

    numeral: str
    prefix: str
    of_one: str
    absence: str
    two_hundreds: str
    words: pl.DataFrame
    suffixes: pl.DataFrame
    prefixes: pl.DataFrame
    measure: str
    measures: pl.DataFrame
    areas: pl.DataFrame
    rate: str
    rates: pl.DataFrame
    bounds: BoundRules
    stops: Mapping[tuple[str, str, str], str]
    patterns: Mapping[str, str]
    phrase_words: pl.DataFrame
    irregular: pl.DataFrame
    people: pl.Series


def compile_figure_rules(reference: Mapping[str, pl.DataFrame]) -> FigureRules:
    """Compile the reference tables of figures."""
    measures = compile_measures(reference)
    patterns = dict(zip(reference["figure_pattern"]["name"], reference["figure_pattern"]["pattern"], strict=True))
    names = reference["currency_name"].filter(side="before")
    signs = names.select("code", "family", "strict", prefix=pl.col("name").str.strip_chars(), minor="factor")
    return FigureRules(
        numeral=numeral_pattern(reference),
        prefix=f"^({prefix_pattern(reference['currency_name'])})",
        of_one=of_one_pattern(reference["number_word"]),
        absence=absence_pattern(reference["number_word"], reference["absence_noun"], patterns["befell"]),
        two_hundreds=two_hundreds_pattern(reference["number_word"]),
        words=reference["number_word"],
        suffixes=reference["number_suffix"].join(
            reference["unit"].select("unit", "dimension"), on="unit", how="left", maintain_order="left"
        ),
        prefixes=signs.unique("prefix", keep="first", maintain_order=True),
        measure=measure_pattern(measures),
        measures=measures,
        areas=compile_areas(reference["currency_area"]),
        rate=rate_pattern(reference),
        rates=reference["rate_noun"],
        bounds=compile_bounds(reference["figure_bound"], reference["figure_direction"]),
        stops=compile_stops(reference["figure_stop"]),
        patterns=patterns,
        phrase_words=reference["noun_phrase_word"],
        irregular=reference["irregular_plural"],
        people=reference["person_noun"]["noun"],
    )
