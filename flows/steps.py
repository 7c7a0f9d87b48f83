"""The steps of a run as plain functions; flows/ingest.py runs them as Prefect tasks, `run_plain` without Prefect."""

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.batches import Batch, dimension_package, plan_batches
from flows.job import Job, open_job
from flows.plan import Choice, Landing, Window, choose, land, plan_sources
from flows.progress import report
from flows.settings import Settings
from flows.sources.discover import SourceFile, discover
from flows.sources.reference import load_rates
from flows.user_actors import extractor_for
from flows.workers import worker_count
from schemas.contract import polars_schema, table_name
from schemas.etl import EtlArticle, EtlReject, EtlSource
from schemas.registry import FACT_TABLES
from warehouse.audit import AuditResult, BlockingAuditError
from warehouse.connection import transaction
from warehouse.ledger import known_articles, known_rates, known_sources
from warehouse.load import STALE_ARTICLES, LoadInput, load
from warehouse.packages import clear_stage, read_manifest
from warehouse.publish import publish, published_version
from warehouse.reader import open_published
from warehouse.runs import RunRecord, newest_version, write_checks

MEGABYTE = 1_000_000
WORTH_WORKERS = 1_000_000
"""Bytes of input from which extraction gains by processes of its own."""


class AllBatchesFailedError(RuntimeError):
    """No batch of a run could be extracted: there is nothing to load."""


class FailedBatchError(RuntimeError):
    """A batch could not be extracted, and the user wants all or nothing."""


LOST_SCHEMA = pl.Schema({"batch": pl.String, "row": pl.UInt32})
"""The rows of the landed files that failed batches held."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a run has to do: the batches to extract, what reading brought, what was chosen, which sources are gone.

    `rates` are the exchange rates that the warehouse is to have.
    """

    batches: list[Batch]
    landing: Landing
    choice: Choice
    gone: pl.DataFrame
    rates: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of a batch: its package, or the error that stopped it."""

    batch: Batch
    package: Path | None
    error: str | None = None


def read_sources(job: Job, files: Sequence[SourceFile], folders: Sequence[Path]) -> Work:
    """Read what is new at the sources and choose what is to be extracted."""
    record, settings = job.record, job.settings
    rates = load_rates(settings.rates)
    most_bytes = int(settings.batch_mb * MEGABYTE)
    with job.timed("read_seconds"):
        plan = plan_sources(files, known_sources(job.connection), folders, settings.mapping, full=settings.full)
        job.sources_found = len(files)
        _start_workers(job, sum(file.size_bytes for file in plan.to_read))
        shutil.rmtree(job.landing, ignore_errors=True)  # what an attempt before this one left
        landing = land(
            plan.to_read,
            settings.mapping,
            most_bytes,
            job.landing,
            lambda done, total: report("read", done, total),
        )
        choice = choose(landing.index, known_articles(job.connection), full=settings.full, window=_window(settings))
        batches = plan_batches(landing, choice, record.rules_version, most_bytes, worker_count())
    record.articles_read = landing.index.height + _refused(landing) - choice.left_out.height
    record.articles_unchanged = choice.unchanged
    record.articles_rejected = _refused(landing) + choice.rejects.height
    job.left_out = choice.left_out.height
    record.bytes_read = int(landing.index["text_bytes"].sum())
    _start_workers(job, sum(batch.text_bytes for batch in batches))
    if batches and not job.workers.running:
        with job.timed("extract_seconds"):
            extractor_for(job.paths.actors)  # compiled once here, or each thread would compile its own
    return Work(batches, landing, choice, plan.gone, rates)


def load_packages(job: Job, work: Work, extracted: Sequence[Extracted]) -> None:
    """Load all packages in one transaction, audits included, and write the run's record.

    Raises:
        BlockingAuditError: nothing was loaded; the run's record and the audits' results are written all the same.
        AllBatchesFailedError: there was something to extract and nothing to load.
        FailedBatchError: a batch failed, and the settings are strict.
    """
    packages = [done.package for done in extracted if done.package]
    failed = [done for done in extracted if done.package is None]
    _count(job.record, work, packages, failed)
    if failed and not packages:
        message = f"every batch failed, nothing was loaded: {failed[0].error}"
        raise AllBatchesFailedError(message)
    if failed and job.settings.strict:
        message = f"{len(failed)} of {len(extracted)} batches failed, nothing was loaded: {failed[0].error}"
        raise FailedBatchError(message)
    rates = known_rates(job.connection)
    new_rates = not rates.is_empty() and not rates.equals(work.rates.sort("currency", "starts_on"))
    if not (packages or work.landing.sources.height or work.gone.height or new_rates):
        job.write_record()
        return
    with job.timed("load_seconds"):
        _write_ledgers(job, work, failed)
        dimensions = dimension_package(job.paths.stage, extractor_for(job.paths.actors), work.rates)
        what = LoadInput(job.record.run_id, packages, dimensions, job.landing)
        try:
            with transaction(job.connection):
                result = load(job.connection, what)
                _conclude(job, result.changed, failed, result.checks)
        except BlockingAuditError as error:
            with transaction(job.connection):
                write_checks(job.connection, job.record.run_id, error.results)
            raise
    job.rows = result.rows
    clear_stage(job.paths.stage)


def publish_version(job: Job) -> Path | None:
    """Publish the newest state, unless readers have it already.

    Returns:
        The published file, or None where nothing was to be published.
    """
    version = newest_version(job.connection)
    if version is None or version == published_version(job.paths):
        return None
    with job.timed("publish_seconds"):
        target = publish(job.connection, job.paths, version)
    job.write_record()
    return target


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What a run would do, in numbers."""

    sources_to_read: int
    sources_unchanged: int
    articles_to_extract: int
    articles_unchanged: int
    articles_rejected: int


