"""Dates: from sentences to mentions with their TIMEX3 type and value and plain days."""

import polars as pl

from flows.normalise.dates.decode import complete_years, decode_fields
from flows.normalise.dates.events import find_event_dates
from flows.normalise.dates.holiday_dates import place_holidays
from flows.normalise.dates.numeric import read_numeric_dates
from flows.normalise.dates.parse import parse_sentences
from flows.normalise.dates.patterns import FIELDS
from flows.normalise.dates.periods import (
    CLOCK_UNITS,
    PERIODS,
    with_period_values,
    with_reference_values,
    with_set_values,
)
from flows.normalise.dates.rules import CONDITIONS, DateRules
from flows.normalise.dates.story import find_histories, resolve_places
from flows.normalise.dates.tense import clause_tense
from flows.normalise.dates.values import with_point_values
from flows.normalise.spans import with_reach

OWN_COLUMNS = (
    "sentence_id", "start", "end", "surface", "timex_type", "timex_value", "timex_mod", "starts_on", "ends_on",
    "granularity", "resolution", "rule",
)  # fmt: skip
NAMED = ("month", "quarter", "half", "season", "weekday", "holiday")
"""What comes again each week or year, so that a text may leave open which one it means."""


def extract_dates(articles: pl.DataFrame, sentences: pl.DataFrame, rules: DateRules) -> pl.DataFrame:
    """Find and resolve every temporal expression.

    Args:
        articles: `article_no`, `published_on`.
        sentences: `sentence_id`, `article_no`, `sentence_no`, `text`.
        rules: the compiled date rules.

    Returns:
        A mention frame with the own columns of FactDateMention and `rule`, in reading order. Mentions do not overlap,
        but for those of resolution `event`, inside which a date may stand.
    """
    mentions = _fields(articles, sentences, rules)
    kind = pl.col("kind")
    is_period, is_set, is_reference = kind.is_in(PERIODS), kind == "set", kind.is_in(["ref", "vague"])
    points = mentions.filter(~(is_period | is_set | is_reference))
    valued = [
        _points(points, rules),
        with_period_values(mentions.filter(is_period)),
        with_set_values(mentions.filter(is_set)),
        with_reference_values(mentions.filter(is_reference)),
    ]
    events = find_event_dates(articles, sentences, rules.events)
    found = pl.concat([frame.rename({"mod": "timex_mod"}).select(OWN_COLUMNS) for frame in valued])
    return pl.concat([_outside_events(found, events), events.select(OWN_COLUMNS)]).sort("sentence_id", "start", "end")


def _outside_events(mentions: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Drop what an event's name holds ("the Sept. 11 attacks"), unless it stands for itself as a year does."""
    reached = with_reach(mentions, events, pl.col("start"))
    return reached.filter((pl.col("resolution") == "explicit") | (pl.col("reach") < pl.col("end"))).drop("reach")


def _fields(articles: pl.DataFrame, sentences: pl.DataFrame, rules: DateRules) -> pl.DataFrame:
    """Mentions with their rule, decoded fields and what their article says of them, numbered in reading order."""
    mentions, reads = parse_sentences(sentences, rules)
    decoded = (
        reads.join(rules.table.drop("priority", "is_conditional", *CONDITIONS), on="rule_no")
        .filter(pl.col("kind") != "none")
        .with_columns(pl.coalesce(f"set_{field}", field).alias(field) for field in FIELDS)
        .drop(pl.selectors.starts_with("set_"), "rule_no")
        .pipe(decode_fields)
        .filter(_is_sound())
    )
    placed = (
        mentions.join(sentences.select("sentence_id", "article_no", "sentence_no"), on="sentence_id")
        .join(articles.select("article_no", "published_on"), on="article_no")
        .join(decoded, on="read_no")
        .pipe(complete_years)
        .pipe(read_numeric_dates)
    )
    histories = find_histories(placed)
    return (
        placed.join(histories, on="article_no", how="left", maintain_order="left")
        .sort("sentence_id", "start")
        .with_row_index("row")
    )


def _is_sound() -> pl.Expr:
    """Whether a clock time is one of the day, a point counts no hours ("the last minute") and a range ends later."""
    is_late = pl.col("clock").is_not_null() & pl.col("hour").is_null()
    is_hour = (pl.col("kind") == "point") & pl.col("unit").is_in(list(CLOCK_UNITS))
    is_no_range = (pl.col("kind") == "range_year") & pl.col("year").is_null()
    return ~(is_late | is_no_range | is_hour.fill_null(value=False))


def _points(points: pl.DataFrame, rules: DateRules) -> pl.DataFrame:
    """Points of the calendar, placed and valued."""
    seasons = rules.seasons.select("season", season_month="first_month")
    prepared = _with_tense(points, rules).join(seasons, on="season", how="left").sort("row")
    placed = resolve_places(prepared).pipe(place_holidays, rules.holidays)
    is_time = (pl.col("timex_type") == "DATE") & (pl.col("granularity") == "time")
    return with_point_values(placed).with_columns(
        timex_type=pl.when(is_time).then(pl.lit("TIME")).otherwise("timex_type"),
        resolution=pl.when(pl.col("resolution") == "source").then("source").otherwise("resolution"),
    )


def _with_tense(points: pl.DataFrame, rules: DateRules) -> pl.DataFrame:
    """Add `tense` to the points whose place depends on it: those named without their year."""
    is_named = pl.any_horizontal(pl.col(*NAMED).is_not_null()) | (pl.col("kind") == "weekend")
    open_year = is_named & pl.col("year").is_null()
    told = clause_tense(points.filter(open_year), rules.tenses)
    return pl.concat([points.filter(~open_year).with_columns(tense=pl.lit(None, pl.Int32)), told])
