"""What a run prints at its end: articles, rows, seconds, where the warehouse lies, and three queries to try."""

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from flows.console.tables import counted, print_hanging, print_rows, to_the_right
from flows.job import Job
from schemas.contract import qualified_name, table_name
from schemas.registry import ALL_TABLES
from warehouse.questions import OTHER_RULES, SAMPLE_QUERIES, WHY_REJECTED
from warehouse.reader import open_published


def print_summary(console: Console, job: Job) -> None:
    """Print what a run did."""
    record = job.record
    if not (job.sources_found or record.articles_read):
        console.print("No articles found: name files, folders or globs that hold some (see dateline run --help).")
        return
    _print_counts(console, job)
    if record.articles_failed:
        failed = f"Failed: {record.message} (PREFECT_LOGGING_LEVEL=ERROR shows where; the next run tries again)"
        print_hanging(console, Text(failed))
    elif record.state == "partial":
        print_hanging(console, Text(f"Warning: {record.message}"))
    if job.left_out:
        left = counted(job.left_out, "new article")
        console.print(f"{left} left for a later run (--since, --until, --limit)", soft_wrap=True)
    for alert in job.alerts:
        console.print(f"[yellow]Warning:[/] {escape(alert.message)}")
    if job.rows:
        full = {table_name(contract): qualified_name(contract) for contract in ALL_TABLES}
        loaded = [(full[name].removeprefix("main."), to_the_right(f"{count:,}")) for name, count in job.rows.items()]
        print_rows(console, ["table", "rows loaded"], loaded)
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


def _print_counts(console: Console, job: Job) -> None:
    """Articles read, loaded, known and refused, or that there was nothing to read."""
    record = job.record
    if job.sources_found and not record.articles_read:
        same = counted(job.sources_found, "source")
        console.print(f"Nothing new: {same} as the last run left {'it' if job.sources_found == 1 else 'them'}")
        return
    console.print(
        f"[bold]{counted(record.articles_read, 'article')}[/] read: [bold]{record.articles_loaded:,}[/] loaded, "
        f"{record.articles_unchanged:,} unchanged, {record.articles_rejected:,} rejected"
        + (f", [red]{record.articles_failed:,} in failed batches[/]" if record.articles_failed else "")
    )
    if record.articles_rejected:
        why = f"{WHY_REJECTED} WHERE run_id = '{record.run_id}'"
        console.print(f'Why rejected: dateline sql "{why}"', style="dim", soft_wrap=True, highlight=False, markup=False)


def _print_stale(console: Console, job: Job) -> None:
    if not job.paths.published.exists():
        return
    with open_published(job.settings.warehouse) as reader:
        ((stale,),) = reader.rows(OTHER_RULES, {"version": job.record.rules_version})
    if stale:
        console.print(
            f"{stale} articles stand as other rules or reference tables extracted them: --refresh takes them anew"
        )


def _print_samples(console: Console, job: Job) -> None:
    with open_published(job.settings.warehouse) as reader:
        for question, query in SAMPLE_QUERIES.items():
            names, rows = reader.fetch(query)
            if not rows:
                continue
            console.print()
            console.print(f"[bold]{question}[/]")
            console.print(f'dateline sql "{query}"', style="dim", soft_wrap=True, highlight=False, markup=False)
            print_rows(console, names, rows)
