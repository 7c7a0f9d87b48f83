"""What a run has to do: read what is new at the sources, keep one article an identity, drop what the ledger knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from flows.sources.discover import SourceFile
from flows.sources.read import file_sha256, read_articles
from schemas.contract import polars_schema
from schemas.etl import EtlReject, EtlSource
from schemas.validate import no_rejects, reject_id

INDEX_SCHEMA = pl.Schema(
    {
        "batch": pl.String,
        "row": pl.UInt32,
        "article_id": pl.String,
        "content_sha256": pl.String,
        "source_uri": pl.String,
        "text_bytes": pl.Int64,
    }
)
"""One row an article that was read: the landed batch it lies in, its row there, its identity and content."""

Reporter = Callable[[int, int], None]
"""Told how many sources of how many are read."""


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """Which sources to read, which are as the ledger knows them, and which are no longer there."""

    to_read: list[SourceFile]
    unchanged: int
    gone: pl.DataFrame


@dataclass(slots=True)
class Landing:
    """What reading brought: landed batches (Parquet), the index of their articles, rejects, rows for the ledger."""

    folder: Path
    index: pl.DataFrame = field(default_factory=INDEX_SCHEMA.to_frame)
    rejects: pl.DataFrame = field(default_factory=no_rejects)
    sources: pl.DataFrame = field(default_factory=lambda: polars_schema(EtlSource, staged=True).to_frame())


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be extracted: the chosen rows of the index, what was left out as known or equal, what was refused."""

    chosen: pl.DataFrame
    unchanged: int
    rejects: pl.DataFrame


def plan_sources(
    found: Sequence[SourceFile],
    ledger: pl.DataFrame,
    folders: Sequence[Path],
    mapping: Mapping[str, str],
    *,
    full: bool,
) -> SourcePlan:
    """Compare the sources with the ledger by size, time of change and the names of their columns.

    Args:
        found: the sources as they are now.
        ledger: etl.source.
        folders: the folders that were searched whole: a known source below one of them that was not found is gone.
        mapping: our fields under the sources' names.
        full: read everything, whatever the ledger says.
    """
    now = pl.DataFrame(
        {
            "source_uri": [file.uri for file in found],
            "size_bytes": [file.size_bytes for file in found],
            "modified_at": [_modified_at(file) for file in found],
        },
        schema={"source_uri": pl.String, "size_bytes": pl.Int64, "modified_at": pl.Datetime("us")},
    ).with_columns(mapping=pl.lit(_written(mapping)))
    known = now.join(ledger.filter(pl.col("state") == "read"), on=now.columns, how="semi")
    unchanged = set() if full else set(known["source_uri"])
    below = [pl.col("source_uri").str.starts_with(f"{folder}/") for folder in folders]
    gone = ledger.filter(pl.any_horizontal(pl.lit(value=False), *below), pl.col("state") != "gone")
    return SourcePlan(
        to_read=[file for file in found if file.uri not in unchanged],
        unchanged=len(unchanged),
        gone=gone.join(now, on="source_uri", how="anti").with_columns(state=pl.lit("gone")),
    )


def land(
    files: Sequence[SourceFile], mapping: Mapping[str, str], batch_bytes: int, folder: Path, report: Reporter
) -> Landing:
    """Read sources into Parquet batches of about `batch_bytes` of text, small sources together in one batch."""
    folder.mkdir(parents=True)
    landing = Landing(folder)
    waiting: list[pl.DataFrame] = []
    waiting_bytes = 0
    indexes, rejects, sources = [landing.index], [landing.rejects], []
    for number, file in enumerate(files, 1):
        refused = []
        for batch in read_articles(file, mapping, batch_bytes):
            refused.append(batch.rejects)
            waiting.append(batch.articles)
            waiting_bytes += batch.text_bytes
            if waiting_bytes >= batch_bytes:
                indexes.append(_write_batch(waiting, folder, len(indexes)))
                waiting, waiting_bytes = [], 0
        rejects.extend(refused)
        sources.append(_source_row(file, mapping, refused))
        report(number, len(files))
    indexes.append(_write_batch(waiting, folder, len(indexes)))
    landing.index = pl.concat(indexes)
    landing.rejects = pl.concat(rejects)
    landing.sources = pl.DataFrame(sources, schema=polars_schema(EtlSource, staged=True), orient="row")
    return landing


def choose(index: pl.DataFrame, ledger: pl.DataFrame, *, full: bool) -> Choice:
    """Keep one article an identity, unless the ledger has it with that content.

    Of several contents the one that the warehouse holds is kept, so that reading everything again reverts no
    correction; else the one with the smallest hash, whatever the order of the sources.

    Args:
        index: the articles that were read.
        ledger: etl.article.
        full: keep what the ledger knows as well.
    """
    content = ["article_id", "content_sha256"]
    held = ledger.filter(pl.col("state") == "loaded")
    in_ledger = ledger.select(*content, in_ledger=pl.lit(value=True))
    copies = (
        index.sort(*content, "batch", "row")
        .unique(content, keep="first", maintain_order=True)
        .join(in_ledger, on=content, how="left", maintain_order="left")
        .sort("article_id", pl.col("in_ledger").fill_null(value=False), descending=[False, True], maintain_order=True)
        .drop("in_ledger")
    )
    kept = copies.unique("article_id", keep="first", maintain_order=True)
    others = copies.join(kept, on=["article_id", "content_sha256"], how="anti")
    known = kept.head(0) if full else kept.join(held, on=content, how="semi")
    return Choice(
        chosen=kept.join(known, on="article_id", how="anti").sort("batch", "row"),
        unchanged=index.height - copies.height + known.height,
        rejects=_duplicate_rejects(others),
    )


def _write_batch(waiting: list[pl.DataFrame], folder: Path, number: int) -> pl.DataFrame:
    articles = pl.concat(waiting) if waiting else pl.DataFrame()
    if articles.is_empty():
        return INDEX_SCHEMA.to_frame()
    name = f"{number:06}.parquet"
    articles.write_parquet(folder / name, compression="lz4")
    return articles.with_row_index("row").select(
        pl.lit(name).alias("batch"),
        "row",
        "article_id",
        "content_sha256",
        "source_uri",
        pl.col("text").str.len_bytes().cast(pl.Int64).alias("text_bytes"),
    )


def _source_row(file: SourceFile, mapping: Mapping[str, str], refused: list[pl.DataFrame]) -> tuple[object, ...]:
    unreadable = any((frame["reason"] == "unreadable").any() for frame in refused)
    digest = None if unreadable else file_sha256(file.path)
    state = "rejected" if unreadable else "read"
    return (file.uri, file.size_bytes, _modified_at(file), digest, _written(mapping), state)


def _written(mapping: Mapping[str, str]) -> str:
    return " ".join(sorted(f"{ours}={theirs}" for ours, theirs in mapping.items()))


def _modified_at(file: SourceFile) -> datetime:
    return datetime.fromtimestamp(file.modified_ns // 1000 / 1_000_000, UTC).replace(tzinfo=None)


def _duplicate_rejects(others: pl.DataFrame) -> pl.DataFrame:
    detail = "another article of the same identity was read in this run; the one with the smaller content hash is kept"
    rows = [
        (reject_id(uri, "duplicate_id", digest), "error", "duplicate_id", detail, uri, None, article, None)
        for article, digest, uri in others.select("article_id", "content_sha256", "source_uri").iter_rows()
    ]
    return pl.DataFrame(rows, schema=polars_schema(EtlReject, staged=True), orient="row")
