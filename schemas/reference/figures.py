"""Contracts of the reference tables that figures are read by: numerals, units, currencies, bounds, nouns."""

from collections.abc import Mapping
from typing import Final

import pandera.polars as pa

from schemas.contract import Contract
from schemas.figures import DimFxRate
from schemas.vocabulary import BOUND, DIMENSION, DIRECTION

NUMBER_ROLE: Final[Mapping[str, str]] = {
    "unit": "one to nine",
    "teen": "ten to nineteen",
    "ten": "twenty to ninety",
    "hundred": "multiplies what stands before it in its group",
    "scale": "multiplies its whole group: dozen, thousand, million",
    "multitude": "a plural magnitude without a count: from `value` to `high`",
    "vague": "a vague count of a magnitude: several hundred, multi-million",
    "part": "one part of a whole: half, third",
    "parts": "the plural of a part: thirds",
    "multiple": "how many times: twice",
    "zero": "nothing: zero, nil",
    "absence": "no, before a noun of `absence_noun`",
    "point": "the decimal point",
    "glyph": "a fraction in one character",
}

NAME_STYLE: Final[Mapping[str, str]] = {
    "word": "known in any case",
    "symbol": "known only as written",
    "code": "an ISO 4217 code or an abbreviation, known only as written",
    "penny": "one letter, known only right behind a number in an article about that currency",
}

UNIT_STYLE: Final[Mapping[str, str]] = {
    "word": "known in any case",
    "symbol": "known only as written",
    "glued": "known only as written, right behind the number: 6in",
}

BOUND_SIDE: Final[Mapping[str, str]] = {
    "before": "stands before the figure",
    "after": "stands behind the figure or its noun",
}

DIRECTION_CUE: Final[Mapping[str, str]] = {
    "verb": "stands before the figure, with fillers between: rose by about",
    "noun": "stands before the figure with `of`: an increase of",
    "change": "stands before `from` and the two values of a change, and does not say which way: went from",
    "sign": "a sign before the numeral",
    "inside": "may stand between a word of bound and the figure",
    "filler": "may stand between the word of direction and the figure",
}

NOUN_PHRASE_ROLE: Final[Mapping[str, str]] = {
    "boundary": "ends the noun phrase that follows a numeral",
    "joiner": "joins two nouns, or ends the phrase after a plural",
    "people": "a name of people without a plural of its own: 12 Chinese, 90 Rohingya",
    "modifier": "stands before the counted noun",
    "singular": "ends in s and is no plural",
    "quantity": "a quantity by itself",
    "of": "joins a quantity and what it is of",
}

STOP_APPLIES: Final[Mapping[str, str]] = {
    "all": "to every numeral",
    "bare": "to numerals without unit and currency",
    "naked": "to numerals without unit, currency and counted noun",
    "one": "to the word one without unit and currency",
    "half": "to the word half alone",
    "part": "to a fraction with an article: a third",
}

STOP_EFFECT: Final[Mapping[str, str]] = {
    "stop": "where it matches, the numeral is no quantity",
    "need": "where it does not match, the numeral is no quantity",
    "spare": "where it matches, no stop and no need counts",
}


class NumberWord(Contract):
    """Words and characters that numerals are made of. Source: English orthography; fractions from Unicode."""

    class Config:
        """The table and its key."""

        name = "number_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(unique=True, str_matches=r"^\S+$", description="the word in lower case")
    role: str = pa.Field(isin=list(NUMBER_ROLE), description="what it does in a numeral")
    value: float = pa.Field(ge=0, description="its value")
    high: float = pa.Field(nullable=True, gt=0, description="upper limit of a vague count; null = none or open")


class NumberSuffix(Contract):
    """Letters behind a number that stand for a magnitude, as news style guides write them."""

    class Config:
        """The table and its key."""

        name = "number_suffix"
        metadata = {"key": ("suffix",)}

    suffix: str = pa.Field(unique=True, str_matches=r"^[A-Za-z]+$", description="case as written")
    factor: float = pa.Field(gt=1, description="what it multiplies the number with")
    spaced: bool = pa.Field(description="stands for a magnitude behind a space too")
    unit: str = pa.Field(
        nullable=True, description="the unit that it may stand for instead, where no currency precedes"
    )
    cue: str = pa.Field(nullable=True, description="words behind it that tell the unit; empty = none is needed")


