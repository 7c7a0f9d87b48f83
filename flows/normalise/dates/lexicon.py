"""From the word and shape tables to regexes: where a text speaks of time, and how such a passage is cut into tokens."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

SPACE = r"[ \n\t\x{a0}]+"
WORD_EDGE = r"(?-u:\b)"
"""ASCII word boundary: Rust's fast automata do not know the Unicode one."""
SEPARATORS: Mapping[str, str] = {"'s": r"['’]s?", ",": ",", "-": "[-–—]", "/": "/"}
"""The tokens between words, by the name that rule patterns use."""
BLANK = SPACE[:-1]
BETWEEN = rf"(?:,?{BLANK}*(?:[-–—]{BLANK}*)?|['’]s?[ \n\t\x{{a0}}-]|/)"
"""What may stand between two words of one temporal expression."""
NUMBERS = (
    r"[0-9]{4}-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:[0-9:.]+(?:Z|[+-][0-9][0-9]:?[0-9][0-9])?",
    r"[0-9]{4}-?w[0-9][0-9]",
    r"['’]?[0-9][0-9.,:/]*(?:['’]?s|[a-z]{1,5}[0-9]{0,2})?",
    r"[qh][1-4]",
    r"FY ?['’]?[0-9]+",
    "½",
)
"""Whatever may be a number, a clock time or a written date: the shapes tell later what it is.

In ASCII digits: the automaton of all the digits of Unicode takes almost three times as long.
"""
APOSTROPHE = "['’]"
"""Shapes that begin with it ('98, '80s) stand after a space, where no word boundary is."""
JOINING = ("of", "to", "and", "or", "by", "for", "its", "during", "in", "on", "at")
DETERMINERS = ("the", "a", "that", "those", "these", "from", "since")
"""Tokens that only join others or lead to them: no expression ends with one."""
OTHER = "other"
FIRST_CODE = 0xE000
"""Tokens are coded as one private-use character each, so that a rule pattern becomes a regex over them."""
TENS = (20, 30, 40, 50, 60, 70, 80, 90)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled word and shape tables.

    `trigger` finds sentences that speak of time at all; `passage` finds runs of temporal words around a trigger;
    `token` cuts a passage; `words` (`word`, `token`, `value`) and `shapes` say what each token is.
    """

    trigger: str
    passage: str
    token: str
    words: pl.DataFrame
    shapes: pl.DataFrame
    codes: Mapping[str, str]


def compile_lexicon(words: pl.DataFrame, shapes: pl.DataFrame, holidays: pl.DataFrame) -> Lexicon:
    """Build the regexes of the word table, the shape table and the names of holidays.

    Args:
        words: reference table `date_word`.
        shapes: reference table `date_shape`.
        holidays: reference table `holiday`.
    """
    named = holidays.select("word", pl.lit("holiday").alias("token"), value="holiday", trigger=pl.lit(value=True))
    vocabulary = pl.concat([words, named], how="vertical_relaxed")
    every_word = pl.concat([vocabulary, _compounds(words)])
    is_trigger = pl.col("trigger")
    number, year = _compound_regexes(words)
    triggers = _alternation(vocabulary.filter(is_trigger), shapes.filter(is_trigger), year)
    quoted = "|".join(shapes.filter(is_trigger & pl.col("pattern").str.starts_with(APOSTROPHE))["pattern"])
    separators = "|".join(SEPARATORS.values())
    tokens = sorted({*vocabulary["token"], *shapes["token"], *SEPARATORS, OTHER})
    return Lexicon(
        trigger=f"{WORD_EDGE}(?:{triggers})|{quoted}",
        passage=_passage(vocabulary),
        token=f"{_alternation(vocabulary, shapes, year, number)}|{separators}|[^ \\n\\t\\x{{a0}}]",
        words=every_word.select(_normal("word"), "token", "value").unique("word", keep="first", maintain_order=True),
        shapes=shapes,
        codes={token: chr(FIRST_CODE + index) for index, token in enumerate(tokens)},
    )


def tokenise(surfaces: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """Name the token of each surface and take its value.

    Args:
        surfaces: the distinct surfaces of tokens.
        lexicon: the compiled tables.

    Returns:
        `surface`, `token`, `code`, `value`; a value is the word table's, or what the shape's own pattern takes out.
    """
    shaped = pl.coalesce(
        pl.when(pl.col("surface").str.contains(f"^(?:{pattern})$")).then(
            pl.struct(pl.lit(token).alias("token"), pl.col("plain").str.extract(value, 1).alias("value"))
        )
        for token, pattern, value in zip(*lexicon.shapes.select("token", "pattern", "value"), strict=True)
    )
    return (
        pl.DataFrame({"surface": surfaces})
        .with_columns(_normal("surface").alias("word"), plain=pl.col("surface").str.replace_all(",", "", literal=True))
        .join(lexicon.words, on="word", how="left", maintain_order="left")
        .with_columns(shape=shaped)
        .with_columns(
            token=pl.coalesce("token", pl.col("shape").struct.field("token"), _separator(), pl.lit(OTHER)),
            value=pl.coalesce("value", pl.col("shape").struct.field("value")),
        )
        .select("surface", "token", pl.col("token").replace_strict(lexicon.codes).alias("code"), "value")
    )


def _passage(vocabulary: pl.DataFrame) -> str:
    """A regex for runs of words that occur in the vocabulary, and of numbers; joining words only between others.

    It knows single words only, in any case, once each: a small automaton, several times as fast as the exact one. What
    it finds too much the tokens sort out.
    """
    is_joining = pl.col("token").is_in(JOINING + DETERMINERS)
    joining = _single_words(vocabulary.filter(is_joining))
    others = _single_words(vocabulary.filter(~is_joining)).filter(~pl.col("word").is_in(joining["word"].implode()))
    is_dotted = pl.col("word").str.ends_with(".")
    dotted, plain = _escaped(others.filter(is_dotted)), _escaped(others.filter(~is_dotted))
    numbers = "|".join(NUMBERS)
    word = rf"(?:(?:{plain}|{numbers}){WORD_EDGE}\.?|{dotted})"
    return rf"(?i)(?:{WORD_EDGE}|['’])(?:(?:(?:{_escaped(joining)}){WORD_EDGE}{BETWEEN})*{word}{BETWEEN})+"


def _single_words(vocabulary: pl.DataFrame) -> pl.DataFrame:
    """The words of all entries, phrases taken apart, the longest first."""
    word = pl.col("word")
    parts = vocabulary.select(word.str.to_lowercase().str.split(" ")).explode("word").unique(maintain_order=True)
    return parts.filter(word != "").sort(word.str.len_chars(), descending=True, maintain_order=True)


def _separator() -> pl.Expr:
    return pl.coalesce(
        pl.when(pl.col("surface").str.contains(f"^{pattern}$")).then(pl.lit(name))
        for name, pattern in SEPARATORS.items()
    )


def _normal(column: str) -> pl.Expr:
    """The word as the table spells it: lower case, one space between words, the plain apostrophe."""
    return pl.col(column).str.replace_all(SPACE, " ").str.replace_all("’", "'", literal=True).str.to_lowercase()


def _alternation(words: pl.DataFrame, shapes: pl.DataFrame, *compounds: str) -> str:
    """One regex for words and shapes, the longest word first, and before them the regexes of compounds.

    A word written with a capital in the table is one only so or all in capitals: "may" and "march" are no months.
    """
    word = pl.col("word")
    ordered = words.sort(word.str.len_chars(), descending=True, maintain_order=True)
    is_cased, is_dotted = word.str.contains(r"^\p{Lu}"), word.str.ends_with(".")
    cased = ordered.filter(is_cased)
    spellings = pl.concat([cased.select(word), cased.select(word.str.to_uppercase())])
    parts = [
        *shapes["pattern"],
        _grouped(spellings.filter(is_dotted), "(?:", ""),
        _grouped(ordered.filter(~is_cased & is_dotted), "(?i:", ""),
        *compounds,
        _grouped(spellings.filter(~is_dotted), "(?:", WORD_EDGE),
        _grouped(ordered.filter(~is_cased & ~is_dotted), "(?i:", WORD_EDGE),
    ]
    return "|".join(part for part in parts if part)


def _grouped(words: pl.DataFrame, opening: str, edge: str) -> str:
    """The words as one group with one word boundary behind it, or nothing."""
    return f"{opening}{_escaped(words)}){edge}" if words.height else ""


def _escaped(words: pl.DataFrame) -> str:
    escaped = words["word"].str.escape_regex().str.replace_all(" ", SPACE, literal=True)
    return "|".join(escaped.str.replace_all("'", "['’]", literal=True))


def _compounds(words: pl.DataFrame) -> pl.DataFrame:
    """The number words that English composes: twenty-one to ninety-nine, and years such as "nineteen eighty-four"."""
    centuries, tens, digits, others = _number_words(words)
    joined = tens.join(digits, how="cross").with_columns(pl.col("n") + pl.col("n_right"))
    two_words = pl.concat(
        [joined.select(pl.format("{}{}{}", "word", pl.lit(mark), "word_right").alias("word"), "n") for mark in "- "]
    )
    years = centuries.join(pl.concat([others, two_words]), how="cross").select(
        pl.format("{} {}", "word", "word_right").alias("word"), pl.col("n") * 100 + pl.col("n_right")
    )
    return pl.concat(
        [
            frame.select("word", token=pl.lit(token), value=pl.col("n").cast(pl.String), trigger=pl.lit(value))
            for frame, token, value in ((two_words, "number", False), (years, "year", True))
        ]
    )


def _compound_regexes(words: pl.DataFrame) -> tuple[str, str]:
    """What matches the words of `_compounds`, the numbers and the years: far shorter than a list of all of them."""
    centuries, tens, digits, others = (_escaped(part) for part in _number_words(words))
    number = f"(?:{tens})(?:-|{SPACE})(?:{digits})"
    year = f"(?:{centuries}){SPACE}(?:{number}|{others})"
    return f"(?i:{number}){WORD_EDGE}", f"(?i:{year}){WORD_EDGE}"


def _number_words(words: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """The parts of compounds, `word` and `n`: hundreds of years, tens, digits, what follows hundreds alone."""
    n = pl.col("n")
    numbers = words.filter(pl.col("token") == "number").select("word", n=pl.col("value").cast(pl.Int32))
    return (
        numbers.filter(n.is_between(17, 20)),
        numbers.filter(n.is_in(TENS)),
        numbers.filter(n < 10),  # noqa: PLR2004  (the digits)
        numbers.filter(n > 9),  # noqa: PLR2004
    )
