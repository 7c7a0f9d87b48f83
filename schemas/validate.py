"""Split staged rows by their contract: what holds goes on, what breaks it becomes a reject with the failed checks."""

import hashlib

import polars as pl
from pandera.errors import SchemaErrors

from schemas.check import check
from schemas.contract import ARTICLE_ID, Contract, polars_schema, qualified_name, stage_schema, table_name
from schemas.etl import EtlReject

RAW_LENGTH = 10_000
"""Longest raw text that a reject keeps, in characters."""


class ContractError(RuntimeError):
    """A fault of the code, not of a source: columns that are not the contract's, or a row of the run's own record."""


def split_rows(frame: pl.DataFrame, contract: type[Contract]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Check staged rows against their contract.

    Returns:
        The rows that hold, and the rejects (columns of etl.reject as staged), one a row that breaks a check.

    Raises:
        ContractError: the frame's columns are not the contract's.
    """
    try:
        check(frame, stage_schema(contract))
    except SchemaErrors as error:
        failures = error.failure_cases
    else:
        return frame, no_rejects()
    if failures["index"].null_count():
        message = f"{table_name(contract)}: {failures.filter(pl.col('index').is_null())['check'].to_list()}"
        raise ContractError(message)
    broken = failures.group_by(_row=pl.col("index").cast(pl.UInt32)).agg(
        _detail=pl.format("{}: {}", "column", "check").sort().str.join("; ")
    )
    numbered = frame.with_row_index("_row")
    valid = numbered.join(broken, on="_row", how="anti").drop("_row")
    return valid, _rejects(numbered.join(broken, on="_row"), contract)


def require_rows(frame: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    """The staged rows of the run's own record, checked: there is nowhere to reject them to.

    Raises:
        ContractError: a row breaks the contract, or the frame's columns are not the contract's.
    """
    _, broken = split_rows(frame, contract)
    if broken.height:
        message = f"{qualified_name(contract)}: {broken['detail'][0]}: {broken['raw'][0]}"
        raise ContractError(message)
    return frame


def reject_rows(frame: pl.DataFrame, contract: type[Contract], detail: str) -> pl.DataFrame:
    """Rejects of rows that hold their own contract and cannot stay: `detail` says why."""
    return _rejects(frame.with_columns(_detail=pl.lit(detail)), contract)


def no_rejects() -> pl.DataFrame:
    """An empty frame of rejects."""
    return pl.DataFrame(schema=polars_schema(EtlReject, staged=True))


def reject_id(*parts: str | None) -> str:
    """The id of a reject: the same for the same place, reason and raw text, whatever the run."""
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "replace")).hexdigest()[:16]


def _rejects(rows: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    name = table_name(contract)
    raw = rows.select(
        pl.struct(pl.exclude("_row", "_detail")).struct.json_encode().str.slice(0, RAW_LENGTH)
    ).to_series()
    found = pl.DataFrame(
        {
            "reject_id": [reject_id(name, detail, text) for detail, text in zip(rows["_detail"], raw, strict=True)],
            "detail": rows["_detail"],
            "raw": raw,
            "article_id": _article_ids(rows),
        }
    ).with_columns(severity=pl.lit("error"), reason=pl.lit("contract"), source_uri=pl.lit(None), place=pl.lit(name))
    schema = polars_schema(EtlReject, staged=True)
    return found.select(pl.col(column).cast(kind) for column, kind in schema.items())


def _article_ids(rows: pl.DataFrame) -> pl.Series:
    """The article of each row, null where the row names none that can be one."""
    if "article_id" not in rows.columns:
        return pl.Series([None] * rows.height, dtype=pl.String)
    known = pl.when(pl.col("article_id").str.contains(ARTICLE_ID)).then("article_id")
    return rows.select(known.alias("article_id")).to_series()
