"""Sentences with figures as words: each with its class, so that clauses become strings of letters."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import (
    CLOSING,
    COMMA,
    GERUND,
    MENTION,
    NOUN,
    NUMBER,
    OPENING,
    PARTICIPLE,
    PARTY,
    POSSESSIVE,
    STOP,
    VERB,
)
from flows.normalise.spans import beside, find_spans, keep_best

WORD: Final = r"[\p{L}\p{N}$€£%](?:[\p{L}\p{N}%]|[.,/-][\p{L}\p{N}])*|['’][st]\b|['’]|[,;:()—]|\s[–-]+\s"
"""A word, a possessive or negation behind an apostrophe, a mark that ends a phrase."""
OWN_WORDS: Final = "aofrhjyms"
"""Letters behind which a form that is both verb and noun is a noun."""
BEFORE_VERBS: Final = "tOqxNB"
"""Letters behind which it is a verb."""
BEHIND_VERBS: Final = "aFqmtMjDhp"
"""Letters before which it is a verb, where an actor stands before it."""
BEHIND_COMMON: Final = "aFqm"
"""The same where any other noun stands before it."""


def claim_words(sentences: pl.DataFrame, spans: pl.DataFrame, lexicon: pl.DataFrame) -> pl.DataFrame:
    """Cut sentences into words; a figure, a date and a name are one word each.

    Args:
        sentences: `sentence_id`, `text`.
        spans: a mention frame of figures, dates and names with `letter` and `row`; of equals the first stays.
        lexicon: of the compiled rules.

    Returns:
        In reading order `sentence_id`, `start`, `end`, `surface`, `form`, `letter`, `row`, and
        of the lexicon `verb`, `inflection`, `noun`, `is_party`.
    """
    whole = keep_best(spans.with_columns(priority=pl.lit(0)))
    words = find_spans(sentences, WORD)
    order = pl.col("sentence_id").cast(pl.Int64) * 2**32
    taken = whole.select(past=order + pl.col("end"), place=order + pl.col("start")).sort("place")
    free = (
        words.with_columns(place=order + pl.col("start"))
        .join_asof(taken, on="place", strategy="backward", check_sortedness=False)
        .filter(pl.col("past").is_null() | (pl.col("past") <= pl.col("place")))
        .drop("past", "place")
    )
    written = free.with_columns(form=pl.col("surface").str.to_lowercase())
    forms = written.select("form").unique().join(lexicon, on="form", how="left").with_columns(letter=_letter())
    known = written.join(forms, on="form", how="left", maintain_order="left")
    heads = lexicon.filter(pl.col("noun").is_not_null()).select("form", "noun", "is_party", "is_people")
    named = whole.select(
        "sentence_id",
        "start",
        "end",
        "surface",
        "letter",
        "row",
        form=pl.col("surface").str.extract(r"(\p{Ll}[\p{L}-]*)$"),
    ).join(heads, on="form", how="left", maintain_order="left")
    joined = pl.concat(
        [
            known,
            named.with_columns(form=pl.col("surface").str.to_lowercase()),
        ],
        how="diagonal",
    ).sort("sentence_id", "start")
    return _settle(joined)


def sentence_letters(words: pl.DataFrame) -> pl.DataFrame:
    """Each sentence as a string of letters: `sentence_id`, `letters`."""
    return (
        words.group_by("sentence_id", maintain_order=True)
        .agg(letters="letter")
        .with_columns(pl.col("letters").list.join(""))
    )


def _letter() -> pl.Expr:
    """The class of a word by itself; a form that is verb and noun is settled beside its neighbours."""
    form = pl.col("form")
    return (
        pl.when(form.str.contains(r"^['’]s?$"))
        .then(pl.lit(POSSESSIVE))
        .when(form.str.contains(r"^['’]t$"))
        .then(pl.lit("N"))
        .when(form == ",")
        .then(pl.lit(COMMA))
        .when(form == "(")
        .then(pl.lit(OPENING))
        .when(form == ")")
        .then(pl.lit(CLOSING))
        .when(form.str.contains(r"^\s*[;:—–-]+\s*$"))
        .then(pl.lit(STOP))
        .when(pl.col("letter").is_not_null())
        .then("letter")
        .when(pl.col("inflection") == "ing")
        .then(pl.lit(GERUND))
        .when(pl.col("inflection").is_not_null())
        .then(pl.lit(VERB))
        .when(pl.col("is_party").fill_null(value=False))
        .then(pl.lit(PARTY))
        .when(pl.col("noun").is_not_null())
        .then(pl.lit(NOUN))
        .when(form.str.contains(r"^[$€£%\p{N}]"))
        .then(pl.lit(NUMBER))
        .when(form.str.contains(r"\p{L}{3}ed$"))
        .then(pl.lit(PARTICIPLE))
        .when(form.str.contains(r"\p{L}{3}ing$"))
        .then(pl.lit(GERUND))
        .when(form.str.contains(r"\p{L}{3}ly$"))
        .then(pl.lit("e"))
        .otherwise(pl.lit(NOUN))
    )


def _settle(words: pl.DataFrame) -> pl.DataFrame:
    """Decide whether a form that is verb and noun is one or the other, and drop the reading that it is not."""
    first = pl.col("sentence_id").ne_missing(pl.col("sentence_id").shift(1))
    plain = pl.when(pl.col("letter") != "e").then("letter").when(first).then(pl.lit("")).forward_fill()
    before, after = beside(plain, 1).fill_null(""), beside(pl.col("letter"), -1).fill_null("")
    counted = (beside(pl.col("letter"), 2) == "F").fill_null(value=False) & (pl.col("inflection") == "s")
    named_deed = (before == MENTION) & after.is_in(list(VERB + "BHO"))
    doing = (pl.col("letter") == GERUND) & (before.is_in(["a", "s"]) | named_deed)
    hedge = (pl.col("letter") == "p") & (after == "F")
    noun = pl.when(pl.col("is_party").fill_null(value=False)).then(pl.lit(PARTY)).otherwise(pl.lit(NOUN))
    both = (pl.col("letter") == VERB) & pl.col("inflection").is_in(["base", "s"])
    known = pl.col("noun").is_not_null()
    named = before.is_in([MENTION, PARTY]) & after.is_in(list(BEHIND_VERBS))
    common = (before == NOUN) & after.is_in(list(BEHIND_COMMON))
    free = ~before.is_in(list(OWN_WORDS)) & ((before != NOUN) | (after == "R"))
    verbal = before.is_in(list(BEFORE_VERBS)) | named | common | (~known & free)
    behind_noun = before.is_in(list(OWN_WORDS + "F")) | counted
    flat = (pl.col("letter") == VERB) & pl.col("noun").is_not_null() & behind_noun
    attributive = (
        pl.col("letter").is_in([VERB, PARTICIPLE]) & before.is_in(["a", "m", "s"]) & after.is_in(["w", "P", "M"])
    )
    letter = (
        pl.when(hedge)
        .then(pl.lit("e"))
        .when(both & ~verbal)
        .then(noun)
        .when(flat | attributive | doing)
        .then(noun)
        .otherwise("letter")
    )
    settled = words.with_columns(letter=letter)
    is_verb = pl.col("letter").is_in([VERB, GERUND])
    return settled.with_columns(
        verb=pl.when(is_verb).then("verb"),
        noun=pl.when(~is_verb).then("noun"),
    )
