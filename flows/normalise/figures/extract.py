"""Sentences in, figures out: the stages in order."""

import polars as pl

from flows.normalise.figures.ages import mark_ages
from flows.normalise.figures.areas import follow_article, weigh_pounds
from flows.normalise.figures.atoms import find_atoms
from flows.normalise.figures.bounds import open_ends, read_bounds, read_directions
from flows.normalise.figures.carry import carry_over
from flows.normalise.figures.inherit import inherit_units
from flows.normalise.figures.measures import find_measures
from flows.normalise.figures.money import settle_currency
from flows.normalise.figures.nouns import count_nouns
from flows.normalise.figures.pairs import join_pairs
from flows.normalise.figures.rates import find_rates
from flows.normalise.figures.rules import FigureRules
from flows.normalise.figures.scales import place_on_scales
from flows.normalise.figures.stops import drop_calendar, drop_labels, drop_stopped
from flows.normalise.figures.suffixes import settle_suffixes
from flows.normalise.figures.windows import at_window, cut_windows


def extract_figures(
    articles: pl.DataFrame, sentences: pl.DataFrame, dates: pl.DataFrame | None, rules: FigureRules
) -> pl.DataFrame:
    """Find every quantity of the sentences with its value, bound, direction, unit and counted noun.

    Args:
        articles: `article_no`, `text`, `url` (null where the source gives none).
        sentences: `sentence_id`, `article_no`, `text`.
        dates: the mention frame of dates with `timex_type`, or None; calendar dates and clock times claim their spans.
        rules: the compiled reference tables.

    Returns:
        A mention frame with the own columns of `FactFigure` and `rule`.
    """
    windows = cut_windows(sentences)
    atoms = settle_suffixes(find_atoms(sentences, windows, rules), rules.suffixes, rules.patterns["second_measure"])
    measured = find_measures(atoms, rules.measure, rules.measures)
    claimed = drop_calendar(measured, dates)
    joined = join_pairs(claimed, rules.patterns, rules.bounds).filter(
        pl.col("pair").ne_missing("score"), pl.col("low").is_not_null()
    )
    amounts = follow_article(settle_currency(joined), articles, rules.areas)
    figures = drop_labels(weigh_pounds(amounts, rules.patterns["weight"]), rules.stops)
    figures = mark_ages(place_on_scales(figures, rules.patterns), rules.patterns)
    figures = find_rates(figures, rules.rate, rules.patterns["no_rate"], rules.rates)
    figures = count_nouns(figures, rules)
    figures = drop_stopped(inherit_units(figures, rules.patterns), rules.stops, rules.patterns["year"])
    figures = read_directions(read_bounds(figures, rules.bounds, rules.patterns), rules.bounds, rules.patterns)
    figures = carry_over(figures, rules.patterns["again"])
    return _finish(figures, windows)


def _finish(figures: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    low, high = open_ends(pl.col("bound"), pl.col("low"), pl.col("high"))
    sign = pl.when("negative").then(-1.0).otherwise(1.0)
    multiple = pl.col("form") == "multiple"
    fraction = pl.col("form").is_in(["part", "parts", "slash", "glyph"]) & (pl.col("high") < 1)
    dimension = (
        pl.when(pl.col("pair") == "tally")
        .then(pl.lit("tally"))
        .when(pl.col("pair") == "ratio")
        .then(pl.lit("ratio"))
        .when(pl.col("dimension").is_null() & (multiple | fraction))
        .then(pl.lit("ratio"))
        .otherwise(pl.coalesce("dimension", pl.lit("count")))
    )
    start = pl.col("start") - pl.col("signed").cast(pl.Int32)
    shaped = figures.with_columns(
        value=pl.col("value") * sign,
        value_low=pl.when("negative").then(high * sign).otherwise(low),
        value_high=pl.when("negative").then(low * sign).otherwise(high),
        dimension=dimension,
        start=start.cast(pl.Int32),
        counted=pl.when(pl.col("pair").ne_missing("tally")).then("counted"),
        rule=pl.concat_str(pl.lit("figure_"), pl.coalesce("pair", "form", pl.lit("digits"))),
    )
    return (
        at_window(shaped, windows)
        .with_columns(
            surface=pl.col("window_text").str.slice(pl.col("start") - pl.col("base"), pl.col("end") - pl.col("start"))
        )
        .select(
            "sentence_id",
            "start",
            "end",
            "surface",
            "value",
            "value_low",
            "value_high",
            "bound",
            "direction",
            "dimension",
            "unit",
            "counted",
            "per_unit",
            "rule",
        )
    )
