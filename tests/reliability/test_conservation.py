"""Conservation: whatever comes in, each article is loaded, known already or rejected with a reason; nothing is lost."""

import os
from collections import Counter
from pathlib import Path

import pytest

from schemas.contract import table_name
from schemas.registry import FACT_TABLES
from tests.conftest import Figures
from tests.reliability.command import run_command
from tests.reliability.hostile import hostile_files, write_files
from warehouse.reader import Rows, open_published

SEED = 1815
SHARED = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared"))
NEWS = SHARED / "corpora" / "news2017.articles.jsonl.gz"


def load(source: Path, warehouse: Path) -> None:
    assert run_command(["run", str(source), "--warehouse", str(warehouse)]) == 0


def rows(warehouse: Path, query: str) -> Rows:
    with open_published(warehouse) as reader:
        return reader.rows(query)


def assert_balanced(warehouse: Path) -> Figures:
    """The last run's articles in and out are equal, and so are its counts and the tables' rows."""
    query = (
        "SELECT articles_read, articles_loaded, articles_unchanged, articles_rejected, articles_failed, rows_loaded, "
        "rows_rejected FROM etl.run ORDER BY run_id DESC LIMIT 1"
    )
    read, loaded, unchanged, rejected, failed, facts, refused = map(int, map(str, rows(warehouse, query)[0]))
    assert read == loaded + unchanged + rejected + failed
    assert failed == 0
    assert rows(warehouse, "SELECT count(*) FROM dim_article") == [(loaded,)]
    counted = (f"(SELECT count(*) FROM {table_name(contract)})" for contract in FACT_TABLES)
    assert rows(warehouse, f"SELECT {' + '.join(counted)}") == [(facts,)]
    broken = "SELECT count(*) FROM etl.reject WHERE reason = 'contract'"
    assert rows(warehouse, broken) == [(refused,)]
    return {"articles": read, "loaded": loaded, "equal copies": unchanged, "rejected": rejected, "facts": facts}


@pytest.mark.parametrize("number", [150, pytest.param(2000, marks=pytest.mark.full)])
def test_every_article_of_hostile_files_is_accounted_for(number: int, tmp_path: Path, measured: Figures) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    files = write_files(inbox, hostile_files(number, SEED))
    warehouse = tmp_path / "news.duckdb"
    load(inbox, warehouse)
    measured.update(files=len(files), **assert_balanced(warehouse))
    known = {str(uri) for (uri,) in rows(warehouse, "SELECT source_uri FROM etl.source")}
    assert known == {str(path) for path in files}
    held = {str(found) for (found,) in rows(warehouse, "SELECT external_id FROM dim_article")}
    assert {found for file in files.values() for found in file.ids} - held == set()
    explained = "SELECT source_uri FROM dim_article UNION SELECT source_uri FROM etl.reject WHERE severity = 'error'"
    blank = {str(path) for path, file in files.items() if file.blank}
    silent = known - blank - {str(uri) for (uri,) in rows(warehouse, explained)}
    assert silent == set()
    measured["rejects"] = dict(Counter(str(reason) for (reason,) in rows(warehouse, "SELECT reason FROM etl.reject")))


@pytest.mark.skipif(not NEWS.exists(), reason=f"the news corpus is not there: {NEWS}")
@pytest.mark.full
def test_every_article_of_a_news_corpus_is_accounted_for(tmp_path: Path, measured: Figures) -> None:
    load(NEWS, tmp_path / "news.duckdb")
    measured.update(assert_balanced(tmp_path / "news.duckdb"))
