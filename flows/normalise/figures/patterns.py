"""The regex of numerals: digits, words, fractions and multitudes, each with its currency sign and magnitude."""

from collections.abc import Mapping

import polars as pl

from flows.normalise.figures.words import EDGE, GAP, alternation, words_of

THOUSAND = 1000
DOZEN = 12
SPACED = r"\d{1,3}(?:[ \x{a0}\x{202f}\x{2009}]\d{3})+(?:[.,]\d{1,2})?(?-u:\b)"
"""Digits in groups of three with spaces (ISO 80000-1)."""

PLAIN = r"\.?\d+(?:[.,]\d+)*"
SLASHED = r"(?:\d+[ -]{1,2})?\d+ ?[/⁄] ?\d+"


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


def _digits(words: pl.DataFrame) -> str:
    glyph = alternation(words_of(words, "word", role="glyph"))
    return rf"(?:{SLASHED}|{SPACED}|(?:\d+[ -]?)?{glyph}|{PLAIN})"


def _with_magnitude(digits: str, reference: Mapping[str, pl.DataFrame]) -> str:
    words = reference["number_word"]
    scale = alternation(_scales(words)["word"])
    suffix = alternation(reference["number_suffix"]["suffix"])
    scaled = rf"(?i:{GAP}{scale})+"
    tail = rf"(?i:{_fraction_tail(words)}(?:{GAP}{scale})*{EDGE})?"
    return rf"{digits}(?:[eE][+-]?\d+{EDGE}|{scaled}{tail}{EDGE}|[ \x{{a0}}]?{suffix}{EDGE}|{tail})"


def _fraction_tail(words: pl.DataFrame) -> str:
    """The fraction of a mixed number: "and a half", "and three quarters"."""
    parts = alternation(words.filter(pl.col("role").is_in(["part", "parts"]))["word"])
    return rf"{GAP}and{GAP}(?:(?:an?|{_small(words)}){GAP})?{parts}"


def _small(words: pl.DataFrame) -> str:
    """One to ninety-nine."""
    ten, teen, unit = (alternation(words_of(words, "word", role=role)) for role in ("ten", "teen", "unit"))
    return rf"(?:{ten}(?:{GAP}{unit}{EDGE})?|{teen}|{unit})"


def _hundreds(words: pl.DataFrame) -> str:
    return rf"(?:{_small(words)}|an?){GAP}{alternation(words_of(words, 'word', role='hundred'))}"


def _below_thousand(words: pl.DataFrame) -> str:
    small = _small(words)
    return rf"(?:{_hundreds(words)}(?:{GAP}(?:and{GAP})?{small}{EDGE})?|{small})"


def _in_words(words: pl.DataFrame) -> str:
    scale = alternation(_scales(words)["word"])
    point = alternation(words_of(words, "word", role="point"))
    digit = alternation(words.filter(pl.col("role").is_in(["unit", "zero", "teen"]))["word"])
    below = _below_thousand(words)
    decimal = rf"(?:{below}|{digit}){GAP}{point}(?:{GAP}(?:{digit}|{_small(words)}){EDGE})+(?:{GAP}{scale}{EDGE})*"
    mixed = rf"(?:{_cardinal(words)}|{below}){EDGE}{_fraction_tail(words)}{EDGE}(?:{GAP}{scale}{EDGE})*"
    kinds = (_multitude(words), _fraction(words), decimal, mixed, _multiple(words), _cardinal(words), below)
    return f"(?:{'|'.join(kinds)})"


def _scales(words: pl.DataFrame) -> pl.DataFrame:
    """What may multiply a number: hundred, dozen, million; and their plurals, as in "three dozens"."""
    plural = (pl.col("role") == "multitude") & pl.col("value").is_in(words.filter(role="scale")["value"].implode())
    return words.filter(pl.col("role").is_in(["scale", "hundred"]) | plural)


def _cardinal(words: pl.DataFrame) -> str:
    """Cardinals from a dozen upward, their magnitudes in falling order."""
    below, small = _below_thousand(words), _small(words)
    scales = words.filter(role="scale")
    high = scales.filter(pl.col("value") >= THOUSAND).sort("value")
    levels = high.group_by("value", maintain_order=True).agg("word")["word"]
    after = (
        rf"(?:,?{GAP}(?:and{GAP})?{_hundreds(words)}(?:{GAP}(?:and{GAP})?{small}{EDGE})?|{GAP}and{GAP}{small}{EDGE})?"
    )
    chains: list[str] = []
    for level in levels:
        step = rf"(?:{below}|an?){GAP}{alternation(level)}(?:{GAP}{alternation(high['word'])})*"
        chains.append(f"{step}{after}")
        after = rf"(?:,?{GAP}(?:and{GAP})?{step})?{after}"
    dozens = alternation(words.filter(pl.col("role").is_in(["scale", "multitude"]), pl.col("value") == DOZEN)["word"])
    return rf"(?:{'|'.join(reversed(chains))}|(?:{below}|an?|half){GAP}{dozens})"


def _fraction(words: pl.DataFrame) -> str:
    """Fractions in words: "one-third", "half a million", "a quarter of a", "one-tenth of 1"."""
    scale = alternation(_scales(words)["word"])
    part, parts = (alternation(words_of(words, "word", role=role)) for role in ("part", "parts"))
    of_one = rf"(?:{GAP}(?:of{GAP})?(?:an?|one|1){EDGE})?"
    full = rf"(?:(?:{_small(words)}|an?){GAP}(?:{parts}|{part})|half){EDGE}{of_one}(?:{GAP}{scale}{EDGE})*"
    return rf"(?:{full}|{part}{GAP}(?:of{GAP})?(?:an?{GAP})?{scale})"


def _multitude(words: pl.DataFrame) -> str:
    """Plural magnitudes: "dozens", "hundreds of thousands", "several hundred", "multi-million"."""
    plural = alternation(words_of(words, "word", role="multitude"))
    scale = alternation(_scales(words)["word"])
    vague = alternation(words_of(words, "word", role="vague"))
    return rf"(?:{plural}(?:{GAP}of{GAP}(?:{plural}|{scale}))*|{vague}(?:{GAP}|-?){scale}(?:{GAP}{scale})*)"


def _multiple(words: pl.DataFrame) -> str:
    lone = alternation(words.filter(pl.col("role").is_in(["multiple", "zero"]))["word"])
    return rf"(?:{lone}|{_small(words)}[ -]?fold)"
