import polars as pl
import pytest

from flows.normalise.dates.patterns import PatternError, compile_pattern, expand, match_patterns
from flows.normalise.dates.rules import compile_date_rules
from flows.sources.reference import load_reference

CODES = {"the": "a", "month": "b", "month.may": "c", "small": "d", "-": "e", "year": "f"}
MACROS = {"day": "the? {day:small}", "date": "{month} $day"}


def matches(pattern: str, codes: str) -> list[dict[str, object]]:
    sequences = pl.DataFrame({"sentence_id": [0], "text": [codes]}, schema_overrides={"sentence_id": pl.UInt32})
    found = match_patterns(sequences, (compile_pattern(7, pattern, MACROS, CODES),))
    return found.select("start", "end", "rule_no", "month", "day", "year").to_dicts()


def test_macros_expand_inside_macros() -> None:
    assert expand("$date? year", MACROS) == ["(", "{month}", "(", "the?", "{day:small}", ")", ")?", "year"]


def test_fields_are_numbers_of_tokens_and_kinds_of_a_token_count_as_it() -> None:
    assert matches("$date", "acd") == [{"start": 1, "end": 3, "rule_no": 7, "month": 1, "day": 2, "year": None}]


def test_every_match_of_a_sequence_is_found() -> None:
    assert [(row["start"], row["day"]) for row in matches("{month} $day", "bdbad")] == [(0, 1), (2, 4)]


def test_context_stays_outside_the_mention() -> None:
    assert matches("{month} small - < {day:small} >", "bded") == [
        {"start": 3, "end": 4, "rule_no": 7, "month": 0, "day": 3, "year": None}
    ]


def test_an_absent_alternative_leaves_its_field_empty() -> None:
    assert [row["year"] for row in matches("( {year} / {month} ) small", "bd")] == [None]


@pytest.mark.parametrize("pattern", ["{hour}", "weekday", "$nothing", "{day:nothing}"])
def test_a_pattern_with_an_unknown_name_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="no "):
        compile_pattern(0, pattern, MACROS, CODES)


def test_a_rule_that_sets_an_unknown_field_is_refused() -> None:
    reference = dict(load_reference())
    rules = reference["date_rule"]
    reference["date_rule"] = rules.with_columns(
        sets=pl.when(pl.col("rule") == "year").then(pl.lit("age=3")).otherwise("sets")
    )
    with pytest.raises(PatternError, match="age"):
        compile_date_rules(reference)
