"""Judge the end of each piece: does a sentence end there, does a paragraph?"""

import polars as pl

from flows.parse.lines import add_line_ends
from flows.parse.rules import ParseRules

OPENING = "\"'`“‘«([*_-–—"
CLOSING = "\"'”’»)]*_-–—"
TAIL = 24
"""Code points of a piece's end that are looked at: longer than any abbreviation."""
HEAD = 64
"""Code points of the next piece that are looked at: a speaker's name and a word of speaking fit in."""

LAST_WORD = r"""([^\s"“‘(\[—–/-]+)$"""
INITIALS = r"^(?:\p{Lu}|(?:\p{L}\.)+\p{L})\.$"
ENUMERATOR = r"^\(?(?:\p{Nd}{1,3}|\p{L}|[ivxIVX]{1,4})[.)]$"
ADDRESS = r"(?:[/@]|^www\.)\S*$"
LOWER = r"^\p{Ll}"
CAPITAL_WITHIN = r"^\p{Ll}{1,2}[-’']?\p{Lu}"
"""Names that begin in lower case: eBay, al-Shabab, d'Estaing."""
GOES_ON_WITH = r"^(?:[,;:%)\].!?…]|[—–-]+\s+\p{Ll})"
QUOTE_OPENS = r"""^(?:["“]|``)\p{L}"""
QUOTE_CLOSED = r"""["”’'»]$"""
LINK = r"^(?:https?:|www\.|pic\.)"
NUMBER = r"^(?:\p{Nd}|(?:[IVX]{2,}|[VX])\b)"
INITIAL = r"^\p{Lu}\."
TIME_OF_PLACE = r"^\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)? time\b"
"""What may follow a clock time: 6 p.m. Moscow time."""


def add_ends(pieces: pl.DataFrame, rules: ParseRules) -> pl.DataFrame:
    """Add `ends` (a sentence ends with the piece) and `paragraph_ends`.

    Args:
        pieces: `article_no`, `body`, `gap`, `start`, `last`, in reading order.
        rules: the compiled reference tables.
    """
    seen = _look_ahead(add_line_ends(pieces)).join(
        rules.abbreviations, on="last_word", how="left", maintain_order="left"
    )
    kind = (
        pl.when(pl.col("kind").is_not_null())
        .then("kind")
        .when(pl.col("last_word").str.contains(INITIALS))
        .then(pl.lit("name"))
    )
    judged = seen.with_columns(kind=kind).with_columns(soft=pl.col("terminated") & _ends_softly(rules))
    begins = (pl.col("soft") | pl.col("line_ends") | pl.col("last")).shift(1, fill_value=True)
    never_alone = pl.col("kind").is_in(["title", "name", "inner"]).fill_null(value=False)
    label = pl.col("body").str.contains(ENUMERATOR) | ((pl.col("body") == pl.col("last_word")) & never_alone)
    ends = pl.col("last") | pl.col("line_ends") | (pl.col("soft") & ~(begins & label))
    return judged.with_columns(ends=ends.fill_null(value=False), paragraph_ends=pl.col("last") | pl.col("line_ends"))


def _look_ahead(pieces: pl.DataFrame) -> pl.DataFrame:
    """Add `terminated`, `last_word` with its full stop, and of the next piece `head` and its first `word`."""
    tail = pl.col("body").str.tail(TAIL)
    head = pl.col("body").shift(-1).fill_null("").str.head(HEAD)
    return pieces.with_columns(
        tail=tail.str.strip_chars_end(CLOSING),
        raw_head=head,
        head=head.str.strip_chars_start(OPENING),
    ).with_columns(
        terminated=pl.col("tail").str.contains(r"[.!?…]$"),
        last_word=pl.col("tail").str.extract(LAST_WORD),
        word=pl.col("head").str.extract(r"^(\p{L}+)"),
    )


def _ends_softly(rules: ParseRules) -> pl.Expr:
    """Whether a piece that closes with a mark ends a sentence, by its last word and the next."""
    words = rules.words
    opens = pl.col("word").is_in(words["opener"]) & ~pl.col("head").str.contains(INITIAL)
    opens |= pl.col("word").is_in(words["noun"]) & pl.col("head").str.contains(r"^\p{L}+ \p{Ll}")
    continues = pl.col("word").is_in(words["continuer"]) | (pl.col("word") + ".").is_in(words["continuer"])
    continues |= pl.col("head").str.contains(TIME_OF_PLACE)
    bracket = pl.col("raw_head").str.contains(r"^[(\[—–-]")
    goes_on = _goes_on(words["particle"])
    by_kind = (
        pl.when(pl.col("kind").is_null())
        .then(~goes_on & ~_is_attributed(rules.attribution) & ~_is_address())
        .when(pl.col("kind") == "inner")
        .then(statement=False)
        .when(pl.col("kind") == "number")
        .then(~goes_on & ~pl.col("head").str.contains(NUMBER))
        .when(pl.col("kind") == "tail")
        .then(~goes_on & ~continues & ~bracket)
        .otherwise(opens)
    )
    return by_kind.fill_null(value=False)


def _goes_on(particles: tuple[str, ...]) -> pl.Expr:
    """The next piece begins as no sentence does: in lower case, or with a mark that stands within sentences."""
    named = pl.col("head").str.contains(CAPITAL_WITHIN) | (
        pl.col("word").is_in(particles) & pl.col("head").str.contains(r"^\p{L}+ \p{Lu}") & pl.col("kind").is_null()
    )
    quoted = pl.col("raw_head").str.contains(QUOTE_OPENS) & ~pl.col("body").str.contains(QUOTE_CLOSED)
    begins = named | quoted | pl.col("head").str.contains(LINK)
    return (pl.col("head").str.contains(LOWER) & ~begins) | pl.col("raw_head").str.contains(GOES_ON_WITH)


def _is_attributed(attribution: str) -> pl.Expr:
    """A quoted question or exclamation whose speaker follows: "Why?" Smith asked."""
    return pl.col("body").str.contains(r"""[!?…]["”’'»]+$""") & pl.col("head").str.contains(attribution)


def _is_address() -> pl.Expr:
    """The end lies within a web or mail address."""
    return (pl.col("gap") == "") & pl.col("tail").str.contains(ADDRESS)
