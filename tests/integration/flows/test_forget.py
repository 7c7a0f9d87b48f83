"""Forgetting an article: no table and no file of the warehouse holds its text any longer, and it does not come back."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
import zstandard

from flows import forget as forgetting
from flows.forget import drop_pages, forget
from flows.settings import Settings
from tests.integration.flows.upkeep_runs import (
    STORY,
    article_id,
    balance,
    build_rows,
    record,
    rows,
    run,
    warehouse,
    write_lines,
)
from warehouse.forget import UnknownArticleError
from warehouse.paths import WarehousePaths
from warehouse.purge import purge_is_due

LOAN = "Mrs Quillfeather of Brackendale lent her neighbour $4,321 on 7 May 2021"
LATER = "Later that neighbour, Osbert Vantongeren, paid Quillfeather back in full, a magistrate found"
PIECES = ("Quillfeather", "Brackendale", "Vantongeren", "4,321")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def values(file: Path) -> Iterator[str]:
    """Every text in a Parquet or DuckDB file, the search index among them, decompressed."""
    if file.suffix == ".parquet":
        frame = pl.read_parquet(file, glob=False)
        for column in frame.select(pl.col(pl.String)).iter_columns():
            yield from column.drop_nulls()
    elif file.suffix in {".duckdb", ".search"}:
        with duckdb.connect(str(file), read_only=True) as connection:
            tables = connection.sql("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
            for schema, table in tables:
                for row in connection.sql(f'FROM "{schema}"."{table}"').fetchall():
                    yield from (str(value) for value in row)


def traces(folder: Path) -> set[tuple[str, str]]:
    """The pieces of the secret that a byte search finds below a folder, in raw bytes and in decompressed values."""
    found = set()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        raw = file.read_bytes()
        contents = [raw, *([gzip.decompress(raw)] if file.suffix == ".gz" else [])]
        contents += [zstandard.ZstdDecompressor().decompress(raw)] if file.suffix == ".zst" else []
        texts = [content.decode("utf-8", "replace") for content in contents] + list(values(file))
        found |= {(file.relative_to(folder).as_posix(), piece) for piece in PIECES for text in texts if piece in text}
    return found


def free_blocks(file: Path) -> int:
    with duckdb.connect(str(file), read_only=True) as connection:
        found: int = connection.sql("SELECT free_blocks FROM pragma_database_size()").fetchall()[0][0]
        return found


def with_secret(inbox: Path) -> WarehousePaths:
    """A warehouse that holds the secret wherever it can: tables, hist, rejects, two versions, a landed package."""
    write_lines(inbox / "a.jsonl", record(1, f"{LOAN}. {LATER}."), record(2), record(3))
    run(inbox)
    with (inbox / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write(f'{{"id": "4", "text": "{LOAN}. {LATER}\n')
    write_lines(inbox / "b.jsonl", record(1, f"{LOAN}. {LATER}.", published_on="no day"))
    (inbox / "a.jsonl").write_text((inbox / "a.jsonl").read_text().replace("7 May", "8 May"), encoding="utf-8")
    run(inbox)
    paths = WarehousePaths.of(warehouse(inbox))
    left = paths.stage / "left"
    left.mkdir()
    pl.DataFrame({"article_id": ["0"], "text": [LOAN]}).write_parquet(left / "article_text.parquet")
    feed = paths.pages / "feed0"
    feed.mkdir(parents=True)
    (feed / "state.json").write_text('{"url": "http://a/feed", "pages": {}}', encoding="utf-8")
    (feed / "feed").write_text(f"<rss><item>{LOAN.replace(' her ', ' <b>her</b> ')}.</item></rss>", encoding="utf-8")
    (feed / "other.page").write_text("<p>Another story altogether, of a port in Kenya.</p>", encoding="utf-8")
    return paths


def test_no_file_of_the_warehouse_holds_a_sentence_of_a_forgotten_article(inbox: Path) -> None:
    paths = with_secret(inbox)
    assert {piece for _, piece in traces(paths.work)} == set(PIECES)
    assert len(list(paths.versions.iterdir())) == 2
    assert rows(inbox, "SELECT count(*) FROM hist.fact_figure WHERE surface = '$4,321'") != [(0,)]
    assert rows(inbox, "SELECT count(*) FROM etl.reject WHERE contains(raw, 'Quillfeather')") == [(1,)]
    done = forget(article_id(inbox, 1), Settings(warehouse=warehouse(inbox)))
    assert done.rows > 5
    assert traces(paths.work) == set()
    assert sorted(file.name for file in paths.pages.rglob("*.*")) == ["other.page", "state.json"]
    files = [paths.build, *paths.versions.glob("*/*")]
    assert [free_blocks(file) for file in files] == [0, 0, 0]
    assert rows(inbox, "SELECT external_id FROM dim_article ORDER BY ALL") == [("2",), ("3",)]
    assert rows(inbox, "SELECT reason FROM etl.reject WHERE place = 'line 4'") == [("bad_json",)]
    assert rows(inbox, "SELECT state FROM etl.run ORDER BY run_id DESC LIMIT 1") == [("forgotten",)]


def test_a_forgotten_article_does_not_come_back(inbox: Path) -> None:
    with_secret(inbox)
    forgotten = article_id(inbox, 1)
    forget(forgotten, Settings(warehouse=warehouse(inbox)))
    for job in (run(inbox, full=True), run(inbox, refresh=True, retry_rejects=True)):
        assert balance(job) == 0
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(2,)]
    assert rows(inbox, "SELECT DISTINCT article_id FROM etl.reject WHERE reason = 'forgotten'") == [(forgotten,)]
    assert traces(WarehousePaths.of(warehouse(inbox)).work) == set()


def test_corrections_of_a_forgotten_article_are_passed_over(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1, f"{LOAN}."), record(2))
    run(inbox)
    forgotten = article_id(inbox, 1)
    forget(forgotten, Settings(warehouse=warehouse(inbox)))
    lines = "article_id,fact_table,span_start,span_end,column_name,expected,value,reason,author"
    correction = f'{forgotten},fact_figure,47,53,,"$4,321",drop,private,Ana'
    (inbox.parent / "news.corrections.csv").write_text(f"{lines}\n{correction}\n", encoding="utf-8")
    assert run(inbox).record.state == "unchanged"
    assert traces(WarehousePaths.of(warehouse(inbox)).work) == set()


def test_a_forgotten_text_file_does_not_come_back_under_another_name(inbox: Path) -> None:
    (inbox / "a.txt").write_text(LOAN, encoding="utf-8")
    write_lines(inbox / "b.jsonl", record(2))
    run(inbox)
    forget("a.txt", Settings(warehouse=warehouse(inbox)))
    (inbox / "a.txt").rename(inbox / "c.txt")
    job = run(inbox)
    assert (job.record.articles_loaded, job.record.articles_rejected) == (0, 1)


def test_what_interrupted_forgetting_left_is_done_by_the_next_run(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = with_secret(inbox)
    secret = article_id(inbox, 1)

    def die(_: WarehousePaths) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "finish_purge", die)
        with pytest.raises(KeyboardInterrupt):
            forget(secret, Settings(warehouse=warehouse(inbox)))
    assert {name for name, _ in traces(paths.versions)} == {
        f"{entry.name}/{name}" for entry in paths.versions.iterdir() for name in ("news.duckdb", "news.duckdb.search")
    }
    (inbox.parent / "empty").mkdir()
    run(inbox, inbox.parent / "empty")
    assert traces(paths.work) == set()
    assert not purge_is_due(paths)


def test_articles_that_say_the_same_or_nearly_are_named_and_stay(inbox: Path) -> None:
    longer = f"{LOAN}. {LATER}. {STORY} "
    texts = [longer, longer, f"{longer} More will follow.", "Peru lent $5 billion to Chile in March."]
    write_lines(inbox / "a.jsonl", *({"id": str(number), "text": text} for number, text in enumerate(texts, 1)))
    run(inbox)
    copies = sorted([article_id(inbox, 2), article_id(inbox, 3)])
    assert forget(article_id(inbox, 1), Settings(warehouse=warehouse(inbox))).copies == copies
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(3,)]


def test_an_article_is_found_by_its_address_and_lines_that_quote_its_title_or_short_sentences_are_emptied(
    inbox: Path,
) -> None:
    url, title, short = "https://example.org/loan", "Quillfeather lends to neighbours", "No. She? Brackendale said."
    about = {"id": "1", "url": url, "title": title, "text": short}
    write_lines(inbox / "a.jsonl", about, record(2), {"id": "3", "text": 7, "title": title})
    (inbox / "b.jsonl").write_text(f'{{"title": "{title}\n{{"text": "{short}\n', encoding="utf-8")
    run(inbox)
    forget(url, Settings(warehouse=warehouse(inbox)))
    assert rows(inbox, "SELECT external_id FROM dim_article") == [("2",)]
    assert traces(WarehousePaths.of(warehouse(inbox)).work) == set()


def test_forgetting_what_is_not_there_changes_nothing(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), record(2))
    run(inbox)
    for word, says in (("nowhere", "0 articles fit"), ("a.jsonl", "2 articles fit"), (" ", "an empty word")):
        with pytest.raises(UnknownArticleError, match=says):
            forget(word, Settings(warehouse=warehouse(inbox)))
    assert build_rows(inbox, "SELECT count(*) FROM etl.run") == [(1,)]


def test_landed_pages_go_with_their_records_whatever_the_order_of_the_folder(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.page").write_text(f"<p>{STORY}</p>")
        (tmp_path / f"{number:02}.json").write_text(json.dumps({"url": f"https://news.example/{number}"}))
    (tmp_path / "feed.page").write_text("<p>another article</p>")
    drop_pages(tmp_path, [f"https://news.example/{number}" for number in range(40)], [STORY])
    assert [file.name for file in tmp_path.iterdir()] == ["feed.page"]
