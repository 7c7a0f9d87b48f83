"""From passages to parsed expressions: each distinct passage is cut into tokens and matched against the rules once."""

import polars as pl

from flows.normalise.dates.filters import apply_conditions
from flows.normalise.dates.lexicon import DETERMINERS, JOINING, OTHER, SEPARATORS, SPACE, Lexicon, tokenise
from flows.normalise.dates.patterns import FIELDS, match_patterns
from flows.normalise.dates.rules import DateRules
from flows.normalise.spans import find_spans, find_spans_in_context, keep_best, with_neighbours

CONTEXT = 80
"""Code points on each side of a mention that conditions and tense cues may see."""
TAIL = r"([\s,/\x{2013}\x{2014}-]*)$"
"""What a run of words may trail behind it."""
LONG_SENTENCE = 1000
"""Bytes up to which the text around a mention is cut out of its sentence; in longer ones that would not be linear."""
LONGEST_PASSAGE = 160
"""A longer run of temporal words is cut at white space, so that no step grows faster than the text."""


def parse_sentences(sentences: pl.DataFrame, rules: DateRules) -> pl.DataFrame:
    """Find every temporal expression and read its fields.

    Of overlapping candidates the best is taken; where the text around it breaks its rule's conditions, the best of
    those whose conditions hold.

    Args:
        sentences: `sentence_id`, `text`.
        rules: the compiled rules.

    Returns:
        A mention frame with `before`, `after`, `rule_no` and the columns of `FIELDS` (strings, null where not there).
    """
    passages = _cut_long(_find_passages(sentences, rules.lexicon))
    distinct = passages.select(pl.col("surface").unique(maintain_order=True)).with_row_index("passage_no")
    passages = passages.with_row_index("occurrence").join(distinct, on="surface")
    sequences = _sequences(distinct, rules)
    best, every = _match(sequences, rules)
    found = _expand(passages, _read(sequences, best))
    kept = apply_conditions(found, rules.table)
    rejected = found.join(kept, on=["occurrence", "start", "end"], how="anti").select("occurrence").unique()
    if rejected.is_empty():
        return kept
    again = passages.join(rejected, on="occurrence", how="semi")
    repeated = sequences.join(again, on="passage_no", how="semi")
    others = apply_conditions(_expand(again, _read(repeated, every)), rules.table)
    return pl.concat([kept.join(rejected, on="occurrence", how="anti"), keep_best(_first_rules(others))])


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


def _sequences(passages: pl.DataFrame, rules: DateRules) -> pl.DataFrame:
    """Cut distinct passages (`passage_no`, `surface`) into tokens: lists `start`, `end`, `value`, and their `codes`."""
    tokens = find_spans(passages.select(sentence_id="passage_no", text="surface"), rules.lexicon.token)
    named = tokens.join(tokenise(tokens["surface"].unique(maintain_order=True), rules.lexicon), on="surface")
    joining = "".join(rules.lexicon.codes[token] for token in (*JOINING, *SEPARATORS, OTHER))
    closing = joining + "".join(rules.lexicon.codes[token] for token in DETERMINERS)
    run = pl.col("code").str.join("")
    return (
        named.sort("sentence_id", "start")
        .group_by("sentence_id", maintain_order=True)
        .agg("start", "end", "value", codes=run)
        .with_columns(pl.col("codes").str.strip_chars_end(closing))
        .with_columns(
            codes=pl.col("codes").str.strip_chars_start(joining),
            skipped=pl.col("codes").str.len_chars() - pl.col("codes").str.strip_chars_start(joining).str.len_chars(),
        )
        .filter(pl.col("codes") != "")
        .rename({"sentence_id": "passage_no"})
    )


def _match(sequences: pl.DataFrame, rules: DateRules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Match the rules on the distinct code sequences: the best matches, free of overlaps, and every match."""
    distinct = sequences.select(text=pl.col("codes").unique(maintain_order=True)).with_row_index("sentence_id")
    priorities = rules.table.select("rule_no", "priority")
    every = (
        match_patterns(distinct, rules.patterns).filter(pl.col("start") < pl.col("end")).join(priorities, on="rule_no")
    )
    codes = distinct.select("sentence_id", codes="text")
    return keep_best(_first_rules(every)).join(codes, on="sentence_id"), every.join(codes, on="sentence_id")


def _first_rules(candidates: pl.DataFrame) -> pl.DataFrame:
    """Of rules of one priority that read the same span keep the one that stands first in the table."""
    span = ["sentence_id", "start", "end"]
    return candidates.sort(*span, "priority", "rule_no").unique(span, keep="first", maintain_order=True)


def _read(sequences: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
    """Give the passages of each matched sequence the match's place in characters and the values of its fields."""
    skipped = pl.col("skipped").cast(pl.Int32)
    return sequences.join(matches, on="codes", suffix="_token").select(
        "passage_no",
        "rule_no",
        "priority",
        pl.col("start").list.get(pl.col("start_token") + skipped),
        pl.col("end").list.get(pl.col("end_token") + skipped - 1),
        *(pl.col("value").list.get(pl.col(field) + skipped).alias(field) for field in FIELDS),
    )


def _expand(passages: pl.DataFrame, parsed: pl.DataFrame) -> pl.DataFrame:
    """Give every occurrence of a passage its mentions, with the text around them."""
    placed = passages.join(parsed, on="passage_no", suffix="_in")
    surface, first, last = pl.col("surface"), pl.col("start_in"), pl.col("end_in")
    return placed.with_columns(
        surface=surface.str.slice(first, last - first),
        start=pl.col("start") + first,
        end=pl.col("start") + last,
        before=(pl.col("before") + surface.str.slice(0, first)).str.tail(CONTEXT),
        after=(surface.str.slice(last) + pl.col("after")).str.head(CONTEXT),
    ).drop("start_in", "end_in", "passage_no")
