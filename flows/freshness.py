"""Warnings after a run: the news is old, the volume is unusual, more is refused than usual. Each is a Prefect event."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from prefect import get_run_logger
from prefect.events import emit_event

from flows.job import Job, now
from warehouse.runs import RunRecord
from warehouse.watch import RunNumbers, figures_of, forerunners, newest_article

FEWEST_RUNS = 5
"""Runs below which nothing is usual yet."""
FEWEST_ARTICLES = 20
"""Articles of a run below which its figures an article and its share of rejects say nothing."""
FENCE = 1.5
"""Tukey's fences: a value further from the quartiles than this many times their distance is unusual."""
EVENT = "dateline.warning."
"""What the names of the events begin with; then comes the kind of the alert."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One warning.

    Attributes:
        kind: freshness, volume, figures, rejects or search.
        message: what is unusual, for people.
        value: what was found: hours, articles, figures an article, a share, or search indexes built (none).
        lowest: the lowest value that is usual, or None.
        highest: the highest one, or None.
    """

    kind: str
    message: str
    value: float
    lowest: float | None
    highest: float | None


def raise_alerts(job: Job) -> None:
    """Log what is unusual about a run, emit it as events, and keep it with the run."""
    job.alerts = list(find_alerts(job))
    log = get_run_logger()
    resource = {
        "prefect.resource.id": f"dateline.warehouse.{job.paths.published}",
        "prefect.resource.name": job.paths.published.name,
    }
    for alert in job.alerts:
        log.warning(alert.message, extra={"event": f"{EVENT}{alert.kind}"})
        emit_event(f"{EVENT}{alert.kind}", resource, payload={**asdict(alert), "run_id": job.record.run_id})


def find_alerts(job: Job) -> Iterator[Alert]:
    """What is unusual about a run, beside the runs before it."""
    earlier = forerunners(job.connection, job.record.run_id)
    yield from _age(job)
    yield from _volume(job.record, earlier)
    yield from _figures(job, earlier)
    yield from _rejects(job.record, earlier, job.settings.reject_jump)
    if job.index_fault:
        yield Alert("search", job.index_fault, 0.0, None, None)


def _age(job: Job) -> Iterator[Alert]:
    limit = job.settings.newest_within_hours
    newest = newest_article(job.connection) if limit else None
    if limit and newest and now() - newest > timedelta(hours=limit):
        hours = (now() - newest) / timedelta(hours=1)
        message = f"the newest article is of {newest:%Y-%m-%d %H:%M}, {hours:.0f} hours ago; the limit is {limit:g}"
        yield Alert("freshness", message, hours, None, limit)


def _volume(record: RunRecord, earlier: Sequence[RunNumbers]) -> Iterator[Alert]:
    yield from _outside("volume", "articles loaded", record.articles_loaded, [run.articles_loaded for run in earlier])


def _figures(job: Job, earlier: Sequence[RunNumbers]) -> Iterator[Alert]:
    if job.record.articles_loaded < FEWEST_ARTICLES:
        return
    usual = [run.figures / run.standing for run in earlier if run.standing >= FEWEST_ARTICLES]
    found = figures_of(job.connection, job.record.run_id) / job.record.articles_loaded
    yield from _outside("figures", "figures an article", found, usual)


def _rejects(record: RunRecord, earlier: Sequence[RunNumbers], jump: float) -> Iterator[Alert]:
    read = sum(run.articles_read for run in earlier)
    if record.articles_read < FEWEST_ARTICLES or not read:
        return
    usual = sum(run.articles_rejected for run in earlier) / read
    share = record.articles_rejected / record.articles_read
    if share > usual + jump:
        message = f"{share:.0%} of the articles were rejected; in the last {len(earlier)} runs {usual:.0%} were"
        yield Alert("rejects", message, share, None, usual + jump)


def _outside(kind: str, name: str, value: float, usual: Sequence[float]) -> Iterator[Alert]:
    if len(usual) < FEWEST_RUNS:
        return
    low, _, high = statistics.quantiles(usual, n=4, method="inclusive")
    reach = FENCE * (high - low)
    lowest, highest = max(low - reach, 0), high + reach
    if not lowest <= value <= highest:
        message = f"{value:.4g} {name}; in the last {len(usual)} runs {lowest:.4g} to {highest:.4g} were usual"
        yield Alert(kind, message, value, lowest, highest)
