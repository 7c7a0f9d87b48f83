"""`dateline search`: the articles that hold the words, the best first, with the sentence that says it."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import orjson
from rich.console import Console
from rich.text import Text

from flows.console.tables import is_endless, print_hanging
from flows.options import SearchOptions
from warehouse.passages import Mark, cut_at_marks
from warehouse.reader import open_published
from warehouse.search import Found, Hit, search
from warehouse.search_query import Filters

FOUND = "black on yellow"
INDENT = 4
BETWEEN = "  "
"""What stands between the title and what the article is, where both have room on a line."""
TO_HAVE_AN_INDEX = "the next `dateline run` builds one, up to the setting search_mb; `dateline doctor` checks it"


def search_command(words: Sequence[str], warehouse: Path, options: SearchOptions) -> int:
    """Print a page of the articles that hold the words.

    Raises:
        SearchError: there is no word to search for, or too many.
    """
    filters, offset = Filters(options.since, options.until, options.source), options.offset
    with open_published(warehouse) as reader:
        found = search(reader, " ".join(words), filters, limit=options.limit, offset=offset)
    if options.form == "jsonl":
        for hit in found.hits:
            sys.stdout.buffer.write(orjson.dumps(asdict(hit)) + b"\n")
        _print_notes(Console(stderr=True, soft_wrap=True, highlight=False, markup=False), found, offset)
        return 0
    console = Console(highlight=False, markup=False)
    for hit in found.hits:
        _print_hit(console, hit)
    _print_notes(Console(soft_wrap=True, highlight=False, markup=False), found, offset)
    return 0


def _print_hit(console: Console, hit: Hit) -> None:
    head = _marked(hit.title, hit.title_marks, "bold")
    about = " · ".join(filter(None, [str(hit.published_on or ""), hit.source_name, hit.article_id]))
    if is_endless(console) or head.cell_len + len(BETWEEN) + Text(about).cell_len <= console.width:
        print_hanging(console, head.append(BETWEEN + about, style="dim"))
    else:
        print_hanging(console, head)
        print_hanging(console, Text(about, style="dim"), INDENT)
    for passage in hit.passages[:1]:
        print_hanging(console, _marked(passage.text, passage.marks, "", passage.start), INDENT)


def _marked(text: str, marks: Sequence[Mark], style: str, start: int = 0) -> Text:
    """A text with its marks highlighted, on one line."""
    marked = Text(style=style)
    for piece, is_found in cut_at_marks(text, marks, start):
        marked.append(piece.replace("\n", " "), style=FOUND if is_found else "")
    return marked


def _print_notes(console: Console, found: Found, offset: int) -> None:
    """Say how many there are, what to try where there is none, and why the index was not used."""
    last = offset + len(found.hits)
    if found.hits:
        more = f"; --offset {last} shows more" if last < found.total else ""
        console.print(f"{offset + 1} to {last} of {found.total} articles{more}. dateline show ID prints one.")
    elif found.unknown:
        console.print(f"No article holds {' or '.join(found.unknown)}: try another form, or fewer words.")
    elif found.total:
        console.print(f"There are only {found.total} articles: give a lower --offset.")
    else:
        console.print("No article holds all of this: try fewer words, no quotes, or other days or sources.")
    if found.plain:
        console.print(f"Matched plainly, also within words: {found.plain}; {TO_HAVE_AN_INDEX}.")
