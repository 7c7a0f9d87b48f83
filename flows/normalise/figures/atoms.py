"""The candidates: every numeral with its currency sign, its magnitude and the text around it."""

import polars as pl

from flows.normalise.figures.digits import DOT_GROUPED
from flows.normalise.figures.numerals import read_numerals
from flows.normalise.figures.rules import FigureRules
from flows.normalise.figures.windows import at_window
from flows.normalise.spans import find_spans

CONTEXT = 56
"""Code points of context on each side: room for a long hedge or a unit of four words."""

SUFFIXED = r"^(.*?\d)[ \x{a0}]?([A-Za-z]{1,4})$"
BLANKS = r"[\s\x{a0}]+"


def find_atoms(sentences: pl.DataFrame, windows: pl.DataFrame, rules: FigureRules) -> pl.DataFrame:
    """Find the numerals of all sentences and read their values.

    Args:
        sentences: `sentence_id`, `article_no`, `text`.
        windows: what `cut_windows` made of them.
        rules: the compiled reference tables.

    Returns:
        A mention frame, one row a numeral, with `row`, `article_no`, `prefix` (currency sign) and `sign_code`,
        `sign_family`, `sign_minor`, `sign_strict` of it, `suffix` (magnitude letters), `value`, `low`, `high`, `scale`,
        `form`, `trim` (code points to give back where no unit follows), `before` and `after`.
    """
    found = _drop_rows_of_numbers(_scan(sentences, rules).sort("sentence_id", "start")).join(
        sentences.select("sentence_id", "article_no"), on="sentence_id", how="left", maintain_order="left"
    )
    continental = found.filter(pl.col("surface").str.contains(DOT_GROUPED))["article_no"].unique()
    found = found.with_columns(dots_group=pl.col("article_no").is_in(continental.implode()))
    key = ["surface", "dots_group"]
    spellings = _read_spellings(found.select(key).unique(), rules)
    atoms = found.join(spellings, on=key, how="left", maintain_order="left").drop("dots_group").with_row_index("row")
    return _with_context(at_window(atoms, windows))


def _scan(sentences: pl.DataFrame, rules: FigureRules) -> pl.DataFrame:
    scans = [find_spans(sentences, pattern) for pattern in (rules.numeral, rules.absence)]
    return _split_hundreds(pl.concat(scans), rules.two_hundreds)


def _split_hundreds(found: pl.DataFrame, two_hundreds: str) -> pl.DataFrame:
    """Take "two hundred and three hundred" apart: two candidates."""
    both = pl.col("surface").str.contains(two_hundreds)
    pair = (
        found.filter(both).with_columns(pl.col("surface").str.extract_groups(two_hundreds).alias("part")).unnest("part")
    )
    if pair.is_empty():
        return found
    first = pair.select("sentence_id", "start", end=pl.col("start") + _length("1"), surface="1")
    start = pl.col("start") + _length("1") + _length("2")
    second = pair.select("sentence_id", start=start, end="end", surface="3")
    return pl.concat([found.filter(~both), first, second])


def _length(column: str) -> pl.Expr:
    return pl.col(column).str.len_chars().cast(pl.Int32)


def _drop_rows_of_numbers(found: pl.DataFrame) -> pl.DataFrame:
    """Drop runs of four numerals and more with one character between: cells of a table, telephone numbers.

    They count nothing, and a text of nothing else would cost thirty times what news does.
    """
    same = pl.col("sentence_id") == pl.col("sentence_id").shift(1)
    plain = pl.col("surface").str.contains(r"^[\d\p{L}]")
    tight = same & (pl.col("start") - pl.col("end").shift(1) <= 1) & plain & plain.shift(1)
    ends = (tight & tight.shift(1) & tight.shift(2)).fill_null(value=False)
    inside = pl.any_horizontal(ends.shift(-step, fill_value=False) for step in range(4))
    return found.filter(~inside)


def _with_context(atoms: pl.DataFrame) -> pl.DataFrame:
    start, end = (pl.col(name) - pl.col("base") for name in ("start", "end"))
    first = (start - CONTEXT).clip(lower_bound=0)
    return atoms.with_columns(
        before=pl.col("window_text").str.slice(first, start - first),
        after=pl.col("window_text").str.slice(end, CONTEXT),
    ).drop("window_text", "base")


def _read_spellings(spellings: pl.DataFrame, rules: FigureRules) -> pl.DataFrame:
    """Split and read each spelling once, however often it stands in the texts."""
    split = _split(spellings.with_row_index("row"), rules)
    values = read_numerals(split.select("row", "numeral", "dots_group"), rules.words)
    signs = rules.prefixes.select(
        "prefix", sign_code="code", sign_family="family", sign_minor="minor", sign_strict="strict"
    )
    return split.join(values, on="row", how="left").join(signs, on="prefix", how="left").drop("row", "numeral")


def _split(spellings: pl.DataFrame, rules: FigureRules) -> pl.DataFrame:
    """Take each spelling apart: `prefix`, `numeral`, `suffix`, `trim`."""
    sign = pl.col("surface").str.extract(rules.prefix, 1)
    spelled = pl.col("surface").str.slice(sign.str.len_chars()).str.contains(r"^\p{L}")
    sign = pl.when(~(sign.str.contains(r"\p{L}$") & spelled)).then(sign)
    bare = pl.col("surface").str.slice(sign.str.len_chars().fill_null(0)).str.strip_chars_start(" \u00a0\n")
    parts = pl.col("bare").str.extract_groups(SUFFIXED).struct
    is_suffix = pl.col("suffix").is_in(rules.suffixes["suffix"].implode())
    beyond = pl.coalesce(pl.col("numeral").str.extract(pattern, 1) for pattern in (rules.of_one, rules.absence))
    tail = beyond.str.len_chars().fill_null(0)
    return (
        spellings.with_columns(prefix=sign.str.strip_chars().str.replace_all(BLANKS, " "), bare=bare)
        .with_columns(stem=parts[0], suffix=parts[1])
        .with_columns(
            numeral=pl.when(is_suffix).then("stem").otherwise("bare"), suffix=pl.when(is_suffix).then("suffix")
        )
        .with_columns(trim=tail.cast(pl.Int32))
        .with_columns(numeral=pl.col("numeral").str.head(pl.col("numeral").str.len_chars() - pl.col("trim")))
        .drop("bare", "stem")
    )
