"""A small archive to search in: articles in several scripts, and how a search of it reads."""

import json
from pathlib import Path
from typing import Any

from flows.job import Job
from flows.settings import Settings
from flows.steps import run_plain
from warehouse.reader import open_published
from warehouse.search import Found, search
from warehouse.search_query import Filters

TEXTS = {
    "port": "Kenya builds a port. The port of Mombasa will take large ships. A port needs cranes.",
    "ferry": "The ferry leaves the harbour at noon. It passes the old port and then the open sea for hours.",
    "embargo": "The prime minister said the sanctions hurt trade. A minister of prime importance agreed.",
    "embassy": "The embassy was sanctioned. The U.S.-led talks went on; the prime minister's office was silent.",
    "undated": "Sanctions were lifted, and the minister resigned.",
    "ankara": "Erdoğan met Kılıçdaroğlu in Ankara. The café was full of voters from Łódź.",  # noqa: RUF001  (Turkish)
    "moscow": "Путин выступил в Москве. Ёлка стояла на площади.",
    "cairo": "قال محمد إن الميناء مفتوح.",
    "beijing": "中国建设新的港口。上海港口很大。",
    "delhi": "आज का दिन अच्छा है। सड़क बंद है।",
    "poor": "वह दीन आदमी है।",
    "lines": "Rates of the harbour\n\nTariffs rose 12.5 percent & <b>more</b>; 'quoted' % _ \\ done.",
}
TITLES = {
    "port": "A port for Mombasa",
    "ferry": "The ferry",
    "embargo": "Sanctions and trade",
    "embassy": "Envoys",
    "ankara": "Vote in Türkiye",
    "lines": "Tables",
}
DAYS = {"ferry": "2023-05-09", "embargo": "2023-06-01", "embassy": "2023-06-02", "undated": None}
LEDGER = "River Ledger"


def article(name: str, text: str) -> dict[str, Any]:
    """An article, with its title, day and source where the archive knows them."""
    about = {"title": TITLES.get(name), "published_on": DAYS.get(name, "2023-05-04")}
    return {"id": name, "text": text, "source": LEDGER if name.startswith("emba") else "Harbour News", **about}


ARCHIVE = tuple(article(name, text) for name, text in TEXTS.items())


def write_archive(folder: Path, *articles: dict[str, Any], name: str = "a.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    lines = [json.dumps({key: value for key, value in row.items() if value is not None}) for row in articles]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(folder: Path, **settings: Any) -> Job:  # noqa: ANN401
    """A run over `inbox` in a folder, into its news.duckdb."""
    return run_plain([str(folder / "inbox")], Settings(warehouse=folder / "news.duckdb", **settings))


def look(warehouse: Path, query: str, filters: Filters | None = None, **page: int) -> Found:
    with open_published(warehouse) as reader:
        return search(reader, query, filters, **page)


def names(warehouse: Path, found: Found) -> list[str]:
    """The articles' own names, in the order found."""
    with open_published(warehouse) as reader:
        rows = reader.rows("SELECT article_id, external_id FROM dim_article")
    known = {str(article): str(name) for article, name in rows}
    return [known[hit.article_id] for hit in found.hits]


def search_names(warehouse: Path, query: str, filters: Filters | None = None, **page: int) -> list[str]:
    return names(warehouse, look(warehouse, query, filters, **page))


def index_file(warehouse: Path) -> Path:
    published = warehouse.resolve()
    return published.with_name(f"{published.name}.search")
