"""`dateline status`: the last runs, what is new at the sources, rows a table, rejects by reason, the newest article."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows.console.sources import default_sources
from flows.console.tables import counted, print_hanging, print_rows, to_the_right
from flows.sources.discover import discover
from warehouse.index_file import NoIndexError, index_size
from warehouse.questions import BAD_AUDITS, KNOWN_SOURCES, LATEST_RUNS, NEWEST_ARTICLE, REJECTS, ROW_COUNTS
from warehouse.reader import Reader, Rows, ask_build, open_published


def status_command(sources: Sequence[str], warehouse: Path) -> int:
    """Print how the warehouse stands."""
    console = Console()
    with open_published(warehouse) as reader:
        _print_runs(console, *(ask_build(warehouse, LATEST_RUNS) or reader.fetch(LATEST_RUNS)))
        _print_sources(console, _known_sources(reader, warehouse), default_sources(sources))
        counts = [(name, to_the_right(f"{count:,}")) for name, count in reader.rows(ROW_COUNTS)]
        print_rows(console, ["table", "rows"], counts, "\nRows")
        for title, query in {"Rejects": REJECTS, "Audits that found bad rows": BAD_AUDITS}.items():
            names, rows = reader.fetch(query)
            if rows:
                print_rows(console, names, rows, f"\n{title}")
            else:
                console.print(f"\n{title}: none")
        ((newest, age),) = reader.rows(NEWEST_ARTICLE)
        console.print(_index_line(reader), soft_wrap=True, markup=False)
    if newest:
        console.print(f"Newest article: {newest}, {counted(int(str(age)), 'day')} ago")
    else:
        console.print("No article has a day of publication")
    return 0


def _print_runs(console: Console, names: Sequence[str], rows: Rows) -> None:
    """The last runs, and below them what those have to say that have a message, which is the last column."""
    print_rows(console, names[:-1], [row[:-1] for row in rows], "Last runs")
    for started, *_, message in rows:
        if message:
            print_hanging(console, Text(f"{started}: {message}"), hang=4)
    console.print()


def _index_line(reader: Reader) -> str:
    try:
        return f"Search index: of this version, {index_size(reader) / 1e6:.1f} MB"
    except NoIndexError as error:
        return f"Search index: none, {error} (dateline doctor says what to do)"


def _known_sources(reader: Reader, warehouse: Path) -> dict[str, list[object]]:
    _, rows = ask_build(warehouse, KNOWN_SOURCES) or reader.fetch(KNOWN_SOURCES)
    return {str(uri): state for uri, *state in rows}


def _print_sources(console: Console, known: Mapping[str, list[object]], sources: Sequence[str]) -> None:
    found = {file.uri: [file.size_bytes, file.modified_ns // 1000] for file in discover(sources, Path.cwd())}
    new = len(found.keys() - known.keys())
    changed = sum(1 for uri, state in found.items() if known.get(uri, state) != state)
    unchanged = len(found) - new - changed
    named = ", ".join(sources)
    line = f"Sources ({named}): {new:,} new, {changed:,} changed, {unchanged:,} unchanged"
    print_hanging(console, Text(line), hang=4)
