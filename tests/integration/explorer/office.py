"""What the explorer's tests share: articles that try a page, warehouses of them, and ways to ask the app."""

import json
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from lxml import html

from flows.settings import Settings
from flows.steps import run_plain
from warehouse.ddl import create_marts, create_tables
from warehouse.explorer.app import LOOPBACK, create_app
from warehouse.explorer.visit import Explorer

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have a client that is not out yet
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["TestClient"]

PLEDGE = "Japan pledged $2 billion in aid to Kenya in May 2023."
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"
EVIL_SOURCE = 'O\'Hara & "Sons" <b onclick=alert(1)>'
LONG_TITLE = "A very long title " * 100
ARTICLES = (
    {
        "id": "pledge",
        "title": "Tokyo helps Nairobi",
        "source": "Meridian Wire",
        "author": "A. Writer",
        "url": "https://news.example/pledge?a=1&b=2",
        "published_on": "2023-11-06",
        "text": f"{PLEDGE} The Biden administration met Kenyan officials on Friday.\n\nSome 30 people were killed in "
        "Nairobi on 3 November 2023. Elections will be held on 12 December 2023.",
    },
    {
        "id": "again",
        "title": "Aid for Kenya",
        "source": "Pacific Ledger",
        "published_on": "2023-11-20",
        "text": f"Farmers wait for rain, and hope. {PLEDGE} None of it came before the short rains ended this autumn.",
    },
    {
        "id": "evil",
        "title": f"{EVIL} rules",
        "source": EVIL_SOURCE,
        "author": EVIL,
        "url": "javascript:alert(1)",
        "published_on": "2023-11-07",
        "text": f"</script>{EVIL} Kenya <b onmouseover=alert(1)>paid</b> Japan $7 million in 2022. "
        "&lt;i&gt; {{ 7*7 }}",
    },
    {"id": "bare", "text": "Kenya bought 12 tractors from Japan last week."},
    {
        "id": "long",
        "title": LONG_TITLE,
        "source": "Meridian Wire",
        "published_on": "2023-11-08",
        "text": "x" * 3000 + " Japan sold Kenya 40 buses in 2021.",
    },
    {
        "id": "french",
        "title": "Le Japon aide le Kenya",
        "source": "Meridian Wire",
        "published_on": "2023-11-09",
        "language": "fr",
        "text": "Le Japon a promis deux milliards de dollars au Kenya. Le gouvernement a remercié Tokyo.\n\nFin.",
    },
)


def load(folder: Path, *articles: dict[str, str]) -> Path:
    """Load articles into the warehouse of a folder, and publish it."""
    name = f"{len(list(folder.glob('*.jsonl')))}.jsonl"
    (folder / name).write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    warehouse = folder / "small.duckdb"
    run_plain([str(folder / name)], Settings(warehouse=warehouse))
    return warehouse


def empty_warehouse(folder: Path) -> Path:
    """A published warehouse without a row."""
    folder.mkdir(exist_ok=True)
    path = folder / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        create_tables(connection)
        create_marts(connection)
    return path


def app_over(warehouse: Path) -> "Starlette":
    """The app, for the host that the client asks for."""
    return create_app(warehouse, (*LOOPBACK, "testserver"))


def explorer_of(client: TestClient) -> Explorer:
    """What the requests of a client share."""
    found: Explorer = client.app.state.explorer  # type: ignore[attr-defined]  # the client takes any ASGI app
    return found


def page(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    """The page at an address, as a browser would read it."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}{os.linesep}{answer.text}"
    return html.fromstring(answer.text)


def text_of(element: html.HtmlElement) -> str:
    """The text of an element, white space made single."""
    return " ".join(str(element.text_content()).split())
