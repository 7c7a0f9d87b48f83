"""Regexes out of vocabulary: alternations of literal words, longest first."""

import polars as pl

GAP = r"(?:[ \x{a0}-]{1,3}|-?[ \t]*\n[ \t]*)"
"""What joins the words of one numeral: a space, a hyphen, a line break."""

EDGE = r"(?-u:\b)"
"""A word's edge; the ASCII one, with which Rust's regex stays on its fast path."""


def alternation(words: pl.Series) -> str:
    """A group of literal words, longest first; a space in a word matches any white space.

    Raises:
        ValueError: there are no words: the group would match the empty text.
    """
    if words.is_empty():
        message = "an alternation needs at least one word"
        raise ValueError(message)
    ordered = words.unique().sort()
    ordered = ordered.gather(ordered.str.len_chars().arg_sort(descending=True))
    escaped = ordered.str.escape_regex().str.replace_all(" ", r"\s+", literal=True)
    return f"(?:{'|'.join(escaped)})"


def words_of(table: pl.DataFrame, word: str, **having: str) -> pl.Series:
    """The words of the column `word` in the rows that have these values."""
    return table.filter(**having)[word]
