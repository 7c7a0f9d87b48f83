"""What the same article says elsewhere about a name: full names of persons, spelled-out acronyms."""

from typing import Final

import polars as pl

from flows.normalise.actors.classes import KINDS

FAMILY_NAME: Final = 4.0
"""Weight for a person where the article gives the full name with this last word."""
GIVEN_NAME: Final = 2.0
"""Weight for a person where the article gives the full name with this first word."""
HEAD: Final = 1.5
"""Weight for an organisation of whose name in the article this is the first word."""
SPELLED_OUT: Final = 3.0
"""Weight for the kind of the name that the acronym stands for."""
HAS_ACRONYM: Final = 2.0
"""Weight for an organisation where an acronym in brackets follows the name."""
_ACRONYM = r"^\p{Lu}{2,}$"
IN_BRACKETS: Final = 1.5
"""Weight for no actor where an acronym in brackets follows something else than a name."""


def add_elsewhere(names: pl.DataFrame, sure: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Add to the weights of each name what the rest of its article says.

    Args:
        names: `article_no`, `norm` and the weights, a row for each doubtful name of an article.
        sure: the mentions that need no context, with `kind`.
        mentions: all mentions.
    """
    brackets = acronyms_in_brackets(mentions)
    several = sure.filter(_is_several()).unique(["article_no", "norm"], keep="first", maintain_order=True)
    spelled = _add_spelled(_add_brackets(names, brackets), sure, several, brackets)
    kinds = _kinds(spelled.filter(_is_several()), several)
    return _add_heads(_add_full_names(spelled, kinds), kinds)


def _is_several() -> pl.Expr:
    """Whether a name has several words."""
    return pl.col("norm").str.contains(" ", literal=True)


def acronyms_in_brackets(mentions: pl.DataFrame) -> pl.DataFrame:
    """Acronyms in brackets right after a name: `article_no`, `norm`, `long` (null where no name stands before)."""
    bracketed = pl.col("before").str.ends_with("(") & pl.col("after").str.starts_with(")")
    adjacent = (pl.col("sentence_id") == pl.col("sentence_id").shift(1)) & (
        pl.col("start") - pl.col("end").shift(1) <= len(" (")
    )
    return (
        mentions.select(
            "article_no", "norm", is_bracketed=bracketed, long=pl.when(adjacent).then(pl.col("norm").shift(1))
        )
        .filter("is_bracketed")
        .filter(pl.col("norm").str.contains(r"^[\p{Lu}\p{N}][\p{L}\p{N}-]*\p{Lu}s?$"))
        .select("article_no", "norm", "long")
        .unique(["article_no", "norm"], keep="first", maintain_order=True)
    )


def without_phrases(mentions: pl.DataFrame) -> pl.DataFrame:
    """Drop acronyms that the article spells out with ordinary words: artificial pancreas (AP) is no news agency."""
    bracketed = mentions.filter(pl.col("before").str.ends_with("("), pl.col("after").str.starts_with(")")).filter(
        pl.col("norm").str.contains(_ACRONYM)
    )
    words = pl.col("before").str.strip_chars("( ").str.split(" ").list.tail(pl.col("norm").str.len_chars())
    initials = words.list.eval(pl.element().str.slice(0, 1)).list.join("")
    phrases = bracketed.filter(initials == pl.col("norm").str.to_lowercase()).select("article_no", "norm")
    return mentions.join(phrases, on=["article_no", "norm"], how="anti", maintain_order="left")


def _add_brackets(names: pl.DataFrame, brackets: pl.DataFrame) -> pl.DataFrame:
    """A name that an acronym follows is rather an organisation; an acronym that follows no name is rather no actor."""
    longs = brackets.select("article_no", norm="long", has_acronym=HAS_ACRONYM).drop_nulls().unique()
    lost = brackets.filter(pl.col("long").is_null()).select("article_no", "norm", in_brackets=IN_BRACKETS)
    on = ["article_no", "norm"]
    return (
        names.join(longs, on=on, how="left")
        .join(lost, on=on, how="left")
        .with_columns(
            organisation=pl.col("organisation") + pl.col("has_acronym").fill_null(0.0),
            other=pl.col("other") + pl.col("in_brackets").fill_null(0.0),
        )
        .drop("has_acronym", "in_brackets")
    )


def _kinds(names: pl.DataFrame, sure: pl.DataFrame) -> pl.DataFrame:
    """The kind of each name as far as it is known: `article_no`, `norm`, `kind`."""
    best = pl.max_horizontal(*KINDS)
    chosen = pl.coalesce(pl.when(pl.col(name) == best).then(pl.lit(name)) for name in KINDS)
    doubtful = names.filter(best > pl.col("other")).select("article_no", "norm", kind=chosen)
    return pl.concat([doubtful, sure.select("article_no", "norm", "kind")])


def _add_spelled(
    names: pl.DataFrame, sure: pl.DataFrame, several: pl.DataFrame, brackets: pl.DataFrame
) -> pl.DataFrame:
    """An acronym is of the kind of the name that it stands for."""
    on = ["article_no", "norm"]
    longs = brackets.select("article_no", "norm", "long").drop_nulls()
    is_long = longs.select("article_no", norm="long")
    kinds = _kinds(names.join(is_long, on=on, how="semi"), sure.join(is_long, on=on, how="semi")).unique(
        on, keep="last", maintain_order=True
    )
    defined = longs.join(kinds.rename({"norm": "long"}), on=["article_no", "long"]).select(
        "article_no", "norm", defined="kind"
    )
    organisations = _kinds(names.filter(_is_several()), several).filter(pl.col("kind") == "organisation")
    initials = organisations.select("article_no", norm=_initials(), spelled=pl.lit("organisation")).unique()
    joined = names.join(defined, on=on, how="left").join(initials, on=on, how="left")
    stands_for = pl.coalesce("defined", "spelled")
    return joined.with_columns(
        pl.col(kind) + pl.when(stands_for == kind).then(SPELLED_OUT).otherwise(0.0) for kind in KINDS
    ).drop("defined", "spelled")


def _initials() -> pl.Expr:
    """The capitals with which a name's words begin."""
    first = pl.col("norm").str.replace_all(r"(?:^|[\s-])(\p{Lu})[^\s-]*", "$1")
    return first.str.replace_all(r"[^\p{Lu}]", "")


def _add_full_names(names: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """One word of a person's full name is that person."""
    persons = kinds.filter(pl.col("kind") == "person")
    words = pl.concat(
        [
            persons.select("article_no", norm=pl.col("norm").str.extract(r"^(\S+)"), named=GIVEN_NAME),
            persons.select("article_no", norm=pl.col("norm").str.extract(r"(\S+)$"), named=FAMILY_NAME),
            persons.select("article_no", norm=pl.col("norm").str.extract(r"-(\S+)$"), named=FAMILY_NAME).drop_nulls(),
        ]
    )
    named = words.group_by("article_no", "norm").agg(pl.col("named").max())
    return (
        names.join(named, on=["article_no", "norm"], how="left")
        .with_columns(person=pl.col("person") + pl.col("named").fill_null(0.0))
        .drop("named")
    )


def _add_heads(names: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """The first word of an organisation's name by itself is that organisation."""
    several = kinds.filter(pl.col("kind") == "organisation")
    words = several.select("article_no", norm=pl.col("norm").str.extract(r"^(\S+)"), head=HEAD).unique()
    return (
        names.join(words, on=["article_no", "norm"], how="left")
        .with_columns(organisation=pl.col("organisation") + pl.col("head").fill_null(0.0))
        .drop("head")
    )
