"""The dates of a story: what an expression without a date of its own is counted from.

News counts from its day of publication. A history has none of use: there years and months are inherited from the last
date that the story named. Expressions such as "two days later" count from the story in both.
"""

import polars as pl

from flows.normalise.dates.place import PLACES, place
from flows.normalise.dates.tense import FUTURE

ROUNDS = 3
"""How often dates that count from other counted dates are resolved; what still waits then takes the last known one."""
OLD_YEARS = 3
"""A written year so far before publication is one of a history."""
MIN_OLD_DATES = 8
"""Fewer written dates than this make no history."""
OLD_FOR_EACH_DAILY = 4
"""In a history so many written years stand for each day that is named from the day of publication."""
NEARBY_SENTENCES = 2
"""How far back a bare time of day looks for its day."""
COUNTED_YEARS = ("year_ago", "counted", "year_quarter")
"""Kinds of rules whose year takes the quarter that the story told last."""
COMPARISONS = ("year_ago", "year_quarter")
"""Kinds of rules that the story passes over: what they name it does not move to."""
TOLD = (
    "row", "article_no", "sentence_no", "published_on", "history", "source", "kind", "base", "n", "dir", "quarter",
    "tense",
)  # fmt: skip
"""What a mention's place tells the story by."""
DAILY_BASES = ("D", "W", "TH", "TM", "TS")


def find_histories(mentions: pl.DataFrame) -> pl.DataFrame:
    """Tell the articles that are histories: long past years outnumber what is told from the day of publication.

    Args:
        mentions: decoded fields with `article_no` and `published_on`.

    Returns:
        `article_no` and `history` (true or false).
    """
    old = (pl.col("year") <= pl.col("published_on").dt.year() - OLD_YEARS).fill_null(pl.col("year").is_not_null())
    named = pl.col("year").is_null() & pl.col("weekday").is_not_null()
    told = (pl.col("anchor") == "publication") & (pl.col("base") == "D")
    daily = (named | told).fill_null(value=False)
    enough = old.sum() >= MIN_OLD_DATES
    return mentions.group_by("article_no").agg(history=enough & (old.sum() > OLD_FOR_EACH_DAILY * daily.sum()))


def resolve_places(mentions: pl.DataFrame) -> pl.DataFrame:
    """Place every mention: those that stand for themselves or count from publication first, then those of the story.

    Args:
        mentions: decoded points in reading order, with `row`, `article_no`, `sentence_no`, `published_on`, `history`,
            `tense` and `season_month`.

    Returns:
        The same rows in order, with `PLACES` and `source` (explicit, publication, context).
    """
    prepared = mentions.with_columns(**_traits()).with_columns(source=_source())
    published = prepared.filter(pl.col("source") != "context").with_columns(**_from_publication())
    placed = place(published).select(*prepared.columns, *PLACES)
    waiting = prepared.filter(pl.col("source") == "context")
    for rounds_left in reversed(range(ROUNDS)):
        if waiting.is_empty():
            break
        ready = _with_story(placed, waiting, only_certain=rounds_left > 0)
        told = place(ready).select(placed.columns)
        placed = pl.concat([placed, told])
        waiting = waiting.join(told.select("row"), on="row", how="anti")
    return placed.sort("row")


def _traits() -> dict[str, pl.Expr]:
    dated = pl.any_horizontal(
        pl.col(name).is_not_null() for name in ("month", "weekday", "quarter", "half", "season", "anchor", "decade")
    )
    anchored = pl.col("anchor").is_not_null()
    return {
        "anchored": anchored,
        "is_absolute": (pl.any_horizontal(pl.col(name).is_not_null() for name in ("year", "decade", "week")))
        & (pl.col("kind") != "year_quarter")
        | (pl.col("kind") == "century"),
        "hour_only": ~dated & pl.col("day").is_null() & pl.any_horizontal(pl.col("hour", "part").is_not_null()),
        "day_only": pl.col("day").is_not_null() & pl.col("month").is_null(),
        "inherits": pl.col("history") & ~anchored,
    }


def _source() -> pl.Expr:
    from_story = (
        (pl.col("anchor") == "context")
        | pl.col("kind").is_in(["year_ago", "the_quarter"])
        | _compares_with_last_year()
        | pl.col("hour_only")
        | pl.col("day_only")
        | (pl.col("history") & (pl.col("anchor") != "publication").fill_null(value=True))
    )
    return (
        pl.when(pl.col("is_absolute"))
        .then(pl.lit("explicit"))
        .when(from_story)
        .then(pl.lit("context"))
        .otherwise(pl.lit("publication"))
    )


def _compares_with_last_year() -> pl.Expr:
    """Whether the mention is "a year ago" or "a year earlier": a comparison, which does not move the story."""
    return (pl.col("kind") == "counted") & (pl.col("base") == "Y") & (pl.col("n") == 1) & (pl.col("dir") < 0)


def _from_publication() -> dict[str, pl.Expr]:
    return {**_day_of(pl.col("published_on")), "keeps_quarter": pl.lit(value=False)}


def _day_of(day: pl.Expr) -> dict[str, pl.Expr]:
    return {
        "from_year": day.dt.year(),
        "from_month": day.dt.month().cast(pl.Int32),
        "from_day": day.dt.day().cast(pl.Int32),
        "from_quarter": day.dt.quarter().cast(pl.Int32),
    }


