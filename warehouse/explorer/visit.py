"""One request: the version it reads, the filters of its address, and the page that answers it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from warehouse.explorer.actors import FoundActor, actor_name, find_actors, the_one_meant
from warehouse.explorer.charts import Chart, ChartData, read_charts, run_chart
from warehouse.explorer.filters import Filters
from warehouse.explorer.pages import PAGES, Page
from warehouse.explorer.render import LINKS, templates
from warehouse.explorer.versions import Version, Versions
from warehouse.reader import Reader

SOURCES = "SELECT DISTINCT source_name FROM main.dim_article WHERE source_name IS NOT NULL ORDER BY ALL"
NAMESAKES = "SELECT count(*) FROM main.dim_actor WHERE lower(name) = lower($name)"


class ElsewhereError(Exception):
    """The same view has a better address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class WhichActorError(Exception):
    """The actor of the filter is none, or may be several."""

    def __init__(self, word: str, found: list[FoundActor]) -> None:
        super().__init__(word)
        self.word = word
        self.found = found


class Explorer:
    """What all requests share: the published versions and the charts."""

    def __init__(self, warehouse: Path) -> None:
        self.name = warehouse.name.removesuffix(".duckdb")
        self.versions = Versions(warehouse)
        self.charts: Mapping[str, Chart] = read_charts()


@dataclass(frozen=True, slots=True)
class Visit:
    """One request and what answers it."""

    request: Request
    explorer: Explorer
    reader: Reader
    version: Version
    filters: Filters

    def run_charts(self, page: Page, filters: Filters | None = None) -> list[ChartData]:
        """The charts of a page under the filters of the address, or under others."""
        known = (self.explorer.charts[name] for name in page.charts if name in self.explorer.charts)
        return [self._run_chart(chart, filters or self.filters) for chart in known]

    def _run_chart(self, chart: Chart, filters: Filters) -> ChartData:
        question = (self.version.name, chart.name, filters)
        return self.version.answers.get(question, lambda: run_chart(self.reader, chart, filters))

    def render(self, template: str, *, charted: Filters | None = None, **values: object) -> HTMLResponse:
        """A page of the template.

        Args:
            template: its file.
            charted: the filters of its charts, where they are not those of the address.
            values: what the template asks for: always `title`; where the defaults do not do, `here`, the name of the
                page in the navigation, `kept`, further parts of the address that the filter form keeps, and `form`,
                the filters that it offers.
        """
        known = {
            "explorer": self.explorer.name,
            "version": self.version,
            "pages": [page for page in PAGES if page.is_listed],
            "here": "",
            "kept": {},
            "words": "",
            "form": ("since", "until", "source", "actor"),
            "filters": self.filters,
            "chart_query": (charted or self.filters).to_query(),
            "query": replace(self.filters, claim=None).to_query(),
            "query_without_actor": replace(self.filters, claim=None, actor=None).to_query(),
            "sources": [str(name) for (name,) in self.reader.rows(SOURCES)],
            "actor_shown": self._actor_shown(),
            "links": LINKS,
            "path": path_of(self.request),
        }
        return HTMLResponse(templates().get_template(template).render(known | values))

    def _actor_shown(self) -> str:
        """The actor of the filter as the form shows it: its name, or its id where others have that name as well."""
        if self.filters.actor is None:
            return ""
        name = actor_name(self.reader, self.filters.actor)
        return name if name and self.reader.rows(NAMESAKES, {"name": name}) == [(1,)] else self.filters.actor


@contextmanager
def visit(request: Request) -> Iterator[Visit]:
    """Open the newest version for a request.

    Raises:
        FilterError: the filters of its address cannot be read.
        ElsewhereError: the view has a tidier address: without empty fields, the actor by its id.
        WhichActorError: the actor of the filter is none, or may be several.
        NoWarehouseError: nothing is published any longer.
    """
    explorer: Explorer = request.app.state.explorer
    filters = Filters.from_query(request.query_params)
    with explorer.versions.open() as (reader, version):
        filters = _with_actor_by_id(reader, filters)
        tidy = _tidy(request, {"actor": filters.actor})
        if list(tidy.items()) != request.query_params.multi_items():
            raise ElsewhereError(_address(request, tidy))
        yield Visit(request, explorer, reader, version, filters)


def address_with(request: Request, changed: Mapping[str, str | None]) -> str:
    """The address of a request without empty fields, and with parts of its query changed, or taken out by None."""
    return _address(request, _tidy(request, changed))


def path_of(request: Request) -> str:
    """The path of a request, percent-encoded."""
    return quote(request.scope["path"], safe="/:")


def _address(request: Request, query: Mapping[str, str]) -> str:
    return path_of(request) + (f"?{urlencode(query)}" if query else "")


def _tidy(request: Request, changed: Mapping[str, str | None]) -> dict[str, str]:
    sent = {name: value for name, value in request.query_params.multi_items() if value.strip()}
    asked: dict[str, str | None] = {**sent, **changed}
    return {name: value for name, value in asked.items() if value is not None}


def _with_actor_by_id(reader: Reader, filters: Filters) -> Filters:
    """The filters with the id of the actor that was typed."""
    if filters.actor is None or actor_name(reader, filters.actor) is not None:
        return filters
    found = find_actors(reader, filters.actor)
    meant = the_one_meant(found)
    if meant is None:
        raise WhichActorError(filters.actor, found)
    return replace(filters, actor=meant.actor_id)
