"""What a run prints at its end: articles, rows, seconds, where the warehouse lies, and three queries to try."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.console.sql import result_table
from flows.job import Job
from warehouse.questions import OTHER_RULES, SAMPLE_QUERIES
from warehouse.reader import open_published


def print_summary(console: Console, job: Job) -> None:
    """Print what a run did."""
    record = job.record
    if not (job.sources_found or record.articles_read):
        console.print("No articles found: name files, folders or globs that hold some (see dateline run --help).")
        return
    console.print(
        f"[bold]{record.articles_read}[/] articles read: [bold]{record.articles_loaded}[/] loaded, "
        f"{record.articles_unchanged} unchanged, {record.articles_rejected} rejected"
        + (f", [red]{record.articles_failed} in failed batches[/]" if record.articles_failed else "")
    )
    if record.articles_failed:
        failed = f"Failed: {record.message} (PREFECT_LOGGING_LEVEL=ERROR shows where; the next run tries again)"
        console.print(failed, markup=False)
    elif record.state == "partial":
        console.print(f"Warning: {record.message}", markup=False)
    if job.left_out:
        console.print(f"{job.left_out} new articles left for a later run (--since, --until, --limit)")
    for alert in job.alerts:
        console.print(f"[yellow]Warning:[/] {escape(alert.message)}")
    if job.rows:
        console.print(_rows(job))
    console.print(
        f"Seconds: read {record.read_seconds:.2f}, extract {record.extract_seconds:.2f}, "
        f"load {record.load_seconds:.2f}, publish {record.publish_seconds or 0:.2f}, "
        f"index {record.index_seconds or 0:.2f}"
    )
    held = "Held back (dateline diff compares it; the next run publishes it)"
    nothing = held if record.state == "held" else "Nothing new to publish"
    what = "Published" if record.publish_seconds is not None else nothing
    console.print(f"{what}: [bold]{escape(str(job.settings.warehouse))}[/]", soft_wrap=True)
    _print_stale(console, job)
    if record.publish_seconds is not None:
        _print_samples(console, job)


def _print_stale(console: Console, job: Job) -> None:
    if not job.paths.published.exists():
        return
    with open_published(job.settings.warehouse) as reader:
        ((stale,),) = reader.rows(OTHER_RULES, {"version": job.record.rules_version})
    if stale:
        console.print(
            f"{stale} articles stand as other rules or reference tables extracted them: --refresh takes them anew"
        )


def _rows(job: Job) -> Table:
    table = Table("table", "rows loaded", title_justify="left")
    table.columns[1].justify = "right"
    for name, count in job.rows.items():
        table.add_row(name, f"{count:,}")
    return table


def _print_samples(console: Console, job: Job) -> None:
    with open_published(job.settings.warehouse) as reader:
        for question, query in SAMPLE_QUERIES.items():
            console.print()
            console.print(f"[bold]{question}[/]")
            console.print(f'dateline sql "{query}"', style="dim", soft_wrap=True, highlight=False, markup=False)
            console.print(result_table(*reader.fetch(query)))