def _with_story(placed: pl.DataFrame, waiting: pl.DataFrame, *, only_certain: bool) -> pl.DataFrame:
    """Give waiting mentions the story's date before them; `only_certain`: those whose predecessor waits no more."""
    columns = pl.col(*TOLD, *PLACES)
    concerned = placed.lazy().join(waiting.lazy(), on="article_no", how="semi").select(columns, waits=False)
    blank = waiting.lazy().with_columns(pl.lit(None, placed.schema[name]).alias(name) for name in PLACES)
    is_certain = ~pl.col("waited").fill_null(value=False) if only_certain else pl.lit(value=True)
    known = (
        pl.concat([concerned, blank.select(columns, waits=True)])
        .sort("row")
        .select("row", "waits", **_last_known())
        .filter(pl.col("waits") & is_certain)
        .drop("waits", "waited")
    )
    ready = waiting.lazy().join(known, on="row").sort("row").with_columns(**_from_story())
    return ready.collect(engine="in-memory")


def _last_known() -> dict[str, pl.Expr]:
    """The last year, month, day and quarter that the article named before each row."""
    told_by_day = pl.col("history") & (pl.col("source") == "publication")
    moves = ~(pl.col("kind").is_in(COMPARISONS) | _is_outlook() | _compares_with_last_year() | told_by_day)
    year, month, day = (pl.when(moves).then(name) for name in ("at_year", "at_month", "at_day"))
    has_month = month.is_not_null() & year.is_not_null()
    has_day = has_month & day.is_not_null()
    quarter = pl.when(moves).then("at_quarter")
    has_quarter = quarter.is_not_null() & year.is_not_null()
    known = {
        "last_year": year,
        "month_year": pl.when(has_month).then(year),
        "month_month": pl.when(has_month).then(month),
        "day_year": pl.when(has_day).then(year),
        "day_month": pl.when(has_day).then(month),
        "day_day": pl.when(has_day).then(day),
        "day_sentence": pl.when(has_day).then("sentence_no"),
        "quarter_year": pl.when(has_quarter).then(year),
        "quarter_quarter": pl.when(has_quarter).then(quarter),
        "last_is_quarter": pl.when(year.is_not_null() & month.is_null()).then(quarter.is_not_null()),
    }
    filled = {name: value.forward_fill().shift(1).over("article_no") for name, value in known.items()}
    return {**filled, "waited": pl.col("waits").shift(1).over("article_no")}


def _is_outlook() -> pl.Expr:
    """Whether a quarter that is not over yet is looked forward to: the results that are told are not of it."""
    published = pl.col("published_on").dt.year() * 4 + pl.col("published_on").dt.quarter()
    is_open = pl.col("at_year") * 4 + pl.col("at_quarter") >= published
    return (pl.col("quarter").is_not_null() & is_open & (pl.col("tense") == FUTURE)).fill_null(value=False)


def _from_story() -> dict[str, pl.Expr]:
    """The anchor: what the story tells of it; where it tells nothing the day of publication, if that may stand in."""
    reported = pl.when(pl.col("kind") == "the_quarter").then(pl.col("published_on").dt.offset_by("-3mo"))
    published = _day_of(reported.otherwise("published_on"))
    may_stand_in = (
        pl.col("hour_only")
        | pl.col("kind").is_in(["year_ago", "the_quarter"])
        | (pl.col("dir") < 0)
        | pl.col("day_only")
    ).fill_null(value=False)
    told = _told()
    falls_back = told["from_year"].is_null() & may_stand_in & ~pl.col("history")
    anchors = {name: pl.when(falls_back).then(published[name]).otherwise(told[name]) for name in published}
    return {
        **{name: anchor.cast(pl.Int32) for name, anchor in anchors.items()},
        "keeps_quarter": (_by_quarter() | (pl.col("kind") == "year_ago")) & pl.col("last_is_quarter"),
        "source": pl.when(falls_back).then(pl.lit("publication")).otherwise("source"),
    }


def _by_quarter() -> pl.Expr:
    """Whether a year stands for a quarter of it: "a year earlier" than a third quarter, or "the 1988 period"."""
    return (pl.col("base") == "Y") & pl.col("last_is_quarter") & pl.col("kind").is_in(COUNTED_YEARS)


def _told() -> dict[str, pl.Expr]:
    """The story's last quarter, day, month or year, by the unit that is counted; null where it told none."""
    is_quarter = (pl.col("unit") == "Q") | _by_quarter() | (pl.col("kind") == "year_ago")
    near = pl.col("sentence_no") - pl.col("day_sentence") <= NEARBY_SENTENCES
    is_hour = pl.col("hour_only") & (near | pl.col("history"))
    is_day = pl.col("base").is_in(DAILY_BASES) | pl.col("weekday").is_not_null() | is_hour
    is_month = (pl.col("base") == "M") | pl.col("day_only")
    is_year = ~pl.col("hour_only") & ((pl.col("anchor").fill_null("context") == "context") | pl.col("history"))

    def choose(quarter: pl.Expr, day: pl.Expr, month: pl.Expr, year: pl.Expr) -> pl.Expr:
        return (
            pl.when(is_quarter).then(quarter).when(is_day).then(day).when(is_month).then(month).when(is_year).then(year)
        )

    nothing = pl.lit(None, pl.Int32)
    month_of_year = pl.when(pl.col("month_year") == pl.col("last_year")).then("month_month")
    first_month = pl.col("quarter_quarter") * 3 - 2
    return {
        "from_year": choose(pl.col("quarter_year"), pl.col("day_year"), pl.col("month_year"), pl.col("last_year")),
        "from_month": choose(first_month, pl.col("day_month"), pl.col("month_month"), month_of_year),
        "from_day": choose(nothing, pl.col("day_day"), nothing, nothing),
        "from_quarter": choose(pl.col("quarter_quarter"), nothing, nothing, nothing),
    }
