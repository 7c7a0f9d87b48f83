"""Capitalised sequences and their words: where they stand, and the normal form under which tables are asked."""

from collections.abc import Sequence

import polars as pl

from flows.normalise.spans import find_spans

_UPPER = r"[\p{Lu}&&\p{Latin}]"
_LOWER = r"[\p{Ll}&&\p{Latin}]"
_LETTER = r"[\p{Latin}\p{N}\x{300}-\x{36F}]"
"""Latin script only: it is half the work of all scripts, and an English text writes names in it."""
_PREFIX = rf"(?:\p{{Latin}}{{1,2}}['’]|[Aa][lnrstzhd]{{1,2}}[-\x{{2011}}]|[Ee]l-|{_LOWER}{{1,2}})?"
_CAPITAL = (
    rf"{_UPPER}\.(?:-?{_UPPER}\.)*|DOTTED"
    rf"|{_PREFIX}{_UPPER}{_LETTER}*(?:['’]\p{{Latin}}{{2,}})*(?:-{_LOWER}+|-\p{{N}}+)*"
)
"""A word with a capital: U.S., J., Gen., d'Ivoire, al-Assad, iPhone, G20, Jong-un."""

WORD = (
    rf"{_UPPER}\.(?:-?{_UPPER}\.)*|[’']s\b|[’']|[&/–\x{{2011}}-]"
    rf"|(?:[DdLlO]['’]|{_LOWER}{{1,2}})?{_UPPER}{_LETTER}*(?:['’]\p{{Latin}}{{2,}})*\.?|{_LETTER}+"
)
"""A word, a hyphen, an ampersand or the ending 's."""
SHORT_TAIL = 2
"""A tail of so few letters belongs to the word whatever it is: Wan-an."""


def run_pattern(connectors: list[str], particles: Sequence[str], abbreviations: list[str]) -> str:
    """A regex for capitalised words in a row.

    Args:
        connectors: words in lower case that may stand between them.
        particles: words in lower case that may stand before them: von der Leyen. The match then begins with the white
            space before the particle, so that it begins no word in the middle.
        abbreviations: capitalised words that keep their full stop.
    """
    joined = "|".join(sorted(connectors, key=len, reverse=True))
    dotted = "|".join(word.replace(".", r"\.") for word in abbreviations)
    link = rf"(?:['’]s?\s+|\s*&\s*|[/–-]|\s+(?:(?:{joined})\s+){{0,2}}|-)"
    word = f"(?:{_CAPITAL.replace('DOTTED', dotted)})"
    particle = f"(?:{'|'.join(particles)})"
    before = rf"(?:\s{particle}(?:\s{particle})?\s)?"
    return f"{before}{word}(?:{link}{word})*"


def split_words(texts: pl.DataFrame, common: pl.DataFrame) -> pl.DataFrame:
    """Split short texts into words.

    Args:
        texts: `run` (UInt32) and `surface`.
        common: `lookup`, ordinary words in lower case: Jong-un is one word, US-led is US and something else, for "led"
            is an ordinary word and "un" is none.

    Returns:
        `run`, `position` (from 0), `start`, `end` (code points within the surface), `word` and `norm`: the word without
        its dots and with straight apostrophes.
    """
    words = find_spans(texts.select(sentence_id="run", text="surface"), WORD).select(
        run="sentence_id", start="start", end="end", word="surface", norm=_norm()
    )
    tailed = texts.filter(pl.col("surface").str.contains(r"-[\p{Ll}\p{N}]")).select("run")
    whole = _join_tails(words.join(tailed, on="run", how="semi", maintain_order="left"), common)
    rest = words.join(tailed, on="run", how="anti", maintain_order="left")
    return rest.merge_sorted(whole, "run").with_columns(position=ordinal("run"))


def ordinal(group: str) -> pl.Expr:
    """The number of each row within its group, from 0, where the rows of a group stand together."""
    row = pl.int_range(pl.len(), dtype=pl.Int32)
    is_first = (pl.col(group) != pl.col(group).shift(1)).fill_null(value=True)
    return row - pl.when(is_first).then(row).forward_fill()


def _join_tails(words: pl.DataFrame, common: pl.DataFrame) -> pl.DataFrame:
    """Make one word of a word, a hyphen and a tail that is no ordinary word."""
    follows = pl.col("run") == pl.col("run").shift(-1)
    tail = pl.when((pl.col("norm") == "-") & follows).then(pl.col("norm").shift(-1))
    ordinary = tail.is_in(common["lookup"].implode()) & (tail.str.len_chars() > SHORT_TAIL)
    glue = tail.str.contains(r"^[\p{Ll}\p{N}]").fill_null(value=False) & ~ordinary
    piece = (~(pl.col("glue") | pl.col("glue").shift(1, fill_value=False))).cum_sum()
    return (
        words.with_columns(glue=glue)
        .with_columns(piece=piece)
        .group_by("run", "piece", maintain_order=True)
        .agg(pl.col("start").first(), pl.col("end").last(), "word", "norm")
        .with_columns(pl.col("word", "norm").list.join(""))
        .drop("piece")
    )


def _norm() -> pl.Expr:
    straight = pl.col("surface").str.replace_all("’", "'", literal=True).str.replace_all(r"[–\x{2011}]", "-")
    return straight.str.replace_all(".", "", literal=True)
