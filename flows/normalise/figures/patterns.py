"""The regex of numerals: digits, words, fractions and multitudes, each with its currency sign and magnitude."""

from collections.abc import Mapping

import polars as pl

from flows.normalise.figures.words import EDGE, GAP, alternation, words_of

THOUSAND = 1000
DOZEN = 12
HALF = 0.5
SPACED = r"\d{1,3}(?:[ \x{a0}\x{202f}\x{2009}]\d{3})+(?:[.,]\d{1,2})?(?-u:\b)"
"""Digits in groups of three with spaces (ISO 80000-1)."""

PLAIN = r"\.?\d+(?:[.,]\d+)*"
SLASHED = r"(?:\d+[ -]{1,2})?\d+ ?[/\x{2044}] ?\d+"


def numeral_pattern(reference: Mapping[str, pl.DataFrame]) -> str:
    """One regex for every numeral of a text, currency sign before and magnitude behind included.

    It matches generously: what it finds is a candidate that the neighbouring text still has to confirm.
    """
    words = reference["number_word"]
    body = f"(?:{_with_magnitude(_digits(words), reference)}|(?i:{EDGE}{_in_words(words)}{EDGE}))"
    return f"(?:{prefix_pattern(reference['currency_name'])})?{body}"


def prefix_pattern(names: pl.DataFrame) -> str:
    """The currency signs, codes and abbreviations that stand before an amount; single letters without a space."""
    before = names.filter(side="before")["name"]
    lettered = before.str.contains(r"^[A-Za-z]")
    single = lettered & (before.str.len_chars() == 1)
    longer = f"(?:{EDGE}{alternation(before.filter(lettered & ~single))}|{alternation(before.filter(~lettered))})"
    return rf"(?:{longer}[ \x{{a0}}]?|{EDGE}{alternation(before.filter(single))})"


def of_one_pattern(words: pl.DataFrame) -> str:
    """The end of "half a" and "one-tenth of 1": group 1 is part of the figure only where a unit follows."""
    parts = alternation(words.filter(pl.col("role").is_in(["part", "parts"]))["word"])
    return rf"(?i){parts}({GAP}(?:of{GAP})?(?:an?|one|1))$"


def two_hundreds_pattern(words: pl.DataFrame) -> str:
    """Two numerals that are matched as one, "two hundred and three hundred": group 1, what joins them, group 3."""
    hundred = alternation(words_of(words, "word", role="hundred"))
    number = rf"(?:\d{{1,2}}(?:\.\d+)?|{_small(words)})"
    return rf"(?i)^((?:\d[\d.,]*)?\D*?{hundred})(\W+and\W+)({number}{GAP}{hundred}(?-u:\b).*)$"


def absence_pattern(words: pl.DataFrame, nouns: pl.DataFrame, befell: str) -> str:
    """The word "no" with its noun, or with what befell nobody, anywhere in a text: group 1 is what follows the word."""
    no = alternation(words_of(words, "word", role="absence"))
    return rf"(?i){EDGE}{no}({GAP}(?:[a-z]+{GAP})?{alternation(nouns['noun'])}|{befell}){EDGE}"


def _digits(words: pl.DataFrame) -> str:
    glyph = alternation(words_of(words, "word", role="glyph"))
    return rf"(?:{SLASHED}|{SPACED}|(?:\d+[ -]?)?{glyph}|{PLAIN})"


def _with_magnitude(digits: str, reference: Mapping[str, pl.DataFrame]) -> str:
    words = reference["number_word"]
    scale = alternation(_scales(words)["word"])
    suffix = alternation(reference["number_suffix"]["suffix"])
    scaled = rf"(?i:{GAP}{scale})+"
    tail = rf"(?i:{_fraction_tail(words)}(?:{GAP}{scale})*{EDGE})?"
    mixed = rf"(?:{scaled} \d{{1,3}})?(?i:{_and_rest(words)})|{scaled}(?: \d{{1,3}}{scaled})+{EDGE}"
    return rf"{digits}(?:[eE][+-]?\d+{EDGE}|{mixed}|{scaled}{tail}{EDGE}|[ \x{{a0}}]?{suffix}{EDGE}|{tail})"


def _and_rest(words: pl.DataFrame) -> str:
    """What follows the digit of "3 hundred and 21"."""
    hundred = alternation(words_of(words, "word", role="hundred"))
    return rf"{GAP}{hundred}{GAP}and{GAP}(?:\d{{1,2}}(?:\.\d+)?|{_small(words)}){EDGE}(?:{GAP}{hundred}{EDGE})?"


def _fraction_tail(words: pl.DataFrame) -> str:
    """The fraction of a mixed number: "and a half", "and three quarters"."""
    half = alternation(words.filter(pl.col("role") == "part", pl.col("value") == HALF)["word"])
    return rf"{GAP}and{GAP}(?:{_share(words)}|{half}){EDGE}"


def _share(words: pl.DataFrame) -> str:
    """So many parts: "a third", "three quarters"; behind a ten the singular is an ordinal: twenty-third."""
    part, parts, unit = (alternation(words_of(words, "word", role=role)) for role in ("part", "parts", "unit"))
    return rf"(?:{_small(words)}{GAP}{parts}|(?:an?|{unit}){GAP}(?:{parts}|{part}))"


