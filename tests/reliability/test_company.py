"""Company: the facts of an article are its own, whatever other articles are extracted with it, and in what order."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from flows.extract import default_extractor, extract
from flows.sources.discover import discover
from flows.sources.read import read_articles
from schemas.contract import table_name
from schemas.registry import FACT_TABLES
from tests.accuracy.gate import load_passages
from tests.conftest import Figures

SEED = 1871
PARTS = 4
SHARED = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared"))
NEWS = SHARED / "corpora" / "news2017.articles.jsonl.gz"
TABLES = [*map(table_name, FACT_TABLES), "claim_party"]


def read(file: Path) -> pl.DataFrame:
    """A file's articles as the sources give them."""
    [source] = discover([str(file)], file.parent)
    return pl.concat(batch.articles for batch in read_articles(source, {}, 32_000_000))


def facts(batches: Sequence[pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The rows of each table that some batches give, one after the other."""
    found = [extract(batch, default_extractor()).tables for batch in batches]
    return {table: pl.concat([tables[table] for tables in found]) for table in TABLES}


def assert_alike_in_any_company(articles: pl.DataFrame, parts: int) -> Figures:
    """Extract the articles together, and again in another order and in parts: every row is the same."""
    mixed = articles.sample(fraction=1, shuffle=True, seed=SEED)
    size = -(-mixed.height // parts)
    together, apart = facts([articles]), facts([mixed[first : first + size] for first in range(0, mixed.height, size)])
    for table, rows in together.items():
        other = apart[table]
        changed = rows.join(other, on=rows.columns, how="anti", nulls_equal=True)
        assert changed.is_empty(), f"{table}: {changed.height} rows differ, the first: {changed.row(0, named=True)}"
        assert other.height == rows.height, table
    return {"articles": articles.height, "rows": sum(frame.height for frame in together.values())}


def test_a_passage_has_the_same_facts_in_any_company(tmp_path: Path, measured: Figures) -> None:
    passages = [
        {"id": f"{area}-{told['id']}", "published_on": told["published_on"], "text": told["text"], "language": "en"}
        for area in ("actors", "claims", "dates", "figures")
        for told in load_passages(area)
    ]
    file = tmp_path / "passages.jsonl"
    file.write_text("\n".join(map(json.dumps, passages)), encoding="utf-8")
    measured.update(assert_alike_in_any_company(read(file), PARTS))


@pytest.mark.full
@pytest.mark.parametrize("parts", [3, 11])
def test_an_article_of_an_archive_has_the_same_facts_in_any_company(parts: int, measured: Figures) -> None:
    if not NEWS.exists():
        pytest.skip(f"needs an archive of real articles at {NEWS} (set SHARED to its folder's parent)")
    measured.update(assert_alike_in_any_company(read(NEWS), parts))
