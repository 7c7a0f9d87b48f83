"""`dateline diff`: what differs between two warehouse files, as tables to read or as JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows.console.tables import print_hanging, print_rows
from warehouse.diff import Difference, Example, compare
from warehouse.paths import WarehousePaths


def diff_command(old: Path, new: Path | None, form: str, examples: int) -> int:
    """Compare two warehouse files; without a second, the published one with what the next run would publish."""
    found = compare(old, new or WarehousePaths(old.parent.resolve() / old.name).build, examples)
    if form == "json":
        json.dump(asdict(found), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _print(found)
    return 0


def _print(found: Difference) -> None:
    console = Console()
    differing = [count for count in found.counts if count.added or count.gone or count.changed]
    if not differing:
        console.print(f"No difference in {sum(count.same for count in found.counts)} articles and facts.")
        return
    names = ["table", "rule", "added", "gone", "changed", "same"]
    rows = [[getattr(count, name) for name in names] for count in differing]
    print_rows(console, names, rows, "Articles and facts")
    console.print()
    if found.columns:
        print_rows(console, ["table", "column", "changed"], found.columns, "Columns")
        console.print()
    for example in found.examples:
        print_hanging(console, _line(example), hang=4)


def _line(example: Example) -> Text:
    sign = {"added": "+", "gone": "-", "changed": "~"}[example.difference]
    line = f"{sign} {example.table} {example.fact_id} {json.dumps(example.surface, ensure_ascii=False)}"
    if example.column:
        line += f" {example.column}: {example.old} -> {example.new}"
    return Text(line, style={"+": "green", "-": "red", "~": "yellow"}[sign])
