"""Capitalised sequences of the sentences, with what stands around them."""

import polars as pl

from flows.normalise.actors.names import find_names
from flows.normalise.actors.rules import ActorRules
from flows.normalise.excerpts import with_excerpts
from flows.normalise.spans import find_spans, find_spans_in_context, with_neighbours, with_reach

CONTEXT = 30
"""Code points of the sentence that are looked at on each side."""
LONG_SENTENCE = 4_000
"""Bytes above which a sentence is not cut anew for each name in it: that would be quadratic."""
ADDRESS = r"(?:https?://|www\.)\S+|\S*@\S+"
"""Web and mail addresses, handles."""


def find_mentions(sentences: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Find the names in the sentences, not yet judged.

    Returns:
        A mention frame with `article_no`, `norm`, `alias_no`, `rule`, `role` and `before`, `after`: the text around
        the name.
    """
    runs = _runs(sentences, rules)
    distinct = runs.select("surface", "opens").unique(maintain_order=True).with_row_index("run")
    names = _with_surroundings(find_names(distinct, rules), distinct)
    numbered = runs.join(distinct, on=["surface", "opens"], maintain_order="left")
    return (
        numbered.select("sentence_id", "article_no", "before", "after", "run", run_start="start")
        .join(names, on="run")
        .with_columns(
            start=pl.col("run_start") + pl.col("start"),
            end=pl.col("run_start") + pl.col("end"),
            before=pl.concat_str("before", "inner_before"),
            after=pl.concat_str("inner_after", "after"),
        )
        .drop("run", "run_start", "inner_before", "inner_after")
        .sort("sentence_id", "start")
        .with_row_index("mention")
    )


def _runs(sentences: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    is_long = pl.col("text").str.len_bytes() > LONG_SENTENCE
    usual, long = sentences.filter(~is_long), sentences.filter(is_long)
    spans = _named(find_spans(usual, rules.run_pattern), rules)
    runs = with_neighbours(_outside_addresses(spans, usual), usual, CONTEXT)
    if long.height:
        within = _named(find_spans_in_context(long, rules.run_pattern, CONTEXT), rules)
        runs = pl.concat([runs, _outside_addresses(within, long)], how="diagonal")
    opens = ~pl.col("before").str.contains(r"[\p{L}\p{N}]") | pl.col("before").str.contains(r"[“\"‘:•]\s*$")
    money = pl.col("after").str.contains(r"^\p{Sc}")
    return (
        runs.filter(~money)
        .with_columns(opens=opens)
        .join(sentences.select("sentence_id", "article_no"), on="sentence_id", how="left", maintain_order="left")
    )


def _named(spans: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Spans that may hold a name, without the white space before them."""
    stripped = pl.col("surface").str.strip_chars_start()
    begun = spans.with_columns(start=(pl.col("end") - stripped.str.len_chars()).cast(pl.Int32), surface=stripped)
    return begun.join(rules.idle_words, on="surface", how="anti", maintain_order="left")


def _outside_addresses(runs: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Drop what stands within a web or mail address."""
    holding = sentences.filter(pl.col("text").str.contains(r"://|www\.|@"))
    reached = with_reach(runs, find_spans(holding, ADDRESS), pl.col("start"))
    return reached.filter(pl.col("reach") <= pl.col("start")).drop("reach")


def _with_surroundings(names: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """The name's own text, the role before it, and the rest of the sequence on both sides."""
    first = (pl.col("start") - CONTEXT).clip(lower_bound=0)
    texts = runs.select("run", text="surface")
    asked = pl.min_horizontal(first, "role_start")
    return (
        with_excerpts(names, texts, "run", asked, pl.col("end") + CONTEXT)
        .with_columns(
            surface=_between(pl.col("start"), pl.col("end")),
            role=pl.when(pl.col("role_length") > 0).then(_between(pl.col("role_start"), pl.col("role_end"))),
            inner_before=_between(first, pl.col("start")),
            inner_after=_between(pl.col("end"), pl.col("end") + CONTEXT),
        )
        .drop("excerpt", "base", "role_start", "role_end", "role_length")
    )


def _between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    return pl.col("excerpt").str.slice(start - pl.col("base"), end - start)
