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

from flows.normalise.spans import CLOSE, OPEN

GROUPING = {"(": "(?:", ")": ")", ")?": ")?", "/": "|", "<": "(", ">": ")"}
ALTERNATIVE = "|"
WHOLE = 1
"""The regex group of the whole match."""
NUMBERS = {chr(0xE800 + number): number for number in range(512)}
"""The characters that number the tokens of a sequence, which has fewer of them than a passage has characters."""
ANY_NUMBER = f"[{min(NUMBERS)}-{max(NUMBERS)}]"
SEQUENCE = "\x03"
"""What stands between the number of a sequence and its codes."""
FIELDS = (
    "n", "scale", "unit", "year", "year_short", "month", "day", "weekday", "ordinal", "season", "quarter", "half",
    "decade", "decade_short", "part", "clock", "ampm", "shift", "shift2", "dir", "mod", "mod2", "approx", "holiday",
    "era", "ref", "written", "anchor",
)  # fmt: skip
"""What a pattern may take from the text, or a rule may set."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: its regex, and what a match of it is replaced by: the mention and each field, marked off.

    `needs` is a class of codes without one of which no sequence matches: asked first, for many patterns at once.
    """

    rule_no: int
    regex: str
    replacement: str
    needs: str


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
    """Turn a pattern into a regex over numbered token codes: the first group is the whole match.

    Raises:
        PatternError: a token, field or macro that does not exist.
    """
    parts: list[str] = []
    fields: dict[str, tuple[int, ...]] = {}
    groups, mention = WHOLE, WHOLE
    for element in expand(pattern, macros):
        if element == "<":
            groups += 1
            mention = groups
        else:
            field = _field(element)
            if field:
                groups += 1
                fields[field] = (*fields.get(field, ()), groups)
        parts.append(GROUPING[element] if element in GROUPING else _element(element, pattern, codes))
    held = ((mention,), *(fields.get(field, ()) for field in FIELDS))
    cells = ("".join(f"${{{group}}}" for group in cell) for cell in held)
    return Pattern(rule_no, f"({''.join(parts)})", OPEN + CLOSE.join(cells) + CLOSE, _needs(parts))


def _needs(parts: list[str]) -> str:
    """The last class of codes that a regex cannot do without: none inside alternatives or what is optional."""
    classes: list[list[str]] = [[]]
    for part in parts:
        if part in {"(?:", "("}:
            classes.append([])
        elif part == "|":
            classes[-1].append(ALTERNATIVE)
        elif part.startswith(")") and len(classes) > 1:
            inner = classes.pop()
            if part == ")" and ALTERNATIVE not in inner:
                classes[-1] += inner
        elif not part.endswith(("?", "*")):
            classes[-1].append(part[part.index("[") : part.index("]") + 1])
    needed = [held for held in classes[0] if held != ALTERNATIVE]
    return needed[-1] if needed and ALTERNATIVE not in classes[0] else "."


def _field(element: str) -> str | None:
    """The field that an element fills, if any."""
    return element[1:].partition("}")[0].partition(":")[0] if element.startswith("{") else None


def _element(element: str, pattern: str, codes: Mapping[str, str]) -> str:
    """The regex of an element: a code of its tokens and the token's number, captured if it fills a field."""
    quantifier = element[-1] if element[-1] in "?*+" else ""
    body = element.removesuffix(quantifier)
    field = _field(element)
    if field:
        body = body[1:-1].rpartition(":")[2]
    named = [_codes_of(name, codes) for name in body.split("|")]
    if not all(named) or (field and field not in FIELDS):
        message = f"pattern {pattern!r}: no such field or token: {element}"
        raise PatternError(message)
    token = f"[{''.join(code for held in named for code in held)}]{ANY_NUMBER}"
    return f"({token}){quantifier}" if field else f"(?:{token}){quantifier}"


def _codes_of(name: str, codes: Mapping[str, str]) -> list[str]:
    """The codes of a token and of its kinds: of `unit` also that of `unit.week`."""
    inner = f"{name}."
    return [code for token, code in codes.items() if token == name or token.startswith(inner)]


def match_patterns(sequences: pl.DataFrame, patterns: tuple[Pattern, ...]) -> pl.DataFrame:
    """Find every pattern in every token sequence.

    Args:
        sequences: `sentence_id` (the sequence's number) and `text` (its codes).
        patterns: the compiled patterns.

    Returns:
        `sentence_id`, `start`, `end` (of the mention, in tokens), `rule_no`, and for each field the number of the token
        that fills it, or null.
    """
    text = pl.col("text")
    needs = list(dict.fromkeys(pattern.needs for pattern in patterns))
    numbered = _numbered(sequences).with_columns(text.str.contains(held).alias(held) for held in needs)
    found = numbered.select(pl.col(needs).any()).row(0, named=True)
    asked = [pattern for pattern in patterns if found[pattern.needs]]  # a regex is compiled for no row as well
    marked = numbered.select(_marked(text.filter(pl.col(pattern.needs)), pattern) for pattern in asked or patterns[:1])
    pieces = pl.col("piece").str.split(OPEN)
    cells = pl.col("piece").str.split_exact(CLOSE, len(FIELDS) + 1).struct
    mention = cells.field("field_0")
    return (
        marked.unpivot(variable_name="rule_no", value_name="piece")
        .explode("piece")
        .drop_nulls()
        .select(
            pieces.list.first().str.extract(f"^([0-9]+){SEQUENCE}", 1).cast(pl.UInt32).alias("sentence_id"),
            pieces.list.slice(1).alias("piece"),
            pl.col("rule_no").cast(pl.Int32),
        )
        .explode("piece")
        .select(
            "sentence_id",
            "rule_no",
            mention.str.slice(1, 1).alias("start"),
            mention.str.tail(1).alias("end"),
            *(cells.field(f"field_{index}").str.slice(1, 1).alias(field) for index, field in enumerate(FIELDS, 1)),
        )
        .with_columns(pl.col("start", "end", *FIELDS).replace_strict(NUMBERS, default=None, return_dtype=pl.Int32))
        .with_columns(pl.col("end") + 1)
    )


def _marked(text: pl.Expr, pattern: Pattern) -> pl.Expr:
    """The texts that match, each match replaced, as one list under the number of the rule."""
    found = text.filter(text.str.contains(pattern.regex))
    return found.str.replace_all(pattern.regex, pattern.replacement).implode().alias(str(pattern.rule_no))


def _numbered(sequences: pl.DataFrame) -> pl.DataFrame:
    """Put behind each code the number of its token, as one character, and before all the number of the sequence."""
    code = pl.col("text").str.split("")
    characters = {number: character for character, number in NUMBERS.items()}
    number = pl.int_range(pl.len()).over("sentence_id").replace_strict(characters, return_dtype=pl.String)
    return (
        sequences.select("sentence_id", code)
        .explode("text")
        .filter(pl.col("text") != "")
        .with_columns(pl.col("text") + number)
        .group_by("sentence_id", maintain_order=True)
        .agg("text")
        .select(text=pl.format(f"{{}}{SEQUENCE}{{}}", "sentence_id", pl.col("text").list.join("")))
    )
