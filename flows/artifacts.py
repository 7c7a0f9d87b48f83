"""What a run shows in Prefect's user interface: a summary, the new rows of each table, a link to the file."""

from collections.abc import Iterable, Sequence

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.job import Job
from flows.steps import Extracted
from warehouse.watch import checks_of, rejects_of

SLOWEST = 5
"""Batches that the summary names."""
SUMMARY, ROWS, LINK = "dateline-run", "dateline-new-rows", "dateline-warehouse"
"""Keys of the artifacts: Prefect shows the history of a key."""


def describe_run(job: Job, extracted: Sequence[Extracted]) -> None:
    """Attach the artifacts to the flow run."""
    create_markdown_artifact(summary(job, extracted), key=SUMMARY, description="What the run did")
    new_rows = [{"table": name, "new rows": count} for name, count in job.rows.items()]
    create_table_artifact(new_rows, key=ROWS, description="New rows of each table")
    if job.paths.published.exists():
        file = job.paths.published.resolve()
        create_link_artifact(file.as_uri(), key=LINK, link_text=str(file), description="The published warehouse")


def summary(job: Job, extracted: Sequence[Extracted]) -> str:
    """The run in Markdown: counts, warnings, failed and slowest batches, rejects by reason, audits."""
    record = job.record
    run_id, state = record.run_id, record.state
    counts = {
        "read": record.articles_read,
        "loaded": record.articles_loaded,
        "unchanged": record.articles_unchanged,
        "rejected": record.articles_rejected,
        "in failed batches": record.articles_failed,
    }
    seconds = {
        "read": record.read_seconds,
        "extract": record.extract_seconds,
        "load": record.load_seconds,
        "publish": record.publish_seconds or 0.0,
        "index for search": record.index_seconds or 0.0,
    }
    failed = [(done.batch.key, done.batch.articles, done.error) for done in extracted if done.package is None]
    audits = [row for row in checks_of(job.connection, run_id) if row["bad_rows"]]
    parts = [
        f"# Run {run_id}: {state}",
        _table(("articles", "number"), counts.items()),
        _table(("stage", "seconds"), [(stage, f"{taken:.2f}") for stage, taken in seconds.items()]),
        *(f"**Warning ({alert.kind}):** {alert.message}" for alert in job.alerts),
        _section("Failed batches", ("batch", "articles", "error"), failed),
        _section("Slowest batches", ("batch", "articles", "MB", "seconds"), _slowest(job, extracted)),
        _section(
            "Rejects", ("severity", "reason", "rejects", "for example"), _values(rejects_of(job.connection, run_id))
        ),
        _section("Audits that found bad rows", ("audit", "severity", "bad rows", "sample"), _values(audits)),
    ]
    return "\n\n".join(part for part in parts if part)


def _slowest(job: Job, extracted: Sequence[Extracted]) -> list[tuple[object, ...]]:
    timed = [(job.batch_seconds.get(done.batch.key, 0.0), done.batch) for done in extracted if done.package]
    timed.sort(key=lambda pair: -pair[0])
    return [
        (batch.key, batch.articles, f"{batch.text_bytes / 1e6:.1f}", f"{seconds:.2f}")
        for seconds, batch in timed[:SLOWEST]
    ]


def _values(rows: Iterable[dict[str, object]]) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in rows]


def _section(title: str, names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> str:
    return f"## {title}\n\n{_table(names, rows)}" if rows else ""


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").split())
