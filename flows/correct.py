"""Apply corrections to what extraction staged, and answer for each: applied, or why it is unmet."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from flows.corrections import LINE, typed
from flows.upkeep import Upkeep
from schemas.contract import Contract, columns, key, polars_schema, table_name
from schemas.etl import EtlArticle, EtlReject
from schemas.registry import FACT_TABLES
from schemas.upkeep import Correction, EtlCorrection
from schemas.validate import reject_id, split_rows
from warehouse.packages import Manifest, read_manifest, write_package

RULE = "correction"
"""What the column `rule` of a corrected row says."""
PLACE = ["article_id", "span_start", "span_end"]
ANSWER = pl.Schema({**polars_schema(Correction), "problem": pl.String()})
"""A correction and why it is unmet; null where it is applied."""

Tables = dict[str, pl.DataFrame]


class UnmetCorrectionError(RuntimeError):
    """A correction does not find what it expects, and the user wants all or nothing."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of the corrections.

    Attributes:
        packages: the packages to load.
        ledger: etl.correction as it is to be.
        rejects: why corrections of this run's articles are unmet, as staged rows of etl.reject.
        changed: whether the ledger is another than before.
        unmet: in words, how many corrections do not find what they expect, and the first; empty where all do.
    """

    packages: list[Path]
    ledger: pl.DataFrame
    rejects: pl.DataFrame
    changed: bool
    unmet: str


def correct_packages(packages: Sequence[Path], upkeep: Upkeep) -> Corrected:
    """Apply the corrections to the packages that have their articles, in corrected copies beside them.

    Where a correction does not find the value that it expects, or its value breaks the contract, the fact stays as
    extracted. With a fact that is dropped goes what was made of it: the claim of a figure.
    """
    made, answers, present = [], [ANSWER.to_frame()], [upkeep.present]
    for package in packages:
        articles = pl.read_parquet(package / f"{table_name(EtlArticle)}.parquet", glob=False)["article_id"]
        present.append(articles)
        mine = upkeep.wanted.filter(pl.col("article_id").is_in(articles.implode()))
        if mine.is_empty():
            made.append(package)
            continue
        tables = {file.stem: pl.read_parquet(file, glob=False) for file in sorted(package.glob("*.parquet"))}
        answers.extend(_correct(tables, mine))
        made.append(_write(package, tables, mine))
    answered = pl.concat(answers)
    ledger = _ledger(upkeep, answered, pl.concat(present))
    return Corrected(
        packages=made,
        ledger=ledger,
        rejects=_rejects(answered),
        changed=not ledger.equals(upkeep.held.select(ledger.columns)),
        unmet=_unmet(ledger),
    )


def _ledger(upkeep: Upkeep, answers: pl.DataFrame, present: pl.Series) -> pl.DataFrame:
    """etl.correction as it is to be: answered in this run, else as it stood, waiting where its article is not there."""
    outcome = pl.when(pl.col("problem").is_null()).then(pl.lit("applied")).otherwise(pl.lit("unmet"))
    known = pl.coalesce("answered", "stood", pl.lit("waiting"))
    here = pl.col("article_id").is_in(present.implode())
    return (
        upkeep.wanted.join(answers.select(*LINE, answered=outcome), on=LINE, how="left", nulls_equal=True)
        .join(upkeep.held.select(*LINE, stood="state"), on=LINE, how="left", nulls_equal=True)
        .with_columns(state=pl.when(here).then(known).otherwise(pl.lit("waiting")))
        .select(polars_schema(EtlCorrection, staged=True).names())
        .sort(pl.all())
    )


def _unmet(ledger: pl.DataFrame) -> str:
    unmet = ledger.filter(pl.col("state") == "unmet")
    if unmet.is_empty():
        return ""
    first = " ".join(str(value) for value in unmet.select("article_id", "fact_table", "column_name").row(0))
    return f"{unmet.height} corrections do not find what they expect (etl.reject, reason correction), first: {first}"


def _rejects(answers: pl.DataFrame) -> pl.DataFrame:
    """A reject for each correction that is unmet (staged columns of etl.reject)."""
    unmet = answers.filter(pl.col("problem").is_not_null())
    place = pl.format("{}.{} at {}-{}", "fact_table", pl.col("column_name").fill_null("*"), "span_start", "span_end")
    told = unmet.with_columns(
        place=place,
        detail=pl.format("{} expects {}; {}", "author", pl.col("expected").fill_null("null"), "problem"),
        severity=pl.lit("error"),
        reason=pl.lit("correction"),
        source_uri=pl.lit(None, pl.String),
        raw=pl.lit(None, pl.String),
    )
    ids = [reject_id("correction", *row) for row in told.select("article_id", "place", "detail").iter_rows()]
    return told.with_columns(reject_id=pl.Series(ids, dtype=pl.String)).select(
        polars_schema(EtlReject, staged=True).names()
    )


def _correct(tables: Tables, wanted: pl.DataFrame) -> list[pl.DataFrame]:
    """Correct each table in its place; gives the answers."""
    answers = []
    for contract in FACT_TABLES:
        name = table_name(contract)
        mine = wanted.filter(pl.col("fact_table") == name)
        if mine.height:
            facts = tables[name]
            tables[name], answered = _correct_table(facts, mine, contract)
            _drop_dependents(tables, contract, facts.join(tables[name], on=key(contract), how="anti"))
            answers.append(answered)
    return answers


def _correct_table(
    facts: pl.DataFrame, wanted: pl.DataFrame, contract: type[Contract]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Apply the corrections of one table; a row whose new values break the contract gets its old ones back."""
    corrected, answers = facts, []
    for (column,), lines in wanted.group_by("column_name", maintain_order=True):
        corrected, answered = _drop(corrected, lines) if column is None else _set(corrected, lines, str(column))
        answers.append(answered)
    valid, rejects = split_rows(corrected, contract)
    broken = corrected.join(valid, on=key(contract), how="anti")
    problem = pl.lit(f"its value breaks the contract: {'; '.join(rejects['detail'].unique().sort())}")
    refused = pl.struct(PLACE).is_in(broken.select(pl.struct(PLACE)).to_series().implode())
    told = pl.concat(answers).with_columns(problem=pl.when(refused).then(problem).otherwise("problem"))
    return pl.concat([valid, facts.join(broken, on=key(contract), how="semi")]), told


