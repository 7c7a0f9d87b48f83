"""Capitalised sequences of the sentences, with what stands around them."""

import polars as pl

from flows.normalise.actors.names import find_names
from flows.normalise.actors.rules import ActorRules
from flows.normalise.spans import find_spans, with_neighbours

CONTEXT = 30
"""Code points of the sentence that are looked at on each side."""
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
    return (
        runs.join(distinct, on=["surface", "opens"], how="left")
        .rename({"start": "run_start"})
        .select("sentence_id", "article_no", "run", "run_start", "before", "after")
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
    spans = _without_white_space(find_spans(sentences, rules.run_pattern))
    named = spans.join(rules.idle_words, on="surface", how="anti", maintain_order="left")
    found = _outside_addresses(named, sentences)
    runs = with_neighbours(found, sentences, CONTEXT)
    opens = ~pl.col("before").str.contains(r"[\p{L}\p{N}]") | pl.col("before").str.contains(r"[“\"‘:•]\s*$")
    money = pl.col("after").str.contains(r"^\p{Sc}")
    return (
        runs.filter(~money)
        .with_columns(opens=opens)
        .join(sentences.select("sentence_id", "article_no"), on="sentence_id")
    )


def _without_white_space(spans: pl.DataFrame) -> pl.DataFrame:
    """Spans that begin with white space begin after it."""
    stripped = pl.col("surface").str.strip_chars_start()
    return spans.with_columns(start=(pl.col("end") - stripped.str.len_chars()).cast(pl.Int32), surface=stripped)


def _outside_addresses(runs: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Drop what stands within a web or mail address."""
    holding = sentences.filter(pl.col("text").str.contains(r"://|www\.|@"))
    addresses = find_spans(holding, ADDRESS).select("sentence_id", first="start", past="end")
    within = (
        runs.select("sentence_id", "start")
        .join(addresses, on="sentence_id")
        .filter(pl.col("start") >= pl.col("first"), pl.col("start") < pl.col("past"))
    )
    return runs.join(within, on=["sentence_id", "start"], how="anti", maintain_order="left")


def _with_surroundings(names: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """The name's own text, the role before it, and the rest of the sequence on both sides."""
    text = pl.col("run_surface")
    role = text.str.slice("role_start", pl.col("role_end") - pl.col("role_start"))
    return (
        names.join(runs.select("run", run_surface="surface"), on="run")
        .with_columns(
            surface=text.str.slice("start", pl.col("end") - pl.col("start")),
            role=pl.when(pl.col("role_length") > 0).then(role),
            inner_before=text.str.slice(0, "start"),
            inner_after=text.str.slice("end"),
        )
        .drop("run_surface", "role_start", "role_end", "role_length")
    )