def _small(words: pl.DataFrame) -> str:
    """One to ninety-nine."""
    ten, teen, unit = (alternation(words_of(words, "word", role=role)) for role in ("ten", "teen", "unit"))
    return rf"(?:{ten}(?:{GAP}{unit}{EDGE})?|{teen}|{unit})"


def _hundreds(words: pl.DataFrame) -> str:
    """One hundred to nine hundred ninety-nine; what follows "hundred" may be a fraction, or a second such number."""
    small, hundred = _small(words), alternation(words_of(words, "word", role="hundred"))
    rest = rf"{GAP}(?:and{GAP})?{small}{EDGE}(?:{GAP}{hundred}{EDGE})?"
    return rf"(?:{small}|an?){GAP}{hundred}(?:{_fraction_tail(words)}|{rest})?"


def _below_thousand(words: pl.DataFrame) -> str:
    return rf"(?:{_hundreds(words)}|{_small(words)})"


def _in_words(words: pl.DataFrame) -> str:
    scale = alternation(_scales(words)["word"])
    fraction = rf"(?:{_fraction_tail(words)}(?:{GAP}{scale}{EDGE})*)?"
    whole = rf"(?:{_cardinal(words)}|{_below_thousand(words)}){EDGE}{fraction}"
    kinds = (_multitude(words), _fraction(words), _decimal(words), _multiple(words), whole)
    return f"(?:{'|'.join(kinds)})"


def _decimal(words: pl.DataFrame) -> str:
    """Decimals read aloud: "five point zero eight", "two hundred point seventy-one million"."""
    digit = alternation(words.filter(pl.col("role").is_in(["unit", "zero", "teen", "ten", "hundred"]))["word"])
    scale, point = alternation(_scales(words)["word"]), alternation(words_of(words, "word", role="point"))
    return rf"{digit}(?:{GAP}{digit}){{0,6}}{GAP}{point}(?:{GAP}{digit}){{1,9}}{EDGE}(?:{GAP}{scale}{EDGE})*"


def _scales(words: pl.DataFrame) -> pl.DataFrame:
    """What may multiply a number: hundred, dozen, million; and their plurals, as in "three dozens"."""
    plural = (pl.col("role") == "multitude") & pl.col("value").is_in(words.filter(role="scale")["value"].implode())
    return words.filter(pl.col("role").is_in(["scale", "hundred"]) | plural)


def _cardinal(words: pl.DataFrame) -> str:
    """Cardinals from a dozen upward, their magnitudes in falling order."""
    below, tail = (
        _below_thousand(words),
        rf"{_fraction_tail(words)}(?:{GAP}{alternation(_scales(words)['word'])}{EDGE})*",
    )
    scales = words.filter(role="scale")
    high = scales.filter(pl.col("value") >= THOUSAND).with_columns(tier=(pl.col("value").log10() + 0.5).floor() // 3)
    tiers = high.sort("tier").group_by(pl.col("tier").clip(upper_bound=4), maintain_order=True).agg("word")["word"]
    after = rf"(?:{tail}|,?{GAP}(?:and{GAP})?{_hundreds(words)}|{GAP}and{GAP}{_small(words)}{EDGE})?"
    chains: list[str] = []
    for tier in tiers:
        step = rf"(?:{below}|an?){GAP}{alternation(tier)}(?:{GAP}{alternation(high['word'])})*{EDGE}"
        chains.append(f"{step}{after}")
        after = rf"(?:,?{GAP}(?:and{GAP})?{step})?{after}"
    dozens = alternation(words.filter(pl.col("role").is_in(["scale", "multitude"]), pl.col("value") == DOZEN)["word"])
    return rf"(?:{'|'.join(reversed(chains))}|(?:{below}|an?|half){GAP}{dozens})"


def _fraction(words: pl.DataFrame) -> str:
    """Fractions in words: "one-third", "half a million", "a quarter of a", "one-tenth of 1"."""
    scale = alternation(_scales(words)["word"])
    part = alternation(words_of(words, "word", role="part"))
    of_one = rf"(?:{GAP}(?:of{GAP})?(?:an?|one|1){EDGE})?"
    full = rf"(?:{_share(words)}|half){EDGE}{of_one}(?:{GAP}{scale}{EDGE})*"
    return rf"(?:{full}|{part}{GAP}(?:of{GAP})?(?:an?{GAP})?{scale})"


def _multitude(words: pl.DataFrame) -> str:
    """Plural magnitudes: "dozens", "hundreds of thousands", "several hundred", "multi-million"."""
    plural = alternation(words_of(words, "word", role="multitude"))
    scale = alternation(_scales(words)["word"])
    vague = alternation(words_of(words, "word", role="vague"))
    several = rf"{vague}(?:{GAP}(?:of{GAP})?|-?){scale}(?:{GAP}{scale})*"
    return rf"(?:{plural}(?:{GAP}of{GAP}(?:{plural}|{scale}))*|{several})"


def _multiple(words: pl.DataFrame) -> str:
    lone = alternation(words.filter(pl.col("role").is_in(["multiple", "zero"]))["word"])
    return rf"(?:{lone}|{_small(words)}[ -]?fold)"
