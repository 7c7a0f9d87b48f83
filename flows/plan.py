"""What a run has to do: read what is new at the sources, keep one article an identity, drop what the ledger knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
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
        "published_on": pl.Date,
    }
)
"""One row an article that was read: the landed batch it lies in, its row there, its identity, content and day."""

FIRST_SECOND, LAST_SECOND = -62_135_596_800, 253_402_300_799
"""Of the years 1 and 9999, since 1970."""

Reporter = Callable[[int, int], None]
"""Told how many bytes of how many are read."""


class EmptyFolderError(RuntimeError):
    """All sources of a folder are gone at once."""


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """Which sources to read, which are as the ledger knows them, and which are no longer there."""

    to_read: list[SourceFile]
    unchanged: int
    gone: pl.DataFrame


@dataclass(slots=True)
class Landing:
    """What reading brought: landed batches (Parquet), the index of their articles, rejects, rows for the ledger.

    `retried` holds the ids of earlier rejects that were read again from etl.reject.
    """

    folder: Path
    index: pl.DataFrame = field(default_factory=INDEX_SCHEMA.to_frame)
    rejects: pl.DataFrame = field(default_factory=no_rejects)
    sources: pl.DataFrame = field(default_factory=lambda: polars_schema(EtlSource, staged=True).to_frame())
    retried: pl.DataFrame = field(default_factory=pl.Schema({"reject_id": pl.String()}).to_frame)


@dataclass(frozen=True, slots=True)
class Window:
    """Which new articles to take: published from `since` to `until`, and at most `limit`, the earliest first."""

    since: date | None = None
    until: date | None = None
    limit: int | None = None

    def split(self, articles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The articles to take, and those to leave for another run; one without a day is in no window of days."""
        inside = pl.lit(value=True)
        if self.since:
            inside &= pl.col("published_on") >= self.since
        if self.until:
            inside &= pl.col("published_on") <= self.until
        taken = articles.filter(inside).sort("published_on", "article_id", nulls_last=True)
        taken = taken if self.limit is None else taken.head(self.limit)
        return taken, articles.join(taken, on="article_id", how="anti")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be extracted: the chosen rows of the index, what was known or equal, what was refused.

    `left_out` are the new articles outside the window: a later run takes them.
    """

    chosen: pl.DataFrame
    unchanged: int
    rejects: pl.DataFrame
    left_out: pl.DataFrame


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


def refuse_to_prune_all(gone: pl.DataFrame, ledger: pl.DataFrame, folders: Sequence[Path]) -> None:
    """Refuse to take out what an empty folder held: a disk that is not mounted looks like that.

    Raises:
        EmptyFolderError: nothing that the ledger knows below a folder is there any longer.
    """
    for folder in folders:
        below = pl.col("source_uri").str.starts_with(f"{folder}/")
        known = ledger.filter(below, pl.col("state") != "gone").height
        if known and gone.filter(below).height == known:
            message = f"all {known} sources below {folder} are gone, and nothing is pruned: is it mounted?"
            raise EmptyFolderError(message)


def land(
    files: Sequence[SourceFile], mapping: Mapping[str, str], batch_bytes: int, folder: Path, report: Reporter
) -> Landing:
    """Read sources into Parquet batches of about `batch_bytes` of text, small sources together in one batch."""
    folder.mkdir(parents=True)
    landing = Landing(folder)
    waiting: list[pl.DataFrame] = []
    waiting_bytes = 0
    indexes, rejects, sources = [landing.index], [landing.rejects], []
    total, done = sum(file.size_bytes for file in files), 0
    for file in files:
        refused = []
        for batch in read_articles(file, mapping, batch_bytes):
            refused.append(batch.rejects)
            waiting.append(batch.articles)
            waiting_bytes += batch.text_bytes
            if waiting_bytes >= batch_bytes:
                indexes.append(write_batch(waiting, folder / f"{len(indexes):06}.parquet"))
                waiting, waiting_bytes = [], 0
        rejects.extend(refused)
        sources.append(_source_row(file, mapping, refused))
        done += file.size_bytes
        report(done, total)
    indexes.append(write_batch(waiting, folder / f"{len(indexes):06}.parquet"))
    landing.index = pl.concat(indexes)
    landing.rejects = pl.concat(rejects)
    landing.sources = pl.DataFrame(sources, schema=polars_schema(EtlSource, staged=True), orient="row")
    return landing


def write_batch(waiting: list[pl.DataFrame], file: Path) -> pl.DataFrame:
    """Land articles in one file.

    Returns:
        Their rows of the index.
    """
    articles = pl.concat(waiting) if waiting else pl.DataFrame()
    if articles.is_empty():
        return INDEX_SCHEMA.to_frame()
    articles.write_parquet(file, compression="lz4")
    return articles.with_row_index("row").select(
        pl.lit(file.name).alias("batch"),
        "row",
        "article_id",
        "content_sha256",
        "source_uri",
        pl.col("text").str.len_bytes().cast(pl.Int64).alias("text_bytes"),
        "published_on",
    )


def choose(index: pl.DataFrame, ledger: pl.DataFrame, *, full: bool, window: Window) -> Choice:
    """Keep one article an identity, unless the ledger has it with that content.

    Of several contents the one that the warehouse holds is kept, so that reading everything again reverts no
    correction; else the one with the smallest hash, whatever the order of the sources.

    What was forgotten is refused whatever it says now, and its content also under another name.

    Args:
        index: the articles that were read.
        ledger: etl.article.
        full: keep what the ledger knows as well.
        window: which of the new articles to take.
    """
    content = ["article_id", "content_sha256"]
    banned = _is_forgotten(ledger)
    refused, index = index.filter(banned), index.filter(~banned)
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
    taken, left_out = window.split(kept.join(known, on="article_id", how="anti"))
    return Choice(
        chosen=taken.sort("batch", "row"),
        unchanged=index.height - copies.height + known.height,
        rejects=pl.concat([_duplicate_rejects(others), _forgotten_rejects(refused)]),
        left_out=left_out,
    )


def without_forgotten(rejects: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """The rejects but those that quote an article which was forgotten."""
    forgotten = ledger.filter(pl.col("state") == "forgotten")
    return rejects.join(forgotten, on="article_id", how="anti")


def _source_row(file: SourceFile, mapping: Mapping[str, str], refused: list[pl.DataFrame]) -> tuple[object, ...]:
    unreadable = any((frame["reason"] == "unreadable").any() for frame in refused)
    digest = None if unreadable else file_sha256(file.path)
    state = "rejected" if unreadable else "read"
    return (file.uri, file.size_bytes, _modified_at(file), digest, _written(mapping), state)


def _written(mapping: Mapping[str, str]) -> str:
    return " ".join(sorted(f"{ours}={theirs}" for ours, theirs in mapping.items()))


def _modified_at(file: SourceFile) -> datetime:
    """When a file was last changed; a year that no calendar has, which a disk may tell, counts as their end."""
    seconds = min(max(file.modified_ns // 1000 / 1_000_000, FIRST_SECOND), LAST_SECOND)
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _duplicate_rejects(others: pl.DataFrame) -> pl.DataFrame:
    detail = "another article of the same identity was read in this run; the one with the smaller content hash is kept"
    rows = [
        (reject_id(uri, "duplicate_id", digest), "error", "duplicate_id", detail, uri, None, article, None)
        for article, digest, uri in others.select("article_id", "content_sha256", "source_uri").iter_rows()
    ]
    return pl.DataFrame(rows, schema=polars_schema(EtlReject, staged=True), orient="row")


def _is_forgotten(ledger: pl.DataFrame) -> pl.Expr:
    """Whether an article, or its very content under another identity, was forgotten."""
    forgotten = ledger.filter(pl.col("state") == "forgotten")
    return pl.any_horizontal(pl.col(name).is_in(forgotten[name].implode()) for name in ("article_id", "content_sha256"))


def _forgotten_rejects(refused: pl.DataFrame) -> pl.DataFrame:
    detail = "it was forgotten on request, and the ledger keeps it out"
    rows = [
        (reject_id(uri, "forgotten", article), "error", "forgotten", detail, uri, None, article, None)
        for article, uri in refused.select("article_id", "source_uri").iter_rows()
    ]
    return pl.DataFrame(rows, schema=polars_schema(EtlReject, staged=True), orient="row")
