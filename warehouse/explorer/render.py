"""The templates: everything is escaped, and a name that a template does not know is an error."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from warehouse.explorer.cells import actor_link, article_link, as_text, claim_link, script_json, shown_table
from warehouse.passages import cut_at_marks
from warehouse.search import Hit

LINKS = {
    "actor_id": "/actor/",
    "other_actor_id": "/actor/",
    "giver_actor_id": "/actor/",
    "receiver_actor_id": "/actor/",
    "claim_key": "/claim?key=",
    "article_id": "/article/",
    "day": "/articles?on=",
}
"""Where what a chart draws leads to: by column, the address that its value is appended to, percent-encoded.

`/articles?on=DAY` lists what was published on a day, `/articles?date=DAY` what speaks of it.
"""
TABLE_ROWS = 100
"""Rows of a chart that a page lists; its CSV has all."""


@cache
def templates() -> Environment:
    """The environment of all templates, those of the app and that of the static page."""
    found = Environment(
        loader=PackageLoader("warehouse", "explorer/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        actor_link=actor_link,
        article_link=article_link,
        claim_link=claim_link,
        script_json=script_json,
        title_pieces=title_pieces,
        shown_table=shown_table,
        TABLE_ROWS=TABLE_ROWS,
    )
    found.filters["value"] = as_text
    found.filters["http_url"] = http_url
    return found


def title_pieces(hit: Hit) -> list[tuple[str, bool]]:
    """The title of what a search found in pieces, each with whether it is a word of the query."""
    return list(cut_at_marks(hit.title, hit.title_marks))


def http_url(address: object) -> str | None:
    """An address that may become a link, or None: those of articles may be anything, also javascript:."""
    text = str(address or "").strip()
    return text if text.lower().startswith(("http://", "https://")) else None
