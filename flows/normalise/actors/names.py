"""Names within capitalised sequences: the longest known names become one unit, patterns over classes do the rest."""

import polars as pl

from flows.normalise.actors.classes import word_classes
from flows.normalise.actors.rules import ActorRules
from flows.normalise.actors.words import ordinal, split_words
from flows.normalise.excerpts import with_excerpts
from flows.normalise.spans import keep_best, scan_spans

SHOUTED = r"^\p{Lu}{4,}$"
"""A word in capitals that may be a name written so: CAIRO."""
LONGEST_NAME = 20
"""Longer sequences of words are no name but a text without a break."""
LONGEST_ROLE = 12
"""The longest role in words: Acting Deputy Assistant Secretary of State."""
LONGEST_ACRONYM = 5
"""A single word in capitals that is longer may be a shouted word; in a sequence of capitals every word may."""


def find_names(runs: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Find the names in each distinct capitalised sequence.

    Args:
        runs: `run` (UInt32), `surface`, `opens` (whether it begins a sentence).
        rules: the compiled rules.

    Returns:
        `run`, `start`, `end` (code points within the surface), `norm`, `last`, `word_count`, `alias_no` (null unless
        the whole name is one alias), `rule`, `role_start`, `role_end` (null where no role stands before the name).
    """
    words = split_words(runs, rules.words.filter("is_common"))
    units = _units(words, runs, rules)
    sequences = (
        units.group_by("run", maintain_order=True)
        .agg(pl.col("row").first(), classes=pl.col("word_class"))
        .with_columns(pl.col("classes").list.join(""))
    )
    matches = _match(sequences, rules)
    return _place(matches, units)


def _units(words: pl.DataFrame, runs: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    known = _known(words, rules)
    single = _classed(words, runs, rules)
    covered = (
        known.with_columns(position=pl.int_ranges("position", pl.col("position") + pl.col("word_count")))
        .explode("position")
        .select("run", pl.col("position").cast(pl.Int32))
    )
    rest = single.join(covered, on=["run", "position"], how="anti").select(
        "run", "position", "start", "end", "norm", "word_class", alias_no=pl.lit(None, pl.UInt32)
    )
    return pl.concat([rest, known.select(rest.columns)]).sort("run", "position").with_row_index("row")


def _classed(words: pl.DataFrame, runs: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """The words with their classes, looked up once for each distinct word."""
    distinct = (
        words.select("word", "norm")
        .unique("word", maintain_order=True)
        .with_columns(lookup=pl.col("norm").str.to_lowercase())
        .join(rules.words, on="lookup", how="left", maintain_order="left")
        .join(rules.names, on="norm", how="left", maintain_order="left")
        .with_columns(pl.col("is_common", "is_given", "is_family").fill_null(value=False))
    )
    shouted = ~pl.col("surface").str.contains(r"\p{Ll}") & (pl.col("surface").str.len_chars() > LONGEST_ACRONYM)
    flags = runs.select("run", "opens", is_shouted=shouted)
    classes = word_classes(distinct).select("word", "word_class", "open_class", "shouted_class")
    return (
        words.join(classes, on="word", how="left", maintain_order="left")
        .join(flags, on="run", how="left", maintain_order="left")
        .with_columns(
            word_class=pl.when("is_shouted")
            .then("shouted_class")
            .when(pl.col("opens") & (pl.col("position") == 0))
            .then("open_class")
            .otherwise("word_class")
        )
    )


def _known(words: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """The longest known names: `run`, `position`, `start`, `end`, `norm`, `word_count`, `word_class`, `alias_no`."""
    shouted = pl.col("norm").str.contains(SHOUTED)
    loud_runs = words.filter(shouted)["run"].unique()
    loud = words.filter(pl.col("run").is_in(loud_runs.implode())).with_columns(
        norm=pl.when(shouted).then(pl.col("norm").str.to_titlecase()).otherwise("norm")
    )
    candidates = pl.concat(
        [
            _aliases_of(words, rules).with_columns(priority=0),
            _aliases_of(loud, rules).with_columns(priority=1),
        ]
    ).with_columns(sentence_id="run", surface="norm")
    best = keep_best(candidates).drop("sentence_id", "surface", "priority")
    return _without_title(best, words)


def _without_title(known: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Leave the title that begins a known name outside it: it is the role."""
    first = words.select("run", "position", first="start")
    return (
        known.with_columns(
            position=pl.col("position") + pl.col("title_count"),
            word_count=pl.col("word_count") - pl.col("title_count").cast(pl.UInt32),
            norm=pl.when(pl.col("title_count") > 0).then(pl.col("norm").str.replace(r"^\S+ ", "")).otherwise("norm"),
        )
        .join(first, on=["run", "position"], maintain_order="left")
        .with_columns(start="first")
        .drop("first", "title_count")
    )


def _aliases_of(words: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Every sequence of words that is a name of the tables, found by hash: a million names cost no more than a few."""
    columns = ["run", "position", "start", "end", "norm"]
    found = [words.select(columns).join(rules.aliases_by_length[0], on="norm", maintain_order="left")]
    grown = words.with_row_index("row").select("row", *columns).join(rules.alias_beginnings, on="norm", how="semi")
    for count, table in enumerate(rules.aliases_by_length[1:], start=2):
        if grown.is_empty():
            break
        grown = _grow(grown, words, count)
        found.append(grown.drop("row").join(table, on="norm", maintain_order="left"))
    return pl.concat(found)


def _grow(grown: pl.DataFrame, words: pl.DataFrame, count: int) -> pl.DataFrame:
    """Sequences of `count` words: those of one word less with the word that follows them in the same text."""
    row = grown["row"] + (count - 1)
    inside = grown.filter(row < words.height)
    added = words.select(next_run="run", next_norm="norm", next_end="end")[inside["row"] + (count - 1)]
    return (
        inside.hstack(added)
        .filter(pl.col("run") == pl.col("next_run"))
        .with_columns(norm=pl.concat_str("norm", "next_norm", separator=" "), end="next_end")
        .drop("next_run", "next_norm", "next_end")
    )


def _match(sequences: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Patterns over class letters, asked once for each distinct sequence of classes."""
    texts = sequences.select(text=pl.col("classes").unique(maintain_order=True)).with_row_index("sentence_id")
    found = pl.collect_all(
        _core(scan_spans(texts.lazy(), lead + core + tail), lead, core, tail).with_columns(rule=pl.lit(rule))
        for rule, lead, core, tail in rules.patterns
    )
    ranks = rules.weights.select("rule", "priority", "is_live")
    short = pl.col("end") - pl.col("start") <= LONGEST_NAME
    candidates = pl.concat([_single(texts, rules), *found]).filter(short).join(ranks, on="rule", maintain_order="left")
    best = keep_best(candidates).filter("is_live")
    first = (pl.col("start") - LONGEST_ROLE).clip(lower_bound=0)
    before = pl.col("excerpt").str.slice(first - pl.col("base"), pl.col("start") - first)
    role_length = before.str.extract(rules.role_pattern).str.len_chars().fill_null(0).cast(pl.Int32)
    named = with_excerpts(best, texts, "sentence_id", first, pl.col("start")).select(
        "sentence_id", "rule", unit="start", unit_end="end", role_length=role_length
    )
    numbered = sequences.join(texts, left_on="classes", right_on="text").select("run", "row", "sentence_id")
    return numbered.join(named, on="sentence_id").drop("sentence_id")


def _single(texts: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """The patterns of one word, asked for every class of the sequences at once."""
    classes = texts.select("sentence_id", surface=pl.col("text").str.split("")).explode("surface")
    start = ordinal("sentence_id")
    placed = classes.with_columns(start=start, end=start + 1)
    return placed.join(rules.single_patterns, on="surface").select("sentence_id", "start", "end", "surface", "rule")


def _core(spans: pl.LazyFrame, lead: str, core: str, tail: str) -> pl.LazyFrame:
    """Narrow a match to the core of its pattern."""
    if not lead and not tail:
        return spans
    parts = pl.col("surface").str.extract_groups(f"^(?<lead>{lead})(?<core>{core})(?:{tail})$").struct
    lead_length = parts.field("lead").str.len_chars().cast(pl.Int32)
    core_length = parts.field("core").str.len_chars().cast(pl.Int32)
    return spans.select(
        "sentence_id",
        start=pl.col("start") + lead_length,
        end=pl.col("start") + lead_length + core_length,
        surface=parts.field("core"),
    )


def _place(matches: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """From units to code points; `row` of a match is the row in `units` of its sequence's first unit."""
    first, past = matches["row"] + matches["unit"], matches["row"] + matches["unit_end"]
    role = units.select(role_start="start")[first - matches["role_length"]]
    role_end = units.select(role_end="end")[(first.cast(pl.Int64) - 1).clip(lower_bound=0)]
    begun = units.select("start", "norm", "alias_no")[first]
    ended = units.select("end", last="norm")[past - 1]
    placed = pl.concat([matches.drop("row"), begun, ended, role, role_end], how="horizontal")
    single = pl.col("unit_end") - pl.col("unit") == 1
    several = placed.filter(~single)
    joined = _join_units(first.filter(matches.select(~single).to_series()), several, units)
    named = several.with_columns(norm=joined, alias_no=pl.lit(None, pl.UInt32))
    return (
        pl.concat([placed.filter(single), named])
        .sort("run", "start")
        .select("run", "start", "end", "norm", "last", "alias_no", "rule", "role_length", "role_start", "role_end")
    )


def _join_units(first: pl.Series, matches: pl.DataFrame, units: pl.DataFrame) -> pl.Series:
    """The names of several units, in their normal form."""
    count = matches["unit_end"] - matches["unit"]
    each = pl.select(row=pl.int_ranges(first, first + count)).with_row_index("match").explode("row")
    return (
        each.with_columns(units["norm"][each["row"]])
        .group_by("match", maintain_order=True)
        .agg("norm")
        .select(pl.col("norm").list.join(" ").str.replace_all(r"(\S) ([/-]) (\S)", "$1$2$3"))
        .to_series()
    )
