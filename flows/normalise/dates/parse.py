"""From passages to parsed expressions: each distinct passage is cut into tokens and matched against the rules once."""

import polars as pl

from flows.normalise.dates.filters import apply_conditions
from flows.normalise.dates.lexicon import DETERMINERS, JOINING, OTHER, SEPARATORS, SPACE, Lexicon, tokenise
from flows.normalise.dates.patterns import FIELDS, match_patterns
from flows.normalise.dates.rules import DateRules
from flows.normalise.spans import find_spans, find_spans_in_context, keep_best, with_clusters, with_neighbours

CONTEXT = 80
"""Code points on each side of a mention that conditions and tense cues may see."""
TAIL = r"([\s,/\x{2013}\x{2014}-]*)$"
"""What a run of words may trail behind it."""
LONG_SENTENCE = 1000
"""Bytes up to which the text around a mention is cut out of its sentence; in longer ones that would not be linear."""
LONGEST_PASSAGE = 160
"""A longer run of temporal words is cut at white space, so that no step grows faster than the text."""


def parse_sentences(sentences: pl.DataFrame, rules: DateRules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find every temporal expression and read its fields.

    Of overlapping candidates the best is taken; where the text around it breaks its rule's conditions, the best of
    those whose conditions hold.

    Args:
        sentences: `sentence_id`, `text`.
        rules: the compiled rules.

    Returns:
        A mention frame with `before`, `after` and `read_no`; and for each `read_no` how its passage was read: `rule_no`
        and the columns of `FIELDS` (strings, null where not there).
    """
    passages = _cut_long(_find_passages(sentences, rules.lexicon))
    distinct = passages.select(pl.col("surface").unique(maintain_order=True)).with_row_index("passage_no")
    passages = passages.with_row_index("occurrence").join(distinct, on="surface")
    tokens = _tokens(distinct, rules.lexicon)
    sequences = _sequences(tokens, rules.lexicon)
    matches = _match(sequences, rules).with_row_index("match_no")
    read = _read(sequences, matches.drop(FIELDS), tokens).with_row_index("read_no")
    mentions = _choose(apply_conditions(_expand(passages, read.drop("match_no", "first")), rules.table))
    used = read.join(mentions, on="read_no", how="semi", maintain_order="left")
    shown = mentions.select("sentence_id", "read_no", "start", "end", "surface", "before", "after")
    return shown, _values(used, matches, tokens)


def _find_passages(sentences: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Find the runs of temporal words that hold a trigger, with the text around them.

    Sentences without a trigger are set aside first, which takes a fraction of the time.
    """
    timely = sentences.filter(pl.col("text").str.contains(lexicon.trigger))
    is_long = pl.col("text").str.len_bytes() > LONG_SENTENCE
    short, long = timely.filter(~is_long), timely.filter(is_long)
    holds_trigger = pl.col("surface").str.contains(lexicon.trigger)
    in_short = with_neighbours(find_spans(short, lexicon.passage).filter(holds_trigger), short, CONTEXT)
    in_long = find_spans_in_context(long, lexicon.passage, CONTEXT).filter(holds_trigger)
    runs = pl.concat([in_short, in_long])
    tail = pl.col("surface").str.extract(TAIL, 1)
    return (
        runs.with_columns(tail=tail)
        .with_columns(
            surface=pl.col("surface").str.slice(0, pl.col("surface").str.len_chars() - pl.col("tail").str.len_chars()),
            after=(pl.col("tail") + pl.col("after")).str.head(CONTEXT),
            end=pl.col("end") - pl.col("tail").str.len_chars().cast(pl.Int32),
        )
        .drop("tail")
    )


def _cut_long(passages: pl.DataFrame) -> pl.DataFrame:
    """Cut passages beyond the limit into pieces that end at white space."""
    is_long = pl.col("surface").str.len_chars() > LONGEST_PASSAGE
    long = passages.filter(is_long).with_row_index("passage_no")
    if long.is_empty():
        return passages
    texts = long.select(sentence_id="passage_no", text="surface")
    pieces = find_spans_in_context(texts, rf"(?s).{{1,{LONGEST_PASSAGE}}}(?:{SPACE}|$)", CONTEXT)
    cut = (
        pieces.rename({"sentence_id": "passage_no"})
        .join(long.select("passage_no", "sentence_id", offset="start"), on="passage_no")
        .with_columns(start=pl.col("start") + pl.col("offset"), end=pl.col("end") + pl.col("offset"))
    )
    return pl.concat([passages.filter(~is_long), cut.select(passages.columns)])


def _tokens(passages: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Cut distinct passages (`passage_no`, `surface`) into tokens: `passage_no`, `start`, `end`, `code`, `value`."""
    tokens = find_spans(passages.select(sentence_id="passage_no", text="surface"), lexicon.token)
    return (
        tokens.join(tokenise(tokens["surface"].unique(maintain_order=True), lexicon), on="surface")
        .sort("sentence_id", "start")
        .select("start", "end", "code", "value", passage_no="sentence_id")
    )


def _sequences(tokens: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The codes of each passage: `passage_no`, `codes`, and `first`, the row of the first one in the tokens."""
    joining = "".join(lexicon.codes[token] for token in (*JOINING, *SEPARATORS, OTHER))
    closing = joining + "".join(lexicon.codes[token] for token in DETERMINERS)
    begun = pl.col("codes").str.strip_chars_start(joining)
    skipped = pl.col("codes").str.len_chars() - begun.str.len_chars()
    return (
        tokens.with_row_index("first")
        .group_by("passage_no", maintain_order=True)
        .agg(pl.col("first").first(), codes="code")
        .with_columns(pl.col("codes").list.join("").str.strip_chars_end(closing))
        .with_columns(codes=begun, first=pl.col("first") + skipped)
        .filter(pl.col("codes") != "")
    )


def _match(sequences: pl.DataFrame, rules: DateRules) -> pl.DataFrame:
    """Match the rules on the distinct code sequences: the best matches, and those that may have to stand in for them.

    A match of a rule with conditions may fail them: then the others of its `cluster` are candidates. These rows have
    in `doubtful` how many of the cluster's best ones may fail.
    """
    distinct = sequences.select(text=pl.col("codes").unique(maintain_order=True)).with_row_index("sentence_id")
    every = (
        match_patterns(distinct, rules.patterns)
        .filter(pl.col("start") < pl.col("end"))
        .join(rules.table.select("rule_no", "priority", "is_conditional"), on="rule_no")
        .join(distinct.select("sentence_id", codes="text"), on="sentence_id")
        .sort("sentence_id", "start")
        .pipe(with_clusters)
    )
    best = keep_best(_first_rules(every)).with_columns(is_best=pl.lit(value=True))
    doubtful = best.filter("is_conditional").group_by("cluster").agg(doubtful=pl.len())
    others = every.join(doubtful, on="cluster").join(best, on=["cluster", "start", "rule_no"], how="anti")
    return pl.concat([best, others.with_columns(is_best=pl.lit(value=False))], how="diagonal").drop("sentence_id")


def _first_rules(candidates: pl.DataFrame) -> pl.DataFrame:
    """Of rules of one priority that read the same span keep the one that stands first in the table."""
    span = ["sentence_id", "start", "end"]
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in span)
    return candidates.sort(*span, "priority", "rule_no").filter(~same.fill_null(value=False))


def _read(sequences: pl.DataFrame, matches: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Give the passages of each matched sequence the match's place in characters."""
    read = sequences.join(matches, on="codes").drop("codes")
    first, last = read["first"] + read["start"], read["first"] + read["end"] - 1
    return read.with_columns(start=tokens["start"].gather(first), end=tokens["end"].gather(last))


def _values(read: pl.DataFrame, matches: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """The values of the fields: `read_no`, `rule_no` and the columns of `FIELDS`."""
    placed = read.select("read_no", "rule_no", "match_no", "first").join(
        matches.select("match_no", *FIELDS), on="match_no", maintain_order="left"
    )
    values = [tokens["value"].gather(placed["first"] + placed[field]).alias(field) for field in FIELDS]
    return placed.select("read_no", "rule_no").with_columns(values)


def _expand(passages: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    """Give every occurrence of a passage its candidates, with the text around them."""
    window = passages.select(
        "occurrence", "passage_no", "sentence_id", passage_start="start",
        window=pl.concat_str("before", "surface", "after"), offset=pl.col("before").str.len_chars().cast(pl.Int32),
    )  # fmt: skip
    start, end = pl.col("start") + pl.col("offset"), pl.col("end") + pl.col("offset")
    first = (start - CONTEXT).clip(lower_bound=0)
    return (
        window.join(read, on="passage_no")
        .with_columns(
            surface=pl.col("window").str.slice(start, end - start),
            start=pl.col("passage_start") + pl.col("start"),
            end=pl.col("passage_start") + pl.col("end"),
            before=pl.col("window").str.slice(first, start - first),
            after=pl.col("window").str.slice(end, CONTEXT),
        )
        .drop("passage_no", "passage_start", "window", "offset")
    )


def _choose(candidates: pl.DataFrame) -> pl.DataFrame:
    """Of the candidates whose conditions hold take the best matches, where one is missing the best of the others."""
    best = candidates.filter("is_best")
    holding = best.filter("is_conditional").group_by("occurrence", "cluster").agg(holding=pl.len())
    others = (
        candidates.filter(~pl.col("is_best"))
        .join(holding, on=["occurrence", "cluster"], how="left")
        .filter(pl.col("holding").fill_null(0) < pl.col("doubtful"))
        .drop("holding")
    )
    beside = best.join(others, on="occurrence", how="semi")
    chosen = keep_best(_first_rules(pl.concat([beside, others])))
    return pl.concat([best.join(others, on="occurrence", how="anti"), chosen])