class Unit(Contract):
    """Units of measure with their factor to the base unit. Source: the unit registry of Pint; a test recomputes it."""

    class Config:
        """The table and its key."""

        name = "unit"
        metadata = {"key": ("unit",)}

    unit: str = pa.Field(unique=True, str_matches=r"^[A-Za-z_]+$", description="the name that figures carry")
    dimension: str = pa.Field(isin=list(DIMENSION), description="what it measures")
    symbol: str = pa.Field(nullable=True, description="its usual symbol")
    pint: str = pa.Field(description="the expression by which Pint knows it")
    base_unit: str = pa.Field(description="Pint's base unit")
    factor: float = pa.Field(nullable=True, gt=0, description="multiply by this; null where no factor does (degrees)")


class UnitName(Contract):
    """How texts write the units of measure."""

    class Config:
        """The table and its key."""

        name = "unit_name"
        metadata = {"key": ("name", "style")}

    name: str = pa.Field(str_length={"min_value": 1}, description="as texts write it; words in lower case")
    unit: str = pa.Field(description="the unit in `unit`")
    style: str = pa.Field(isin=list(UNIT_STYLE), description="how it is known")


class Currency(Contract):
    """The currencies of ISO 4217, historic ones included, with the English names of Unicode's CLDR."""

    class Config:
        """The table and its key."""

        name = "currency"
        metadata = {"key": ("code",)}

    code: str = pa.Field(unique=True, str_matches=r"^[A-Z]{3}$", description="ISO 4217 code")
    name: str = pa.Field(description="English name")
    current: bool = pa.Field(description="still in the list of current codes")


class CurrencyName(Contract):
    """How texts write currencies. Source: CLDR's English names, agencies' style guides."""

    class Config:
        """The table and its key."""

        name = "currency_name"
        metadata = {"key": ("name", "side")}

    name: str = pa.Field(str_length={"min_value": 1}, description="as texts write it; words in lower case")
    code: str = pa.Field(str_matches=r"^[A-Z]{3}$", description="ISO 4217; XXX where only the country could tell")
    family: str = pa.Field(nullable=True, description="currencies that share the bare name: dollar, peso")
    factor: float = pa.Field(gt=0, description="what one of it is in the currency: a cent is 0.01")
    side: str = pa.Field(isin=["before", "after"], description="where it stands beside the number")
    style: str = pa.Field(isin=list(NAME_STYLE), description="how it is known")
    strict: bool = pa.Field(description="a word as well: needs a magnitude or three digits behind it")


class CurrencyArea(Contract):
    """Places and peoples that tell which of the currencies of one name an article means."""

    class Config:
        """The table and its key."""

        name = "currency_area"
        metadata = {"key": ("family", "area")}

    family: str = pa.Field(description="the shared name, as in `currency_name`")
    code: str = pa.Field(str_matches=r"^[A-Z]{3}$", description="ISO 4217")
    domain: str = pa.Field(nullable=True, str_matches=r"^[a-z]{2}$", description="the country's internet domain")
    area: str = pa.Field(str_length={"min_value": 1}, description="as texts write it")


class FigureBound(Contract):
    """Words that limit a figure: at least, about, or more."""

    class Config:
        """The table and its key."""

        name = "figure_bound"
        metadata = {"key": ("phrase", "side")}

    phrase: str = pa.Field(str_length={"min_value": 1}, description="in lower case")
    side: str = pa.Field(isin=list(BOUND_SIDE), description="where it stands")
    bound: str = pa.Field(isin=list(BOUND), description="what it makes of the figure")


