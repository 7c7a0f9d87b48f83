"""Rule patterns over tokens: from their notation to regexes, and their matches on token sequences.

A pattern is a sequence of elements separated by spaces:

- `month`: a token of this name; `unit` also means `unit.week` and every other kind of unit;
- `month|month_short`: one of several; `month?` and `month*`: optional, repeated;
- `{month}`: the token's value becomes the field of that name; `{day:small|ordinal_digits}`: field and tokens differ;
- `( ... )`, `( ... )?`: a group, with `/` between its alternatives; `$name`: the macro of that name;
- `<` and `>`: where the mention begins and ends, if context stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flows.normalise.spans import find_spans

GROUPING = {"(": "(?:", ")": ")", ")?": ")?", "/": "|"}
FIELDS = (
    "n", "n2", "scale", "unit", "year", "year_short", "month", "day", "weekday", "ordinal", "season", "quarter", "half",
    "decade", "decade_short", "part", "clock", "minute", "ampm", "shift", "shift2", "dir", "mod", "mod2", "approx",
    "holiday", "era", "ref", "freq", "written", "anchor", "fiscal",
)  # fmt: skip
"""What a pattern may take from the text, or a rule may set."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `regex` captures every element in turn, `fields` names what element holds which field."""

    rule_no: int
    regex: str
    fields: Mapping[str, tuple[int, ...]]
    begin: int
    end: int | None


class PatternError(ValueError):
    """A rule pattern that cannot be read."""


def expand(pattern: str, macros: Mapping[str, str]) -> list[str]:
    """Cut a pattern into elements, macros replaced by what they stand for.

    Raises:
        PatternError: a macro that is not in the table.
    """
    elements: list[str] = []
    for element in pattern.split():
        name, mark = (element[1:-1], "?") if element.endswith("?") else (element[1:], "")
        if not element.startswith("$"):
            elements.append(element)
        elif name in macros:
            elements += ["(", *expand(macros[name], macros), f"){mark}"]
        else:
            message = f"pattern {pattern!r}: no macro {element!r}"
            raise PatternError(message)
    return elements


def compile_pattern(rule_no: int, pattern: str, macros: Mapping[str, str], codes: Mapping[str, str]) -> Pattern:
    """Turn a pattern into a regex over token codes.

    Raises:
        PatternError: a token, field or macro that does not exist.
    """
    parts: list[str] = []
    fields: dict[str, tuple[int, ...]] = {}
    captured, begin, end = 0, 0, None
    for element in expand(pattern, macros):
        if element in GROUPING:
            parts.append(GROUPING[element])
        elif element == "<":
            begin = captured
        elif element == ">":
            end = captured
        else:
            field, regex = _element(element, pattern, codes)
            parts.append(f"({regex})")
            if field:
                fields[field] = (*fields.get(field, ()), captured)
            captured += 1
    return Pattern(rule_no, "".join(parts), fields, begin, end)


def _element(element: str, pattern: str, codes: Mapping[str, str]) -> tuple[str | None, str]:
    """The field that an element fills, if any, and its regex."""
    quantifier = element[-1] if element[-1] in "?*+" else ""
    body = element.removesuffix(quantifier)
    field = None
    if body.startswith("{"):
        field, _, tokens = body[1:-1].partition(":")
        body = tokens or field
    named = [[code for token, code in codes.items() if f"{token}.".startswith(f"{name}.")] for name in body.split("|")]
    if not all(named) or (field and field not in FIELDS):
        message = f"pattern {pattern!r}: no such field or token: {element}"
        raise PatternError(message)
    return field, f"[{''.join(code for held in named for code in held)}]{quantifier}"


def match_patterns(sequences: pl.DataFrame, patterns: tuple[Pattern, ...]) -> pl.DataFrame:
    """Find every pattern in every token sequence.

    Args:
        sequences: `sentence_id` (the sequence's number) and `text` (its codes).
        patterns: the compiled patterns.

    Returns:
        `sentence_id`, `start`, `end` (of the mention, in tokens), `rule_no`, and for each field the number of the token
        that fills it, or null.
    """
    return pl.concat([_match(sequences, pattern) for pattern in patterns])


def _match(sequences: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    found = find_spans(sequences, pattern.regex)
    groups = pl.col("surface").str.extract_groups(f"^{pattern.regex}$").struct
    count = max((index for held in pattern.fields.values() for index in held), default=0)
    count = max(count, pattern.begin, (pattern.end or 0) - 1)
    sizes = found.select(
        groups.field(str(index + 1)).str.len_chars().fill_null(0).cast(pl.Int32).alias(f"size_{index}")
        for index in range(count + 1)
    )
    offsets = {
        index: pl.sum_horizontal(pl.lit(0, pl.Int32), *(f"size_{i}" for i in range(index)))
        for index in range(count + 2)
    }
    end = pl.col("end") if pattern.end is None else pl.col("start") + offsets[pattern.end]
    return found.hstack(sizes).select(
        "sentence_id",
        (pl.col("start") + offsets[pattern.begin]).cast(pl.Int32).alias("start"),
        end.cast(pl.Int32).alias("end"),
        pl.lit(pattern.rule_no, pl.Int32).alias("rule_no"),
        *(_place(pattern.fields.get(field, ()), offsets).cast(pl.Int32).alias(field) for field in FIELDS),
    )


def _place(elements: tuple[int, ...], offsets: Mapping[int, pl.Expr]) -> pl.Expr:
    """The token's number of the first of these elements that is there."""
    places = [pl.when(pl.col(f"size_{index}") > 0).then(pl.col("start") + offsets[index]) for index in elements]
    return pl.coalesce(*places) if places else pl.lit(None, pl.Int32)
