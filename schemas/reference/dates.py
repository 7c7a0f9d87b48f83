"""Contracts of the date tables: words and shapes of time, the rules over them, holidays and events."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import Contract, row_check
from schemas.vocabulary import TIMEX_TYPE

TENSE = ("past", "pluperfect", "modal", "future", "ahead", "limit", "reached")


class DateWord(Contract):
    """The words of temporal expressions, each with the token that rule patterns know it by.

    Written with a capital, a word counts only so or in capitals ("May", not "may"). Source: the lexical triggers of the
    TIMEX2 guidelines (2005) and of ISO-TimeML, in the spellings of the Associated Press and Guardian style books.
    """

    class Config:
        """The table and its key."""

        name = "date_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(str_matches=r"^\S(?:.*\S)?$", description="a word or phrase, single spaces")
    token: str = pa.Field(str_matches=r"^[a-z_.]+$", description="the token's name in rule patterns")
    value: str = pa.Field(nullable=True, description="what it stands for: a number, a unit, a shift, a modifier")
    trigger: bool = pa.Field(description="whether it alone makes a passage temporal")


class DateShape(Contract):
    """The shapes of numbers and written dates, the first that fits names the token."""

    class Config:
        """The table and its key."""

        name = "date_shape"
        metadata = {"key": ("pattern",)}

    token: str = pa.Field(str_matches=r"^[a-z_.]+$", description="the token's name in rule patterns")
    pattern: str = pa.Field(description="a Rust regex for the whole token")
    value: str = pa.Field(description="a Rust regex whose group takes the value out")
    trigger: bool = pa.Field(description="whether it alone makes a passage temporal")


class DateMacro(Contract):
    """Parts that many rule patterns share, written $name there."""

    class Config:
        """The table and its key."""

        name = "date_macro"
        metadata = {"key": ("macro",)}

    macro: str = pa.Field(str_matches=r"^[a-z_]+$", description="its name")
    pattern: str = pa.Field(description="what it stands for")


class DateRule(Contract):
    """The rules: which sequence of tokens is an expression of which type, and what it sets.

    The conditions are Rust regexes on the text that stands before and after the mention.
    """

    class Config:
        """The table and its key."""

        name = "date_rule"
        metadata = {"key": ("rule",)}

    rule: str = pa.Field(str_matches=r"^[a-z][a-z0-9_]*$", description="the rule's name, in fact_date_mention.rule")
    pattern: str = pa.Field(description="the sequence of tokens, in the notation of flows/normalise/dates/patterns.py")
    timex_type: str = pa.Field(isin=list(TIMEX_TYPE), description="TIMEX3 type")
    sets: str = pa.Field(nullable=True, description="what the rule sets itself: field=value, separated by semicolons")
    priority: pl.Int32 = pa.Field(ge=0, description="the lower wins among rules for the same span")
    before: str = pa.Field(nullable=True, description="what must stand before")
    not_before: str = pa.Field(nullable=True, description="what must not stand before")
    after: str = pa.Field(nullable=True, description="what must stand after")
    not_after: str = pa.Field(nullable=True, description="what must not stand after")


class DateSeason(Contract):
    """The seasons of the northern hemisphere, as meteorology counts them; winter is the one that begins in the year."""

    class Config:
        """The table and its key."""

        name = "date_season"
        metadata = {"key": ("season",)}

    season: str = pa.Field(str_matches=r"^(?:SP|SU|FA|WI)$", description="TIMEX3 code")
    first_month: pl.Int32 = pa.Field(ge=1, le=12, description="the month in which it begins")
    months: pl.Int32 = pa.Field(ge=1, le=12, description="how many months it has")


class DateTenseCue(Contract):
    """Words by which a clause looks back or ahead, to tell last Friday from next Friday in "on Friday".

    Source: the auxiliaries and irregular preterites of English (Quirk et al., A Comprehensive Grammar, 1985); regular
    preterites are known by their ending.
    """

    class Config:
        """The table and its key."""

        name = "date_tense_cue"
        metadata = {"key": ("cue",)}

    cue: str = pa.Field(description="a word or phrase")
    tense: str = pa.Field(isin=list(TENSE), description="where the clause looks")


class Holiday(Contract):
    """The names of holidays."""

    class Config:
        """The table and its key."""

        name = "holiday"
        metadata = {"key": ("word",)}

    word: str = pa.Field(str_matches=r"^\S(?:.*\S)?$", description="a name, as texts write it")
    holiday: str = pa.Field(str_matches=r"^[a-z0-9_]+$", description="the holiday")


class HolidayRule(Contract):
    """When holidays of the civil and the Western Christian calendar fall: a day, an nth weekday, or by Easter."""

    class Config:
        """The table and its key."""

        name = "holiday_rule"
        metadata = {"key": ("holiday",)}

    holiday: str = pa.Field(str_matches=r"^[a-z0-9_]+$", description="the holiday")
    month: pl.Int32 = pa.Field(nullable=True, ge=1, le=12, description="its month")
    day: pl.Int32 = pa.Field(nullable=True, ge=1, le=31, description="its day of the month")
    weekday: pl.Int32 = pa.Field(nullable=True, ge=1, le=7, description="its ISO weekday, with `nth`")
    nth: pl.Int32 = pa.Field(nullable=True, ge=-1, le=5, description="the nth such weekday of the month; -1 the last")
    easter_offset: pl.Int32 = pa.Field(nullable=True, ge=-60, le=60, description="days after Easter Sunday")

    @pa.dataframe_check(name="one_way", description="a holiday has a day, an nth weekday or an offset from Easter")
    def one_way(cls, data: PolarsData) -> pl.LazyFrame:
        """Exactly one of the three ways is filled."""
        ways = pl.sum_horizontal(pl.col(c).is_not_null().cast(pl.Int32) for c in ("day", "nth", "easter_offset"))
        return row_check(data, ways == 1)


class HolidayDate(Contract):
    """When moving holidays fall, a row a year.

    Easter by the Gregorian computus; Islamic feasts by the tabular calendar (civil epoch), which can differ by a day
    from the sighting of the moon; Jewish feasts by the fixed Hebrew calendar, from the first full day; the Lunar New
    Year by the Chinese calendar as published.
    """

    class Config:
        """The table and its key."""

        name = "holiday_date"
        metadata = {"key": ("holiday", "starts_on")}

    holiday: str = pa.Field(str_matches=r"^[a-z0-9_]+$", description="the holiday")
    year: pl.Int32 = pa.Field(description="the civil year in which it begins")
    starts_on: pl.Date = pa.Field(description="first day")
    ends_on: pl.Date = pa.Field(description="last day, included")

    @pa.dataframe_check(name="starts_before_ends", description="starts_on is not after ends_on")
    def starts_before_ends(cls, data: PolarsData) -> pl.LazyFrame:
        """The first day is not after the last."""
        return row_check(data, pl.col("starts_on") <= pl.col("ends_on"))


class WorldEvent(Contract):
    """Events by which news counts time, with the day they began; the days are those of general encyclopedias."""

    class Config:
        """The table and its key."""

        name = "world_event"
        metadata = {"key": ("event",)}

    event: str = pa.Field(str_matches=r"^[a-z0-9_]+$", description="the event")
    starts_on: pl.Date = pa.Field(description="the day on which it happened or began")
    pattern: str = pa.Field(description="a Rust regex of the ways in which texts name it")


DATE_TABLES: tuple[type[Contract], ...] = (
    DateWord, DateShape, DateMacro, DateRule, DateSeason, DateTenseCue, Holiday, HolidayRule, HolidayDate, WorldEvent,
)  # fmt: skip
"""The date tables."""