class FigureDirection(Contract):
    """Words and signs that say that a figure rose or fell."""

    class Config:
        """The table and its key."""

        name = "figure_direction"
        metadata = {"key": ("word", "cue")}

    word: str = pa.Field(str_length={"min_value": 1}, description="in lower case")
    cue: str = pa.Field(isin=list(DIRECTION_CUE), description="where it stands")
    direction: str = pa.Field(isin=list(DIRECTION), nullable=True, description="rise or fall; null where it tells none")


class PersonNoun(Contract):
    """Nouns for people, in the singular: what they count is people."""

    class Config:
        """The table and its key."""

        name = "person_noun"
        metadata = {"key": ("noun",)}

    noun: str = pa.Field(unique=True, str_matches=r"^\S+$", description="in lower case, singular")


class IrregularPlural(Contract):
    """Plurals that the rules of English spelling do not give. Source: English grammars."""

    class Config:
        """The table and its key."""

        name = "irregular_plural"
        metadata = {"key": ("plural",)}

    plural: str = pa.Field(unique=True, str_matches=r"^\S+$", description="in lower case")
    singular: str = pa.Field(str_matches=r"^\S+$", description="in lower case")


class NounPhraseWord(Contract):
    """Words by which the counted noun behind a numeral is found."""

    class Config:
        """The table and its key."""

        name = "noun_phrase_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(unique=True, str_matches=r"^\S+$", description="in lower case")
    role: str = pa.Field(isin=list(NOUN_PHRASE_ROLE), description="what it tells")


class FigureStop(Contract):
    """Patterns beside a numeral by which it is no quantity: labels, model names, ordinals, addresses."""

    class Config:
        """The table and its key."""

        name = "figure_stop"
        metadata = {"key": ("rule",)}

    rule: str = pa.Field(unique=True, str_matches=r"^[a-z_]+$", description="the rule's name")
    side: str = pa.Field(isin=["before", "after"], description="which side of the numeral the pattern reads")
    applies: str = pa.Field(isin=list(STOP_APPLIES), description="to which numerals")
    effect: str = pa.Field(isin=list(STOP_EFFECT), description="what a match means")
    pattern: str = pa.Field(str_length={"min_value": 1}, description="regex of Rust's dialect")


class FigurePattern(Contract):
    """Regexes for the text beside a numeral by which the stages of the extraction decide."""

    class Config:
        """The table and its key."""

        name = "figure_pattern"
        metadata = {"key": ("name",)}

    name: str = pa.Field(unique=True, str_matches=r"^[a-z_]+$", description="the name that the stages know it by")
    meaning: str = pa.Field(description="where it looks and what a match says")
    pattern: str = pa.Field(str_length={"min_value": 1}, description="regex of Rust's dialect")


class AbsenceNoun(Contract):
    """Plural nouns before which "no" is a count of zero: no casualties."""

    class Config:
        """The table and its key."""

        name = "absence_noun"
        metadata = {"key": ("noun",)}

    noun: str = pa.Field(unique=True, str_matches=r"^\S+$", description="in lower case")


class RateNoun(Contract):
    """What a rate is per: a barrel, a day, a square foot, each."""

    class Config:
        """The table and its key."""

        name = "rate_noun"
        metadata = {"key": ("noun",)}

    noun: str = pa.Field(unique=True, str_matches=r"^\S+(?: \S+)?$", description="in lower case, singular")
    per_unit: str = pa.Field(str_matches=r"^[a-z_]+$", description="the name that figures carry")
    alone: bool = pa.Field(description="says it without per or a: each, daily")


class FxRate(DimFxRate):
    """Exchange rates to the dollar: yearly averages since 1999. Source: central banks, named in each row."""

    class Config:
        """The table and its key."""

        name = "fx_rate"
        metadata = {"key": ("currency", "starts_on")}


FIGURE_TABLES: tuple[type[Contract], ...] = (
    NumberWord,
    NumberSuffix,
    Unit,
    UnitName,
    Currency,
    CurrencyName,
    CurrencyArea,
    FigureBound,
    FigureDirection,
    PersonNoun,
    IrregularPlural,
    NounPhraseWord,
    FigureStop,
    FigurePattern,
    AbsenceNoun,
    RateNoun,
    FxRate,
)
"""The reference tables of figures."""
