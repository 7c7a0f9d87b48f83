"""One bad row for each check of a contract, made from the check itself: what the tests of contracts plant."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.contract import Contract, full_schema, polars_schema, stage_schema, table_name

Values = Mapping[str, Any]
"""Values of some columns of a row."""

SAMPLES = ("a", "en", "USD", "0" * 16, "0" * 64, "2021", "fact_figure", "Q1")
"""Texts of which one fits each pattern that a warehouse table asks for."""
MISFITS = ("no such value", "", "?")
"""Texts of which one breaks each pattern."""

FACT = {"span_start": 0, "span_end": 2, "surface": "50"}
WHOLE_ROWS: Mapping[str, Values] = {
    "article_sentence": {"span_start": 0, "span_end": 2},
    "fact_date_mention": FACT,
    "fact_figure": {**FACT, "dimension": "count"},
    "fact_actor_mention": FACT,
    "fact_claim": FACT,
    "claim_party": {"part_start": 0, "part_end": 2, "surface": "50"},
    "correction": {"value": "drop"},
}
"""What a sound row needs beyond one value a column, by table."""

DAY, NEXT_DAY = date(2021, 3, 3), date(2021, 3, 4)
PLANTED: Mapping[str, Mapping[str, Values]] = {
    "dim_actor_office": {"from_before_to": {"from_on": NEXT_DAY, "to_on": DAY}},
    "dim_fx_rate": {"starts_before_end": {"starts_on": NEXT_DAY, "ends_on": DAY}, "one_rate_a_day": {}},
    "article_sentence": {"span_not_empty": {"span_start": 2}},
    "fact_date_mention": {
        "surface_fills_span": {"surface": "fifty"},
        "starts_before_ends": {"starts_on": NEXT_DAY, "ends_on": DAY},
    },
    "fact_figure": {
        "surface_fills_span": {"surface": "fifty"},
        "low_before_high": {"value_low": 2.0, "value_high": 1.0},
        "value_within": {"value": 3.0, "value_low": 1.0, "value_high": 2.0},
        "values_finite": {"value": float("nan")},
        "money_has_currency": {"dimension": "money", "unit": "dollars"},
    },
    "fact_actor_mention": {"surface_fills_span": {"surface": "fifty"}},
    "fact_claim": {
        "surface_fills_span": {"surface": "fifty"},
        "status_fits_topic": {"topic": "aid", "status": "killed"},
        "parties_whole": {"subject_start": 3},
    },
    "claim_party": {"surface_fills_part": {"surface": "fifty"}},
    "correction": {"drop_names_no_column": {"value": "7"}},
    "actor_office": {"from_before_to": {"from_on": NEXT_DAY, "to_on": DAY}},
    "holiday_rule": {"one_way": {"day": 1, "nth": 1, "easter_offset": 1}},
    "holiday_date": {"starts_before_ends": {"starts_on": NEXT_DAY, "ends_on": DAY}},
    "fx_rate": {"starts_before_end": {"starts_on": NEXT_DAY, "ends_on": DAY}, "one_rate_a_day": {}},
}
"""For each check that spans columns, the values that break it; {}: the sound row once more."""

Breaker = Callable[[Mapping[str, Any]], Any]
BREAKERS: Mapping[str, Breaker] = {
    "isin": lambda _: MISFITS[0],
    "str_matches": lambda found: next(text for text in MISFITS if not re.search(_pattern(found), text)),
    "str_length": lambda found: "" if found["min_value"] else "x" * ((found["max_value"] or found["exact_value"]) + 1),
    "greater_than_or_equal_to": lambda found: found["min_value"] - 1,
    "greater_than": lambda found: found["min_value"],
    "less_than_or_equal_to": lambda found: found["max_value"] + 1,
    "less_than": lambda found: found["max_value"],
}
"""For each kind of check on one column, a value that breaks it, made from what the check asks for."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change of a row, and the name of the check that must catch it, as rejects write it."""

    check: str
    values: Values


def mutations(contract: type[Contract]) -> Iterator[Mutation]:
    """One for each check that staged rows of the contract must hold.

    Raises:
        KeyError: a check for which neither BREAKERS nor PLANTED has an entry.
    """
    schema, name = stage_schema(contract), table_name(contract)
    for column in schema.columns.values():
        if not column.nullable:
            yield Mutation(f"{column.name}: not_nullable", {column.name: None})
        for check in column.checks:
            yield Mutation(f"{column.name}: {check.name}", {column.name: BREAKERS[check.name](check.statistics)})
        if column.unique:
            yield Mutation(f"{column.name}: field_uniqueness", {})
    for check in schema.checks:
        yield Mutation(f"{name}: {check.name}", PLANTED[name][check.name])


def sound_row(contract: type[Contract]) -> pl.DataFrame:
    """A staged row of a warehouse table that holds its contract: the least value of each column that must have one."""
    schema = stage_schema(contract)
    values = {column.name: None if column.nullable else _least(column) for column in schema.columns.values()}
    values |= WHOLE_ROWS.get(table_name(contract), {})
    return pl.DataFrame([values], schema=polars_schema(contract, staged=True))


def mutated(row: pl.DataFrame, mutation: Mutation) -> pl.DataFrame:
    """The row with the mutation's values."""
    changes = [pl.lit(value, dtype=row.schema[name]).alias(name) for name, value in mutation.values.items()]
    return row.with_columns(changes)


def checks_across_columns(contract: type[Contract]) -> set[str]:
    """The names of the contract's checks that span columns."""
    return {check.name for check in full_schema(contract).checks}


def _least(column: pa.Column) -> Any:  # noqa: ANN401  (of the column's type)
    found = {check.name: check.statistics for check in column.checks}
    if "isin" in found:
        return found["isin"]["allowed_values"][0]
    if "str_matches" in found:
        pattern = _pattern(found["str_matches"])
        return next(text for text in SAMPLES if re.search(pattern, text))
    if "greater_than" in found:
        return found["greater_than"]["min_value"] + 1
    least = found.get("greater_than_or_equal_to", {}).get("min_value", 0)
    kinds = {pl.String: "a", pl.Boolean: True, pl.Date: DAY, pl.Datetime: datetime(2021, 3, 3)}  # noqa: DTZ001  (UTC)
    return kinds.get(column.dtype.type.base_type(), least)


def _pattern(statistics: Mapping[str, Any]) -> str:
    found = statistics["pattern"]
    return found if isinstance(found, str) else str(found.pattern)
