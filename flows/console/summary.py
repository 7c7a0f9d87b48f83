"""What a run prints at its end: articles, rows, seconds, where the warehouse lies, and three queries to try."""

from rich.console import Console
from rich.table import Table

from flows.console.sql import result_table
from flows.job import Job
from warehouse.questions import SAMPLE_QUERIES
from warehouse.reader import open_published


def print_summary(console: Console, job: Job) -> None:
    """Print what a run did."""
    record = job.record
    if not (record.articles_read or job.paths.published.exists()):
        console.print("No articles found: name files, folders or globs that hold some (see dateline run --help).")
        return
    console.print(
        f"[bold]{record.articles_read}[/] articles read: [bold]{record.articles_loaded}[/] loaded, "
        f"{record.articles_unchanged} unchanged, {record.articles_rejected} rejected"
        + (f", [red]{record.articles_failed} in failed batches[/]" if record.articles_failed else "")
    )
    if record.articles_failed:
        console.print(f"Failed: {record.message} (PREFECT_LOGGING_LEVEL=ERROR shows where; the next run tries again)")
    if job.rows:
        console.print(_rows(job))
    console.print(
        f"Seconds: read {record.read_seconds:.2f}, extract {record.extract_seconds:.2f}, "
        f"load {record.load_seconds:.2f}, publish {record.publish_seconds or 0:.2f}"
    )
    what = "Published" if record.publish_seconds is not None else "Nothing new to publish"
    console.print(f"{what}: [bold]{job.options.warehouse}[/]", soft_wrap=True)
    if record.publish_seconds is not None:
        _print_samples(console, job)


def _rows(job: Job) -> Table:
    table = Table("table", "rows loaded", title_justify="left")
    table.columns[1].justify = "right"
    for name, count in job.rows.items():
        table.add_row(name, f"{count:,}")
    return table


def _print_samples(console: Console, job: Job) -> None:
    with open_published(job.options.warehouse) as reader:
        for question, query in SAMPLE_QUERIES.items():
            console.print()
            console.print(f"[bold]{question}[/]")
            console.print(f'dateline sql "{query}"', style="dim", soft_wrap=True, highlight=False, markup=False)
            console.print(result_table(*reader.fetch(query)))
