"""What answers each address: one function an address."""

import csv
import io
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from warehouse.explorer.actors import find_actors
from warehouse.explorer.charts import run_chart
from warehouse.explorer.filters import Filters
from warehouse.explorer.pages import Page
from warehouse.explorer.visit import Explorer, visit


def chart_page(page: Page) -> Callable[[Request], Response]:
    """The view of a page that is made of charts alone."""

    def view(request: Request) -> Response:
        with visit(request) as visited:
            charts = visited.run_charts(page)
            return visited.render("page.html", title=page.title, intro=page.intro, here=page.name, charts=charts)

    return view


def chart_csv(request: Request) -> Response:
    """All rows of a chart as CSV, nulls as nothing.

    Raises:
        HTTPException: 404, there is no chart of the name.
    """
    explorer: Explorer = request.app.state.explorer
    name = request.path_params["chart"]
    if name not in explorer.charts:
        raise HTTPException(404, f"there is no chart {name!r}: the link below each chart leads to its CSV")
    with explorer.versions.open() as (reader, _):
        data = run_chart(reader, explorer.charts[name], Filters.from_query(request.query_params))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([data.columns, *data.rows])
    return Response(
        written.getvalue(),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def actors_json(request: Request) -> Response:
    """The actors that fit what was typed, for the list below the field: [{"name", "actor_id", "mentions"}, ...]."""
    explorer: Explorer = request.app.state.explorer
    word = request.query_params.get("like", "").strip()
    with explorer.versions.open() as (reader, _):
        found = find_actors(reader, word) if word else []
    return JSONResponse([{"name": a.name, "actor_id": a.actor_id, "mentions": a.mentions} for a in found])
