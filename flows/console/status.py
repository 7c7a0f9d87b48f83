"""`dateline status`: the last runs, what is new at the sources, rows a table, rejects by reason, the newest article."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from flows.console.sources import default_sources
from flows.console.sql import result_table
from flows.sources.discover import discover
from warehouse.questions import BAD_AUDITS, KNOWN_SOURCES, LATEST_RUNS, NEWEST_ARTICLE, REJECTS, ROW_COUNTS
from warehouse.reader import Reader, latest_runs, open_published


def status_command(sources: Sequence[str], warehouse: Path) -> int:
    """Print how the warehouse stands."""
    console = Console()
    with open_published(warehouse) as reader:
        console.print(
            result_table(*(latest_runs(warehouse, LATEST_RUNS) or reader.fetch(LATEST_RUNS)), title="Last runs")
        )
        _print_sources(console, reader, default_sources(sources))
        for title, query in {"Rows": ROW_COUNTS, "Rejects": REJECTS, "Audits that found bad rows": BAD_AUDITS}.items():
            names, rows = reader.fetch(query)
            console.print(result_table(names, rows, title=title) if rows else f"{title}: none")
        ((newest, age),) = reader.rows(NEWEST_ARTICLE)
    console.print(f"Newest article: {newest}, {age} days ago" if newest else "No article has a day of publication")
    return 0


def _print_sources(console: Console, reader: Reader, sources: Sequence[str]) -> None:
    known = {uri: state for uri, *state in reader.rows(KNOWN_SOURCES)}
    found = {file.uri: [file.size_bytes, file.modified_ns // 1000] for file in discover(sources, Path.cwd())}
    new = len(found.keys() - known.keys())
    changed = sum(1 for uri, state in found.items() if known.get(uri, state) != state)
    unchanged = len(found) - new - changed
    named = ", ".join(sources)
    console.print(f"Sources ({named}): {new} new, {changed} changed, {unchanged} unchanged", soft_wrap=True)
