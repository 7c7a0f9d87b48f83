"""Render the page: the template with style and script inside, so that it opens from anywhere and asks nobody."""

from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from schemas.codebook import CODEBOOKS
from schemas.diagram import svg
from schemas.relations import DIAGRAMS
from warehouse.examples import read_examples
from warehouse.lineage import mart_shapes
from warehouse.page.sections import mart_sections, reference_tables, table_sections

GROUPS = (
    ("facts", "Facts", "What the articles say, each at its exact place in the text.", ("fact_", "claim_")),
    (
        "articles",
        "Articles",
        "The articles, their text and sentences, and which are near-copies.",
        ("article_", "dim_article"),
    ),
    ("dimensions", "Actors, units, calendar", "What facts refer to.", ("dim_",)),
    ("record", "The run's record", "What each run took in and refused, and the two ledgers.", ("etl.",)),
)
"""The tables by the beginning of their names, the first that fits: anchor, heading, introduction."""


def dictionary_page() -> str:
    """The whole page."""
    shapes, examples = mart_shapes(), read_examples()
    tables = table_sections(shapes, examples)
    grouped = {anchor: [table for table in tables if _group(table.name) == anchor] for anchor, *_ in GROUPS}
    return (
        _environment()
        .get_template("page.html")
        .render(
            groups=[(*group[:3], grouped[group[0]]) for group in GROUPS],
            marts=mart_sections(shapes, examples),
            diagrams={title: Markup(svg(title, layout)) for title, layout in DIAGRAMS.items()},  # noqa: S704  (escaped there)
            codebooks=CODEBOOKS,
            reference=reference_tables(),
            style=Markup(_read("page.css")),  # noqa: S704  (our own file)
            script=Markup(_read("page.js")),  # noqa: S704  (our own file)
        )
    )


def _group(name: str) -> str:
    bare = name.removeprefix("main.")
    return next(anchor for anchor, _, _, starts in GROUPS if bare.startswith(starts))


def _environment() -> Environment:
    return Environment(
        loader=DictLoader({"page.html": _read("page.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _read(name: str) -> str:
    return (files("warehouse") / "page" / name).read_text(encoding="utf-8")
