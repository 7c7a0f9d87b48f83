"""What the browser tests load: the samples, and articles written to break a page that shows them."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import polars as pl

from flows.console.actors import add_command
from flows.settings import Settings
from flows.steps import run_plain

ATTACK = "window.owned=1;alert(1)"
SCRIPT_TITLE = f"<script>{ATTACK}</script> Loan <img src=x onerror='{ATTACK}'> for a port"
LONG_WORD = "Overland" + "route" * 300
HOSTILE_SOURCE = f"News \"of\" <i onclick={ATTACK}>the</i> & 'day'"
HOSTILE_ACTOR = f"Quillmark <img src=x onerror={ATTACK}> Works"
"""The name under which a user's actor is listed; the texts call it Quillmark."""
ACTORS = pl.DataFrame({"name": [HOSTILE_ACTOR], "actor_kind": ["organisation"], "aliases": ["Quillmark"]})

ARTICLES = (
    {
        "id": "script",
        "title": SCRIPT_TITLE,
        "author": '"><iframe src=https://example.org></iframe>',
        "url": f"javascript:{ATTACK}",
        "published_on": "2031-03-04",
        "text": (
            f"Japan pledged $2 billion to Kenya on 3 March 2031. </script><script>{ATTACK}</script> "
            f"<svg onload={ATTACK}> Quillmark gave <b onmouseover={ATTACK}>Kenya</b> $5 million on 7 April 2031. "
            "<!-- <style>*{display:none}</style> <base href=https://example.org> ]]> &lt;i&gt; {{ 7 * 7 }} {% raw %}"
        ),
    },
    {
        "id": "link",
        "title": '{{ config }} ${7*7} =HYPERLINK("https://example.org") \' OR 1=1 --',
        "url": f"data:text/html,<script>{ATTACK}</script>",
        "published_on": "2031-03-05",
        "text": (
            "Quillmark and NATO met in Nairobi on 5 March 2031. At least 12 people were killed in Kenya on Monday. "
            f"Next week 40 percent of Kenyans will vote, an \"onfocus='{ATTACK}' autofocus\" paper said. "
            '</textarea><form action=https://example.org><input name="q" onfocus=alert(1) autofocus></form>'
        ),
    },
    {
        "id": "long",
        "title": f"\u202e{LONG_WORD}\u202c and a long title " * 2,
        "url": f"https://example.org/{LONG_WORD}?a=1&b=<x>",
        "published_on": "2031-03-06",
        "text": (
            f"\u202eKenya \u2067bought\u2069 {LONG_WORD} for $3 million on 6 March 2031. "
            "\u05e7\u05e0\u05d9\u05d4 and \u0643\u064a\u0646\u064a\u0627 met Japan on 9 June 2031."
        ),
    },
    {
        "id": "undated",
        "title": None,
        "url": None,
        "published_on": None,
        "text": "Kenya paid Japan $7 million last week.",
    },
)
"""Articles that no day, no title and no address can be trusted of."""


def write_inbox(folder: Path) -> None:
    """The samples with the hostile articles beside them."""
    shutil.copytree(str(files("seeds") / "articles"), folder)
    lines = (json.dumps({"source": HOSTILE_SOURCE, **article}) for article in ARTICLES)
    (folder / "hostile & 'odd'.jsonl").write_text("\n".join(lines), encoding="utf-8")


def make_warehouse(folder: Path) -> Path:
    """A warehouse of the inbox, with the user's hostile actor."""
    warehouse = folder / "news.duckdb"
    (folder / "actors.csv").write_text(ACTORS.write_csv(), encoding="utf-8")
    add_command(folder / "actors.csv", warehouse)
    write_inbox(folder / "inbox")
    load(folder / "inbox", warehouse)
    return warehouse


def load(inbox: Path, warehouse: Path) -> None:
    """Run over the inbox and publish."""
    run_plain([str(inbox)], Settings(warehouse=warehouse))
