"""The steps of a run as plain functions; flows/ingest.py runs them as Prefect tasks, `run_plain` without Prefect."""

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from flows.batches import Batch, dimension_package, plan_batches
from flows.correct import Corrected, UnmetCorrectionError, correct_packages
from flows.indexing import Indexed, index_published
from flows.job import LONGEST_MESSAGE, Job, open_job
from flows.plan import Choice, Landing, Window, choose, land, plan_sources, refuse_to_prune_all, without_forgotten
from flows.progress import report
from flows.settings import Settings
from flows.sources.discover import SourceFile, discover
from flows.sources.fetch import FetchRules
from flows.sources.pages import PageRules, fetch_pages
from flows.sources.reference import load_rates
from flows.stored import land_lines, take_stored
from flows.upkeep import Upkeep, plan_upkeep
from flows.user_actors import extractor_for
from flows.version import dateline_version
from flows.workers import worker_count
from schemas.contract import Contract, polars_schema, table_name
from schemas.etl import EtlArticle, EtlReject, EtlSource
from schemas.registry import FACT_TABLES
from schemas.upkeep import EtlArticleCopy, EtlCorrection
from schemas.validate import require_rows
from warehouse.audit import BlockingAuditError
from warehouse.ledger import forgotten_sources, known_articles, known_rates, known_sources
from warehouse.load import RETRIED_REJECTS, STALE_ARTICLES, LoadInput, LoadResult, load
from warehouse.migrate import schema_is_new
from warehouse.packages import clear_stage, read_manifest
from warehouse.publish import drop_old_versions, publish, version_due
from warehouse.reader import open_published
from warehouse.runs import RunRecord, write_checks
from warehouse.transaction import transaction

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

    `rates` are the exchange rates that the warehouse is to have; `upkeep` is what is taken again, and the corrections.
    """

    batches: list[Batch]
    landing: Landing
    choice: Choice
    gone: pl.DataFrame
    rates: pl.DataFrame
    upkeep: Upkeep


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of a batch: its package, or the error that stopped it."""

    batch: Batch
    package: Path | None
    error: str | None = None


def fetch_feeds(job: Job, feeds: Sequence[str]) -> list[SourceFile]:
    """Fetch what is new in the feeds: their landed pages are sources beside the files."""
    settings = job.settings
    how = FetchRules(
        agent=f"Dateline/{dateline_version()}",
        delay=settings.feed_delay,
        timeout=settings.feed_timeout,
        most_bytes=int(settings.feed_mb * MEGABYTE),
        private=settings.feed_private,
    )
    with job.timed("read_seconds"):
        barred = forgotten_sources(job.connection)
        rules = PageRules(how, settings.feed_pages, settings.feed_keep_days, barred)
        return fetch_pages(feeds, job.paths.pages, rules)


def read_sources(job: Job, files: Sequence[SourceFile], folders: Sequence[Path]) -> Work:
    """Read what is new at the sources and choose what is to be extracted."""
    record, settings = job.record, job.settings
    rates = load_rates(settings.rates)
    most_bytes = int(settings.batch_mb * MEGABYTE)
    with job.timed("read_seconds"):
        upkeep = plan_upkeep(job)
        plan = plan_sources(files, upkeep.sources, folders, settings.mapping, full=settings.full)
        if settings.prune:
            refuse_to_prune_all(plan.gone, upkeep.sources, folders)
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
        landing = land_lines(upkeep.rejects, landing, [file.uri for file in files], settings.mapping, most_bytes)
        landing = replace(landing, rejects=without_forgotten(landing.rejects, upkeep.articles))
        new = choose(landing.index, upkeep.articles, full=settings.full, window=_window(settings))
        choice = take_stored(job.connection, upkeep.again, new, most_bytes, landing.folder)
        batches = plan_batches(landing, choice, record.rules_version, most_bytes, worker_count())
    stored = choice.chosen.height - new.chosen.height
    record.articles_read = landing.index.height + stored + _refused(landing) - choice.left_out.height
    record.articles_unchanged = choice.unchanged
    record.articles_rejected = _refused(landing) + choice.rejects.height
    job.left_out = choice.left_out.height
    record.bytes_read = int(landing.index["text_bytes"].sum())
    _start_workers(job, sum(batch.text_bytes for batch in batches))
    if batches and not job.workers.running:
        with job.timed("extract_seconds"):
            extractor_for(job.paths.actors)  # compiled once here, or each thread would compile its own
    return Work(batches, landing, choice, plan.gone, rates, upkeep)


