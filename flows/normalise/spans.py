"""The span engine: every match of a pattern with its exact offsets, and the best of overlapping candidates.

A *mention frame* has at least the columns `sentence_id` (UInt32), `start` and `end` (Int32, code points within the
sentence) and `surface`. Texts must be free of the control characters U+0001 and U+0002: parsing sees to that.
"""

from collections.abc import Callable

import polars as pl

OPEN = "\x01"
CLOSE = "\x02"
LEFTMOST_ROUNDS = 4
"""Rounds in which the leftmost of equals wins; after them ties are broken by a hash, so that chains stay linear."""
MIN_PARTED = 2000
"""Rows from which on parts side by side are faster."""

MENTION_SCHEMA = pl.Schema({"sentence_id": pl.UInt32, "start": pl.Int32, "end": pl.Int32, "surface": pl.String})


def find_spans(sentences: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Find every match of a Rust regex, leftmost first and without overlap, with offsets in code points.

    Args:
        sentences: columns `sentence_id` and `text`.
        pattern: a regex without look-around that does not match the empty text.

    Returns:
        A mention frame, ordered by `sentence_id` and `start`.
    """
    return side_by_side(sentences.select("sentence_id", "text"), lambda part: scan_spans(part, pattern))


def side_by_side(frame: pl.DataFrame, step: Callable[[pl.LazyFrame], pl.LazyFrame]) -> pl.DataFrame:
    """Run a step that looks at one row at a time on parts of a frame together.

    One text expression runs on one processor only, so a large frame is cut into as many parts as there are processors.
    """
    count = pl.thread_pool_size() if frame.height >= MIN_PARTED else 1
    size = -(-frame.height // count) or 1
    parts = [step(frame[first : first + size].lazy()) for first in range(0, frame.height or 1, size)]
    return pl.concat(pl.collect_all(parts))


def scan_spans(sentences: pl.LazyFrame, pattern: str) -> pl.LazyFrame:
    """As `find_spans`, lazily: for many patterns on one small frame, collected together."""
    return _matches(_pieces(sentences, pattern)).drop("lead", "rest")


def find_spans_in_context(sentences: pl.DataFrame, pattern: str, width: int) -> pl.DataFrame:
    """As `find_spans`, with `before` and `after`: at most `width` code points of the sentence around each match.

    Linear also where one sentence holds a million matches, since it reads the pieces between them and not the sentence.
    They reach over one neighbouring match at most, so they can be shorter than `width` where matches stand close.
    """
    whole = pl.col("surface") + pl.col("rest").fill_null("")
    ends = (
        _pieces(sentences.lazy(), pattern)
        .with_columns(tail=whole.str.tail(width), head=whole.str.head(width))
        .with_columns(
            before=pl.col("tail").shift(2).over("sentence_id").fill_null("") + pl.col("lead").str.tail(width),
            after=pl.col("rest").str.head(width) + pl.col("head").shift(-1).over("sentence_id").fill_null(""),
        )
        .with_columns(pl.col("before").str.tail(width), pl.col("after").str.head(width))
    )
    return _matches(ends).drop("lead", "rest", "tail", "head").collect()


def _pieces(sentences: pl.LazyFrame, pattern: str) -> pl.LazyFrame:
    """The sentences that match, cut at each match: `surface` with the text up to the next match, `rest`.

    The first piece of a sentence is the text before its first match: there `rest` is null. `lead` is the piece before.
    """
    marked = sentences.select(
        "sentence_id", piece=pl.col("text").str.replace_all(pattern, f"{OPEN}${{0}}{CLOSE}")
    ).filter(pl.col("piece").str.contains(OPEN, literal=True))
    halves = pl.col("piece").str.split_exact(CLOSE, 1).struct
    return (
        marked.with_columns(pl.col("piece").str.split(OPEN))
        .explode("piece")
        .with_columns(surface=halves.field("field_0"), rest=halves.field("field_1"))
        .with_columns(lead=pl.concat_str("surface", "rest", ignore_nulls=True).shift(1))
        .drop("piece")
    )


def _matches(pieces: pl.LazyFrame) -> pl.LazyFrame:
    """The pieces that begin with a match, as a mention frame with the other columns of `pieces`.

    One running length over all sentences, less what it was where the sentence began: windows cost three times as much.
    """
    length = (pl.col("surface").str.len_chars() + pl.col("rest").str.len_chars().fill_null(0)).cast(pl.Int64)
    before = length.cum_sum() - length
    first = pl.when(pl.col("rest").is_null()).then(before).forward_fill()
    return (
        pieces.with_columns(start=(before - first).cast(pl.Int32))
        .filter(pl.col("rest").is_not_null() & (pl.col("surface") != ""))
        .select(
            "sentence_id",
            "start",
            (pl.col("start") + pl.col("surface").str.len_chars()).cast(pl.Int32).alias("end"),
            "surface",
            pl.exclude("sentence_id", "start", "end", "surface"),
        )
    )


def with_neighbours(mentions: pl.DataFrame, sentences: pl.DataFrame, width: int = 40) -> pl.DataFrame:
    """Add `before` and `after`: up to `width` code points of the sentence on each side of the span."""
    first = (pl.col("start") - width).clip(lower_bound=0)
    return (
        mentions.join(sentences.select("sentence_id", "text"), on="sentence_id", how="left", maintain_order="left")
        .with_columns(
            before=pl.col("text").str.slice(first, pl.col("start") - first),
            after=pl.col("text").str.slice(pl.col("end"), width),
        )
        .drop("text")
    )


def with_reach(mentions: pl.DataFrame, spans: pl.DataFrame, at: pl.Expr) -> pl.DataFrame:
    """Add `reach`: where the spans that begin at or before a place of the sentence end at the latest.

    So a mention lies within a span where the reach at its start is not below its end, and shares a character with one
    where the reach at its last character is beyond its start. Linear in both, which a join by sentence is not.

    Args:
        mentions: `sentence_id`, and what `at` reads.
        spans: `sentence_id`, `start`, `end`; they may overlap.
        at: the place, in code points within the sentence.
    """
    sentence = pl.col("sentence_id").cast(pl.Int64) * 2**32
    ends = spans.select(_place=sentence + pl.col("start"), reach=sentence + pl.col("end")).sort("_place")
    return (
        mentions.with_row_index("_order")
        .with_columns(_place=sentence + at)
        .sort("_place")
        .join_asof(ends.with_columns(pl.col("reach").cum_max()), on="_place", strategy="backward")
        .sort("_order")
        .with_columns((pl.col("reach") - sentence).fill_null(-1))
        .drop("_order", "_place")
    )


def beside(value: pl.Expr, step: int) -> pl.Expr:
    """The value so many rows before (behind, where `step` is negative), null where another sentence stands there.

    For frames in which the rows of a sentence stand together: what a sentence says must not depend on its neighbours.
    """
    return pl.when(pl.col("sentence_id") == pl.col("sentence_id").shift(step)).then(value.shift(step))


def keep_best(candidates: pl.DataFrame) -> pl.DataFrame:
    """Of overlapping candidates keep the longest, of equals the one of the lowest `priority`, then the first.

    Of candidates with one span and priority the first given stays.

    Args:
        candidates: a mention frame with `priority` (any integer type).

    Returns:
        The same columns, free of overlaps, ordered by `sentence_id` and `start`.
    """
    order = ["sentence_id", "start", "end", "priority"]
    ordered = candidates.sort(order, maintain_order=True)
    unique = ordered.unique(subset=order[:3], keep="first", maintain_order=True).with_row_index("_row")
    crowded = _crowded(unique)
    if crowded.is_empty():
        return unique.drop("_row")
    pairs = _overlapping_pairs(crowded)
    length = pl.col("end") - pl.col("start")
    rank = crowded.select("_row", length=-length, priority="priority", first="start", tie=_place_hash())
    kept: list[pl.DataFrame] = [unique.join(crowded, on="_row", how="anti").select("_row")]
    rounds = 0
    while pairs.height:
        tie = "first" if rounds < LEFTMOST_ROUNDS else "tie"
        ranked = rank.select("_row", rank=pl.struct("length", "priority", tie, "_row").rank("ordinal"))
        best = _undominated(pairs, ranked)
        kept.append(best)
        beaten = pairs.join(best, on="_row", how="semi").select(_row="other")
        settled = pl.concat([best, beaten]).unique()
        open_pairs = pairs.join(settled, on="_row", how="anti")
        remaining = open_pairs.join(settled, left_on="other", right_on="_row", how="anti")
        kept.append(open_pairs.select("_row").unique().join(remaining, on="_row", how="anti"))
        pairs = remaining
        rounds += 1
    chosen = pl.concat(kept).unique()
    return unique.join(chosen, on="_row", how="semi").sort("sentence_id", "start").drop("_row")


def _place_hash() -> pl.Expr:
    """Knuth's multiplicative hash of the start: the same on every machine, in every version, and in any company."""
    return pl.col("start").cast(pl.UInt64) * 2654435761 % 2**32


def with_clusters(candidates: pl.DataFrame) -> pl.DataFrame:
    """Add `cluster`, which runs of overlapping candidates share.

    Args:
        candidates: a mention frame in reading order.
    """
    sentence = pl.col("sentence_id").cast(pl.Int64) * 2**32
    reached = (sentence + pl.col("end")).cum_max().shift(1)
    begins = (sentence + pl.col("start") >= reached).fill_null(value=True)
    return candidates.with_columns(cluster=begins.cum_sum())


def _crowded(candidates: pl.DataFrame) -> pl.DataFrame:
    """Those of the candidates in reading order that overlap others, with their `cluster`."""
    cluster = pl.col("cluster")
    beside = (cluster == cluster.shift(1)) | (cluster == cluster.shift(-1))
    return with_clusters(candidates).filter(beside.fill_null(value=False))


def _overlapping_pairs(candidates: pl.DataFrame) -> pl.DataFrame:
    """Every ordered pair (`_row`, `other`) of candidates in reading order that share a character.

    Those that begin behind a candidate's start and before its end are the rows that follow it: no others are looked at.
    """
    sentence = pl.col("sentence_id").cast(pl.Int64) * 2**32
    behind = (sentence + pl.col("start")).search_sorted(sentence + pl.col("end"))
    ahead = candidates.select("_row", place=pl.int_ranges(pl.int_range(1, pl.len() + 1), behind)).explode("place")
    ahead = ahead.drop_nulls().select("_row", other=candidates["_row"].gather(ahead["place"].drop_nulls()))
    return pl.concat([ahead, ahead.select(_row="other", other="_row")])


def _undominated(pairs: pl.DataFrame, ranked: pl.DataFrame) -> pl.DataFrame:
    """The candidates (`_row`) that rank before everything they overlap."""
    return (
        pairs.join(ranked, on="_row")
        .join(ranked, left_on="other", right_on="_row", suffix="_other")
        .group_by("_row")
        .agg(pl.col("rank").first(), pl.col("rank_other").min())
        .filter(pl.col("rank") < pl.col("rank_other"))
        .select("_row")
    )
