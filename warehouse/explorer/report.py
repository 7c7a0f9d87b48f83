"""The static page: all charts of the explorer's pages in one file that asks for nothing, to be mailed or kept."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile

from warehouse.explorer.actors import actor_name, find_actors, the_one_meant
from warehouse.explorer.charts import ChartData, read_charts, run_chart
from warehouse.explorer.filters import Filters
from warehouse.explorer.pages import PAGES, Page
from warehouse.explorer.render import templates
from warehouse.explorer.versions import Versions
from warehouse.reader import Reader
from warehouse.storage import sync

STYLES = ("style.css", "report.css")
LIBRARY = "vendor/echarts.min.js"
MODULES = (
    "drawing/format.js",
    "drawing/axes.js",
    "drawing/bars.js",
    "drawing/pairs.js",
    "drawing/shades.js",
    "charts.js",
)
"""The modules that draw, each after those that it imports."""
IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)
PERIOD = """
SELECT count(*), count(*) FILTER (published_on IS NULL), min(published_on)::VARCHAR, max(published_on)::VARCHAR
FROM main.dim_article AS article
WHERE (published_on >= $since OR $since IS NULL)
    AND (published_on <= $until OR $until IS NULL)
    AND (source_name = $source OR $source IS NULL)
    AND ($actor IS NULL OR article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor))
"""
SOURCES = "SELECT DISTINCT source_name FROM main.dim_article WHERE source_name IS NOT NULL ORDER BY source_name"
MOST_LISTED = 12
"""Names that an error lists."""


class ReportError(ValueError):
    """The report asks for a source or actor that the warehouse does not know; the message says which it knows."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the explorer with its charts."""

    page: Page
    charts: list[ChartData]


@dataclass(frozen=True, slots=True)
class Script:
    """A script that stands in the page."""

    text: str
    is_module: bool


def write_report(warehouse: Path, target: Path, filters: Filters, title: str | None = None) -> int:
    """Write the page of the published version; a file of that name is replaced when all is written.

    Args:
        warehouse: the published file.
        target: the page.
        filters: what it is limited to; the actor by id or name.
        title: its heading, if not one made from the warehouse's name.

    Returns:
        How many articles it is about.

    Raises:
        ReportError: the source or actor is none of this warehouse's.
        NoWarehouseError: nothing is published there.
        OSError: the file cannot be written.
    """
    versions = Versions(warehouse)
    try:
        with versions.open() as (reader, version):
            known = _known(reader, filters)
            ((articles, undated, first_day, last_day),) = reader.rows(PERIOD, _of_articles(known))
            page = _page(
                title=title or f"Dateline report: {warehouse.stem}",
                warehouse=warehouse.name,
                version=version,
                articles=articles,
                undated=undated,
                first_day=first_day,
                last_day=last_day,
                limits=_limits(reader, known),
                parts=_parts(reader, known),
            )
    finally:
        versions.close()
    _write(target, page)
    return int(str(articles))


def _known(reader: Reader, filters: Filters) -> Filters:
    """The filters with the actor's id, where the warehouse knows source and actor."""
    sources = [str(name) for (name,) in reader.rows(SOURCES)]
    if filters.source is not None and filters.source not in sources:
        known = f"the sources are {', '.join(sources[:MOST_LISTED])}" if sources else "the articles name none"
        message = f"no article is of the source {filters.source!r}: {known}"
        raise ReportError(message)
    if filters.actor is None or actor_name(reader, filters.actor) is not None:
        return filters
    found = find_actors(reader, filters.actor)
    meant = the_one_meant(found)
    if meant is None:
        listed = ", ".join(f"{actor.actor_id} ({actor.name})" for actor in found[:MOST_LISTED])
        fit = f"several actors fit, name one by its id: {listed}" if found else "try a part of the name"
        message = f"no one actor is {filters.actor!r}: {fit}"
        raise ReportError(message)
    return Filters(since=filters.since, until=filters.until, source=filters.source, actor=meant.actor_id)


def _of_articles(filters: Filters) -> dict[str, object]:
    return {name: value for name, value in filters.parameters().items() if name != "claim"}


def _limits(reader: Reader, filters: Filters) -> list[str]:
    """The filters in words."""
    said = [
        ("articles since", filters.since),
        ("articles until", filters.until),
        ("the source", filters.source),
        ("the actor", filters.actor and actor_name(reader, filters.actor)),
    ]
    return [f"{what} {value}" for what, value in said if value is not None]


def _parts(reader: Reader, filters: Filters) -> list[Part]:
    charts = read_charts()
    parts = (
        Part(page, [_readable(run_chart(reader, charts[name], filters)) for name in page.charts if name in charts])
        for page in PAGES
        if page.is_listed
    )
    return [part for part in parts if part.charts]


def _readable(data: ChartData) -> ChartData:
    """A table without the ids that only links need; a drawing's rows as they are."""
    if data.chart.kind != "table":
        return data
    kept = [at for at, name in enumerate(data.columns) if not name.endswith(("_id", "_key", "sentence_no"))]
    rows = tuple(tuple(row[at] for at in kept) for row in data.rows)
    return replace(data, columns=tuple(data.columns[at] for at in kept), rows=rows)


def _page(**values: object) -> str:
    """The page, with all that it needs inside and a policy that allows nothing else."""
    style = "\n".join(_static(name) for name in STYLES)
    scripts = [Script(_static(LIBRARY), is_module=False), Script(_bundle(), is_module=True)]
    policy = (
        f"default-src 'none'; script-src {_hashes(script.text for script in scripts)}; style-src {_hashes([style])}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        templates()
        .get_template("report.html")
        .render(
            values,
            policy=policy,
            style=style,
            scripts=scripts,
            outline=_static("world.json"),
        )
    )


def _bundle() -> str:
    """The modules as one: they share no name but those that they import from each other."""
    return "".join(EXPORT.sub("", IMPORT.sub("", _static(name))) for name in MODULES)


def _static(name: str) -> str:
    return (files("warehouse") / "explorer" / "static" / name).read_text(encoding="utf-8")


def _hashes(texts: Iterable[str]) -> str:
    """The sources of a content security policy that allow just these texts."""
    return " ".join(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts)


def _write(target: Path, page: str) -> None:
    """Write beside the target, then take its name: whoever reads it finds the old page or the new one, whole."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, prefix=f".{target.name}.", delete=False) as draft:
        path = Path(draft.name)
        try:
            draft.write(page)
            draft.flush()
            sync(path)
            path.chmod(0o644)
            path.replace(target)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
