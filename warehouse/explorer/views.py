"""What answers each address: one function an address."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from warehouse.explorer.actors import find_actors
from warehouse.explorer.article import COPIES, plain_paragraphs, read_facts, read_head, read_paragraphs
from warehouse.explorer.cells import SENTENCES_A_PAGE
from warehouse.explorer.charts import run_chart
from warehouse.explorer.claims import read_claim
from warehouse.explorer.filters import Filters, read_number, read_text
from warehouse.explorer.listing import LAST_PAGE, list_articles
from warehouse.explorer.pages import PAGE, Page
from warehouse.explorer.portrait import read_portrait
from warehouse.explorer.visit import ElsewhereError, Explorer, address_with, visit
from warehouse.search import search
from warehouse.search_query import Filters as SearchFilters
from warehouse.search_query import SearchError

HITS_A_PAGE = 20
"""Articles on one page of what a search found."""


def chart_page(page: Page) -> Callable[[Request], Response]:
    """The view of a page that is made of charts alone."""

    def view(request: Request) -> Response:
        with visit(request) as visited:
            charts = visited.run_charts(page)
            return visited.render("page.html", title=page.title, intro=page.intro, here=page.name, charts=charts)

    return view


def actor_page(request: Request) -> Response:
    """Who an actor is, its charts, and the articles that name it.

    Raises:
        HTTPException: 404, there is no such actor.
    """
    number = read_number(request.query_params, "page", LAST_PAGE)
    with visit(request) as visited:
        portrait = read_portrait(visited.reader, request.path_params["actor_id"])
        if portrait is None:
            raise HTTPException(404, "this version has no such actor: type its name in the field Actor of any page")
        filters = replace(visited.filters, actor=portrait.actor.actor_id)
        return visited.render(
            "actor.html",
            title=portrait.actor.name,
            charted=filters,
            form=("since", "until", "source"),
            portrait=portrait,
            charts=visited.run_charts(PAGE["actor"], filters),
            articles=list_articles(visited.reader, filters, number),
        )


def claim_page(request: Request) -> Response:
    """What a claim says, how its value moved, and who tells it.

    Raises:
        HTTPException: 404, there is no such claim.
    """
    with visit(request) as visited:
        key = read_text(request.query_params, "key")
        claim = read_claim(visited.reader, key) if key else None
        if claim is None:
            raise HTTPException(404, "this version has no such claim: the page Figures lists those told most")
        filters = replace(visited.filters, claim=claim.claim_key)
        charts = visited.run_charts(PAGE["claim"], filters)
        return visited.render(
            "claim.html", title=f"Claim: {claim.topic}", charted=filters, form=(), claim=claim, charts=charts
        )


def article_page(request: Request) -> Response:
    """An article with its facts where they stand.

    Raises:
        HTTPException: 404, there is no such article or part of it.
    """
    number = read_number(request.query_params, "page", LAST_PAGE)
    with visit(request) as visited:
        article_id = request.path_params["article_id"]
        head = read_head(visited.reader, article_id)
        if head is None or (number - 1) * SENTENCES_A_PAGE > head.sentence_count:
            raise HTTPException(404, "this version has no such article: the page Articles lists those it has")
        facts = read_facts(visited.reader, article_id, number)
        return visited.render(
            "article.html",
            title=head.title,
            form=(),
            article_id=article_id,
            head=head,
            facts=facts,
            paragraphs=read_paragraphs(visited.reader, article_id, head.text, facts, number),
            lines=[] if head.sentence_count else plain_paragraphs(head.text),
            copies=visited.reader.rows(COPIES, {"article": article_id}),
            number=number,
            parts=max(1, -(-head.sentence_count // SENTENCES_A_PAGE)),
        )


def articles_page(request: Request) -> Response:
    """The articles, the newest first; `date` takes those that speak of a TIMEX3 value, `on` those of one day.

    Raises:
        ElsewhereError: `on` is the short form of since and until.
    """
    query = request.query_params
    number, date = read_number(query, "page", LAST_PAGE), read_text(query, "date")
    if day := read_text(query, "on"):
        raise ElsewhereError(address_with(request, {"on": None, "since": day, "until": day}))
    with visit(request) as visited:
        return visited.render(
            "articles.html",
            title="Articles",
            here="articles",
            kept={"date": date} if date else {},
            date=date,
            articles=list_articles(visited.reader, visited.filters, number, date),
        )


def search_page(request: Request) -> Response:
    """The articles that hold the words of `q`, the best first, with the sentences that say it."""
    number, words = read_number(request.query_params, "page", LAST_PAGE), read_text(request.query_params, "q")
    with visit(request) as visited:
        limits = SearchFilters(visited.filters.since, visited.filters.until, visited.filters.source)
        found, fault = None, None
        try:
            if words:
                found = search(visited.reader, words, limits, limit=HITS_A_PAGE, offset=(number - 1) * HITS_A_PAGE)
        except SearchError as error:
            fault = str(error)
        page = visited.render(
            "search.html",
            title=f"Search: {words}" if words else "Search",
            here="search",
            form=("since", "until", "source"),
            kept={"q": words} if words else {},
            words=words or "",
            found=found,
            fault=fault,
            number=number,
            size=HITS_A_PAGE,
        )
        page.status_code = 400 if fault else 200
        return page


def chart_csv(request: Request) -> Response:
    """All rows of a chart as CSV, nulls as nothing.

    Raises:
        HTTPException: 404, there is no chart of the name; 503, this version lacks what it reads.
    """
    explorer: Explorer = request.app.state.explorer
    name = request.path_params["chart"]
    if name not in explorer.charts:
        raise HTTPException(404, "there is no such chart: the link below each chart leads to its CSV")
    with explorer.versions.open() as (reader, _):
        data = run_chart(reader, explorer.charts[name], Filters.from_query(request.query_params))
    if data.fault:
        raise HTTPException(503, data.fault)
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
    word = read_text(request.query_params, "like")
    with explorer.versions.open() as (reader, _):
        found = find_actors(reader, word) if word else []
    return JSONResponse([{"name": a.name, "actor_id": a.actor_id, "mentions": a.mentions} for a in found])


OWN_VIEWS = {"articles": articles_page, "search": search_page, "actor": actor_page, "claim": claim_page}
"""The views of the pages that are more than their charts, by the name of the page."""