def _set(facts: pl.DataFrame, lines: pl.DataFrame, column: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put a column right where it has the value that is expected."""
    kind = facts.schema[column]
    right = lines.select(
        *PLACE,
        typed(lines["expected"], kind).alias(column),
        typed(lines["value"], kind).alias("right_value"),
        met=pl.lit(value=True),
    )
    joined = facts.join(right, on=[*PLACE, column], how="left", nulls_equal=True, maintain_order="left")
    corrected = joined.with_columns(
        pl.when("met").then("right_value").otherwise(column).alias(column),
        rule=pl.when("met").then(pl.lit(RULE)).otherwise("rule"),
    )
    return corrected.drop("right_value", "met"), _answers(lines, right.select(*PLACE, column), facts, column)


def _drop(facts: pl.DataFrame, lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Drop the rows that have the surface that is expected."""
    dropped = lines.select(*PLACE, surface="expected")
    return facts.join(dropped, on=dropped.columns, how="anti"), _answers(lines, dropped, facts, "surface")


def _answers(lines: pl.DataFrame, expected: pl.DataFrame, facts: pl.DataFrame, column: str) -> pl.DataFrame:
    """Each line with why it is unmet: what stands there instead, or that no fact does."""
    met = expected.with_row_index("line_no").join(facts, on=expected.columns, how="semi", nulls_equal=True)["line_no"]
    text = pl.col(column).cast(pl.String).fill_null("null")
    there = facts.group_by(PLACE).agg(there=text.unique().sort().str.join(" and "))
    problem = (
        pl.when(pl.col("line_no").is_in(met.implode()))
        .then(None)
        .otherwise(pl.format("{} is {}", pl.lit(column), pl.col("there")).fill_null("no fact stands there"))
    )
    numbered = lines.with_row_index("line_no").join(there, on=PLACE, how="left", maintain_order="left")
    return numbered.select(*LINE, problem=problem)


def _drop_dependents(tables: Tables, contract: type[Contract], dropped: pl.DataFrame) -> None:
    """What names a dropped fact loses the name where it may be null, else it goes as well."""
    if dropped.is_empty() or len(key(contract)) > 1:
        return
    (name,) = key(contract)
    lost = pl.col(name).is_in(dropped[name].implode())
    for other in FACT_TABLES:
        held = [column for column in columns(other) if column.name == name]
        if other is contract or not held:
            continue
        rows = tables[table_name(other)]
        if held[0].nullable:
            tables[table_name(other)] = rows.with_columns(pl.when(lost).then(None).otherwise(name).alias(name))
        else:
            tables[table_name(other)] = rows.filter(~lost | pl.col(name).is_null())
            _drop_dependents(tables, other, rows.filter(lost))


def _write(package: Path, tables: Tables, wanted: pl.DataFrame) -> Path:
    """The corrected copy of a package; its key tells the corrections in it."""
    manifest = read_manifest(package)
    if manifest is None:
        message = f"{package} is no finished package"
        raise FileNotFoundError(message)
    digest = hashlib.sha256(wanted.sort(LINE).write_csv().encode()).hexdigest()
    rows = {name: frame.height for name, frame in tables.items()}
    corrected = asdict(manifest) | {"key": f"{manifest.key}-{digest[:16]}", "rows": rows}
    return write_package(package.parent, tables, Manifest(**corrected))