def load_packages(job: Job, work: Work, extracted: Sequence[Extracted]) -> None:
    """Load all packages in one transaction, audits included, and write the run's record.

    Raises:
        BlockingAuditError: nothing was loaded; the run's record and the audits' results are written all the same.
        AllBatchesFailedError: there was something to extract and nothing to load.
        FailedBatchError: a batch failed, and the settings are strict.
        UnmetCorrectionError: a correction does not find what it expects, and the settings are strict.
        ContractError: a row of the ledgers or of the rejects breaks its contract.
    """
    failed = [done for done in extracted if done.package is None]
    corrected = correct_packages([done.package for done in extracted if done.package], work.upkeep)
    packages = corrected.packages
    _count(job.record, work, packages, failed)
    if failed and not packages:
        message = f"every batch failed, nothing was loaded: {failed[0].error}"
        raise AllBatchesFailedError(message)
    if failed and job.settings.strict:
        message = f"{len(failed)} of {len(extracted)} batches failed, nothing was loaded: {failed[0].error}"
        raise FailedBatchError(message)
    if corrected.unmet and job.settings.strict:
        message = f"nothing was loaded: {corrected.unmet}"
        raise UnmetCorrectionError(message)
    rates = known_rates(job.connection)
    new_rates = not rates.is_empty() and not rates.equals(work.rates.sort("currency", "starts_on"))
    new = packages or work.landing.sources.height or work.gone.height or new_rates or corrected.changed
    if not (new or job.settings.prune):
        _conclude(job, failed, corrected, LoadResult({}, changed=False, checks=[]))
        clear_stage(job.paths.stage)  # packages that a load which stopped behind its commit left there
        return
    report("load", 0, 0)
    with job.timed("load_seconds"):
        _write_ledgers(job, work, failed, corrected)
        dimensions = dimension_package(job.paths.stage, extractor_for(job.paths.actors), work.rates)
        what = LoadInput(job.record.run_id, packages, dimensions, job.landing, job.settings.prune)
        try:
            with transaction(job.connection):
                result = load(job.connection, what)
                _conclude(job, failed, corrected, result)
        except BlockingAuditError as error:
            with transaction(job.connection):
                write_checks(job.connection, job.record.run_id, error.results)
            raise
    job.rows = result.rows
    clear_stage(job.paths.stage)


def publish_version(job: Job) -> Path | None:
    """Publish the newest state, unless readers have it already or the settings hold it back.

    Where they have it, only what a run that was killed right after its publish left over is dropped.

    Returns:
        The published file, or None where nothing was to be published.
    """
    if job.settings.hold:
        return None
    version = version_due(job.connection, job.paths)
    if version is None:
        drop_old_versions(job.connection, job.paths, job.settings.keep_versions)
        return None
    report("publish", 0, 0)
    with job.timed("publish_seconds"):
        target = publish(job.connection, job.paths, version, job.settings.keep_versions)
    job.write_record()
    return target


def index_version(job: Job) -> None:
    """Build the search index of the published version where it has none; what stops it stands in the run's record."""
    report("index", 0, 0)
    indexed = index_published(job.paths, job.settings.search_mb)
    job.index_fault, job.record.index_seconds = indexed.fault, indexed.seconds
    if indexed.fault:
        job.record.message = "; ".join(filter(None, [job.record.message, indexed.fault]))[:LONGEST_MESSAGE]
    if indexed != Indexed():
        job.write_record()


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
        index_version(job)
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


def _write_ledgers(job: Job, work: Work, failed: Sequence[Extracted], corrected: Corrected) -> None:
    """Stage the ledgers and the rejects; what failed batches held is marked, so that it comes again."""
    lost = pl.concat([LOST_SCHEMA.to_frame(), *(pl.read_parquet(done.batch.chosen, glob=False) for done in failed)])
    again = work.choice.chosen.join(lost, on=["batch", "row"])
    failed_here = pl.col("source_uri").is_in(again["source_uri"].unique().implode())
    left_here = pl.col("source_uri").is_in(work.choice.left_out["source_uri"].unique().implode())
    state = pl.when(failed_here).then(pl.lit("failed")).when(left_here).then(pl.lit("partial")).otherwise("state")
    sources = work.landing.sources.with_columns(state=state)
    again.select("article_id").write_parquet(job.landing / f"{STALE_ARTICLES}.parquet")
    work.landing.retried.write_parquet(job.landing / f"{RETRIED_REJECTS}.parquet")
    found = [work.landing.rejects, work.choice.rejects, corrected.rejects]
    staged: dict[type[Contract], pl.DataFrame] = {
        EtlSource: pl.concat([sources, work.gone.select(sources.columns)]),
        EtlReject: pl.concat(found).unique("reject_id", maintain_order=True),
        EtlArticleCopy: work.landing.index.select("article_id", "source_uri").unique(),
        EtlCorrection: corrected.ledger,
    }
    for contract, frame in staged.items():
        require_rows(frame, contract).write_parquet(job.landing / f"{table_name(contract)}.parquet")


def _conclude(job: Job, failed: Sequence[Extracted], corrected: Corrected, result: LoadResult) -> None:
    record = job.record
    record.changed = result.changed or schema_is_new(job.connection)
    record.state = "unchanged" if not record.changed else "held" if job.settings.hold else "published"
    if failed or corrected.unmet:
        record.state = "partial"
        record.failed_batches = " ".join(done.batch.key for done in failed) or None
        record.message = "; ".join(filter(None, [*sorted({done.error or "" for done in failed}), corrected.unmet]))[
            :500
        ]
    job.write_record()
    write_checks(job.connection, record.run_id, result.checks)