def plan_only(sources: Sequence[str], settings: Settings, folder: Path) -> PlanSummary:
    """Read what is new and say what a run would do; only `folder` is written to.

    The ledgers are those of the published warehouse: what another run is loading right now is not in them.
    """
    known, articles = polars_schema(EtlSource).to_frame(), polars_schema(EtlArticle).to_frame()
    if settings.warehouse.exists():
        with open_published(settings.warehouse) as reader:
            known, articles = known_sources(reader.connection), known_articles(reader.connection)
    files = discover(sources, Path.cwd())
    plan = plan_sources(files, known, source_folders(sources), settings.mapping, full=settings.full)
    most_bytes = int(settings.batch_mb * MEGABYTE)
    landing = land(plan.to_read, settings.mapping, most_bytes, folder / "landing", lambda *_: None)
    choice = choose(landing.index, articles, full=settings.full, window=_window(settings))
    refused = _refused(landing) + choice.rejects.height
    return PlanSummary(len(plan.to_read), plan.unchanged, choice.chosen.height, choice.unchanged, refused)


def run_plain(sources: Sequence[str], settings: Settings) -> Job:
    """A whole run without Prefect, for benchmarks and tests: a batch that fails fails the run."""
    files, folders = discover(sources, Path.cwd()), source_folders(sources)
    with open_job(settings) as job:
        work = read_sources(job, files, folders)
        with job.timed("extract_seconds"):
            with ThreadPoolExecutor(worker_count()) as pool:
                packages = list(pool.map(lambda batch: job.workers.extract(batch, job.paths.stage), work.batches))
            extracted = [Extracted(*done) for done in zip(work.batches, packages, strict=True)]
        load_packages(job, work, extracted)
        publish_version(job)
    return job


def source_folders(sources: Sequence[str]) -> list[Path]:
    """The sources that are folders: what is known below them and no longer found is gone."""
    return [Path(os.path.normpath(path.absolute())) for source in sources if (path := Path(source)).is_dir()]


def _window(settings: Settings) -> Window:
    return Window(settings.since, settings.until, settings.limit)


def _refused(landing: Landing) -> int:
    """Articles that reading refused."""
    return landing.rejects.filter(pl.col("severity") == "error").height


def _start_workers(job: Job, volume: int) -> None:
    """Start the workers as soon as it is known that they are worth their start, or that a batch has a limit."""
    if volume >= WORTH_WORKERS or (volume and job.settings.batch_seconds is not None):
        job.workers.start()


def _count(record: RunRecord, work: Work, packages: Sequence[Path], failed: Sequence[Extracted]) -> None:
    manifests = [manifest for package in packages if (manifest := read_manifest(package))]
    chosen = sum(manifest.rows["article"] for manifest in manifests)
    record.articles_loaded = sum(manifest.articles for manifest in manifests)
    refused = _refused(work.landing) + work.choice.rejects.height
    record.articles_rejected = refused + chosen - record.articles_loaded
    record.articles_failed = sum(done.batch.articles for done in failed)
    facts = [table_name(contract) for contract in FACT_TABLES]
    record.rows_loaded = sum(manifest.rows[name] for manifest in manifests for name in facts)
    record.rows_rejected = sum(manifest.rows_rejected for manifest in manifests)


def _write_ledgers(job: Job, work: Work, failed: Sequence[Extracted]) -> None:
    """Stage the ledger of sources and the rejects; what failed batches held is marked, so that it comes again."""
    lost = pl.concat([LOST_SCHEMA.to_frame(), *(pl.read_parquet(done.batch.chosen, glob=False) for done in failed)])
    again = work.choice.chosen.join(lost, on=["batch", "row"])
    failed_here = pl.col("source_uri").is_in(again["source_uri"].unique().implode())
    left_here = pl.col("source_uri").is_in(work.choice.left_out["source_uri"].unique().implode())
    state = pl.when(failed_here).then(pl.lit("failed")).when(left_here).then(pl.lit("partial")).otherwise("state")
    sources = work.landing.sources.with_columns(state=state)
    again.select("article_id").write_parquet(job.landing / f"{STALE_ARTICLES}.parquet")
    pl.concat([sources, work.gone.select(sources.columns)]).write_parquet(
        job.landing / f"{table_name(EtlSource)}.parquet"
    )
    rejects = pl.concat([work.landing.rejects, work.choice.rejects]).unique("reject_id", maintain_order=True)
    rejects.write_parquet(job.landing / f"{table_name(EtlReject)}.parquet")


def _conclude(job: Job, changed: bool, failed: Sequence[Extracted], checks: list[AuditResult]) -> None:  # noqa: FBT001
    record = job.record
    record.changed = changed
    record.state = "partial" if failed else "published" if changed else "unchanged"
    if failed:
        record.failed_batches = " ".join(done.batch.key for done in failed)
        record.message = "; ".join(sorted({done.error or "" for done in failed}))[:500]
    job.write_record()
    write_checks(job.connection, record.run_id, checks)
