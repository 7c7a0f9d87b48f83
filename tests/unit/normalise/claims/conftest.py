"""Claims of a text, as rows, through the real stages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.extract import Extraction, default_extractor, extract
from flows.sources.records import ARTICLE_SCHEMA

Row = dict[str, Any]
Claims = Callable[..., list[Row]]
Extract = Callable[[list[str]], Extraction]
DAY = date(2021, 3, 10)


def run(texts: list[str]) -> Extraction:
    """The staged tables of texts, an article each."""
    articles = [
        {
            "article_id": f"{number:016x}",
            "text": text,
            "published_on": DAY,
            "published_from": "field",
            "content_sha256": f"{number:064x}",
            "source_uri": "test.jsonl",
            "language": "en",
        }
        for number, text in enumerate(texts)
    ]
    rows = [{name: article.get(name) for name in ARTICLE_SCHEMA} for article in articles]
    return extract(pl.DataFrame(rows, schema=ARTICLE_SCHEMA), default_extractor())


@pytest.fixture(scope="session")
def extraction() -> Extract:
    return run


@pytest.fixture(scope="session")
def claims() -> Claims:
    """From a text to its claims with all subjects and objects as lists, mere counts left out."""

    def rows(text: str) -> list[Row]:
        tables = run([text]).tables
        parties = tables["claim_party"]
        found = []
        for claim in tables["fact_claim"].iter_rows(named=True):
            own = parties.filter(claim_id=claim["claim_id"]).sort("part_start")
            dated = tables["fact_date_mention"].filter(
                pl.col("date_id").eq_missing(pl.lit(claim["date_id"], pl.String))
            )
            days = dated["surface"].to_list()
            named = {f"{role}s": own.filter(role=role)["surface"].to_list() for role in ("subject", "object")}
            found.append({**claim, **named, "date": days[0] if days else None})
        return [claim for claim in found if claim["topic"] != "count"]

    return rows
