"""The app: addresses, headers, and what a page says when something is wrong."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from warehouse.explorer.filters import FilterError
from warehouse.explorer.pages import PAGES
from warehouse.explorer.render import templates
from warehouse.explorer.views import OWN_VIEWS, actors_json, article_page, chart_csv, chart_page
from warehouse.explorer.visit import ElsewhereError, Explorer, WhichActorError, address_with
from warehouse.reader import NoWarehouseError, QueryError
from warehouse.storage import StorageError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The names under which only this machine is reached."""
LOOK_EVERY = 30
"""Seconds after which an explorer that nobody asks lets go of a version that is no longer the newest."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""Sent with every answer: nothing but this app's own files is loaded, run or framed."""
WHAT_TO_DO = {
    400: "This address cannot be read",
    404: "There is nothing at this address",
    405: "The explorer only shows: it takes GET and HEAD",
    500: "The explorer has failed",
    503: "The warehouse cannot be read",
}
"""The heading of an error page by its status."""
ADVICE = {
    404: "look at how it is written: the pages are those that the overview leads to",
    405: "open the address in a browser; what is in the warehouse is changed by `dateline run`",
}
"""What to do, where nothing more is known than the status."""


def create_app(warehouse: Path, hosts: Sequence[str] = LOOPBACK) -> Starlette:
    """The app over one published warehouse.

    Args:
        warehouse: the file that readers open; each request sees the version that is then the newest.
        hosts: the names that a request may ask for (against DNS rebinding); "*" is any.
    """
    explorer = Explorer(warehouse)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(_let_go_of_old_versions(explorer))
        yield
        watching.cancel()
        explorer.versions.close()

    app = Starlette(
        routes=_routes(),
        lifespan=lifespan,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers={
            HTTPException: _refuse,
            FilterError: _refuse,
            NoWarehouseError: _refuse,
            StorageError: _refuse,
            QueryError: _refuse,
            ElsewhereError: _send_elsewhere,
            WhichActorError: _ask_which_actor,
            Exception: _refuse,
        },
    )
    app.state.explorer = explorer
    return app


class SafeHeaders:
    """Middleware that adds HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the app, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def _let_go_of_old_versions(explorer: Explorer) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        await run_in_threadpool(explorer.versions.let_go_of_old)


def _routes() -> list[Route | Mount]:
    return [
        *(Route(page.path, OWN_VIEWS.get(page.name) or chart_page(page), name=page.name) for page in PAGES),
        Route("/article/{article_id}", article_page),
        Route("/data/actors.json", actors_json),
        Route("/data/{chart}.csv", chart_csv),
        Mount("/static", StaticFiles(directory=str(files("warehouse") / "explorer" / "static"))),
    ]


def _refuse(_: Request, error: Exception) -> Response:
    """The page of an error: what is wrong, and what to do."""
    if isinstance(error, HTTPException):
        status = error.status_code
        message = ADVICE.get(status, error.detail) if error.detail == HTTPStatus(status).phrase else error.detail
    elif isinstance(error, FilterError):
        status, message = 400, str(error)
    elif isinstance(error, NoWarehouseError | StorageError):
        status, message = 503, str(error)
    elif isinstance(error, QueryError):
        status, message = 503, f"{error}; `dateline run` brings a warehouse of an older version up to date"
    else:
        status, message = 500, "the terminal in which it runs shows why: please report it, with this address"
    page = (
        templates()
        .get_template("error.html")
        .render(title=WHAT_TO_DO.get(status, "This did not work"), status=status, message=message)
    )
    return HTMLResponse(page, status, HEADERS)


def _send_elsewhere(_: Request, error: Exception) -> Response:
    return RedirectResponse(error.address if isinstance(error, ElsewhereError) else "/", 303)


def _ask_which_actor(request: Request, error: Exception) -> Response:
    """The page that lists the actors that may be meant, each a link to the view that was asked for."""
    asked, found = (error.word, error.found) if isinstance(error, WhichActorError) else ("", [])
    choices = [(actor, address_with(request, {"actor": actor.actor_id})) for actor in found]
    page = templates().get_template("which_actor.html").render(title="Which actor?", word=asked, choices=choices)
    return HTMLResponse(page, 300 if choices else 400, HEADERS)
