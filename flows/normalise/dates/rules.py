"""The compiled date rules: built once per process from the reference tables, then used for every batch."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flows.normalise.dates.holidays import holiday_calendar
from flows.normalise.dates.lexicon import Lexicon, compile_lexicon
from flows.normalise.dates.patterns import FIELDS, Pattern, PatternError, compile_pattern

CONDITIONS = ("before", "not_before", "after", "not_after")


@dataclass(frozen=True, slots=True)
class DateRules:
    """Everything that extraction needs.

    `table` has a row a rule: `rule_no`, `rule`, `timex_type`, `kind`, `priority`, the conditions on the text around and
    whether there are any, and `set_*` for each field that a rule may set itself. `holidays` is the calendar of
    holidays, `seasons`, `events` and `tenses` are the reference tables.
    """

    lexicon: Lexicon
    patterns: tuple[Pattern, ...]
    table: pl.DataFrame
    holidays: pl.DataFrame
    seasons: pl.DataFrame
    events: pl.DataFrame
    tenses: pl.DataFrame


def compile_date_rules(reference: Mapping[str, pl.DataFrame]) -> DateRules:
    """Compile the date tables.

    Args:
        reference: the reference tables by name.

    Raises:
        PatternError: a rule that names a token, field or macro that does not exist.
    """
    lexicon = compile_lexicon(reference["date_word"], reference["date_shape"], reference["holiday"])
    macros: dict[str, str] = dict(zip(*reference["date_macro"].select("macro", "pattern"), strict=True))
    rules = reference["date_rule"].with_row_index("rule_no").with_columns(pl.col("rule_no").cast(pl.Int32))
    patterns = tuple(
        compile_pattern(rule_no, pattern, macros, lexicon.codes)
        for rule_no, pattern in zip(rules["rule_no"], rules["pattern"], strict=True)
    )
    return DateRules(
        lexicon=lexicon,
        patterns=patterns,
        table=_with_sets(rules),
        holidays=holiday_calendar(reference["holiday_rule"], reference["holiday_date"]),
        seasons=reference["date_season"],
        events=reference["world_event"],
        tenses=reference["date_tense_cue"],
    )


def _with_sets(rules: pl.DataFrame) -> pl.DataFrame:
    """Read `sets` ("anchor=publication;unit=D") into `kind` and a column `set_*` per field."""
    names = set(rules["sets"].drop_nulls().str.extract_all(r"\w+=").explode().str.strip_chars("=").drop_nulls())
    if unknown := names - {*FIELDS, "kind"}:
        message = f"rules set what is no field: {sorted(unknown)}"
        raise PatternError(message)
    value = {name: pl.col("sets").str.extract(rf"(?:^|;){name}=([^;]+)", 1) for name in ("kind", *FIELDS)}
    return rules.select(
        "rule_no",
        "rule",
        "timex_type",
        "priority",
        *CONDITIONS,
        pl.any_horizontal(pl.col(*CONDITIONS).is_not_null()).alias("is_conditional"),
        value.pop("kind").fill_null("point").alias("kind"),
        *(expression.alias(f"set_{name}") for name, expression in value.items()),
    )
