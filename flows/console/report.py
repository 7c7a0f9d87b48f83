"""`dateline report`: write the charts into one static page, and say what it holds."""

import sys
from pathlib import Path

from flows.errors import UsageError
from flows.options import ReportOptions
from warehouse.explorer.filters import Filters
from warehouse.explorer.report import write_report


def report_command(to: Path, warehouse: Path, options: ReportOptions) -> int:
    """Write the page.

    Raises:
        UsageError: the days are in the wrong order, or there is no place for the page.
        ReportError: the source or actor is none of this warehouse's.
        NoWarehouseError: nothing is published.
    """
    since, until = options.since, options.until
    if since and until and since > until:
        message = f"--since {since} is later than --until {until}"
        raise UsageError(message)
    if to.is_dir() or not to.parent.is_dir():
        what = "is a folder" if to.is_dir() else f"lies in {to.parent}, which is no folder"
        message = f"{to} {what}: name a file, such as --to report.html"
        raise UsageError(message)
    filters = Filters(since=since, until=until, source=options.source or None, actor=options.actor or None)
    articles = write_report(warehouse, to, filters, options.title)
    size = to.stat().st_size / 1_000_000
    sys.stdout.write(f"{to}: {articles:,} {'article' if articles == 1 else 'articles'}, {size:.1f} MB\n")
    return 0
