"""The index: going on from the last, left out, missing, broken or stopped; search works all the while."""

import errno
import importlib.util
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb
import pytest

from flows.forget import forget
from flows.indexing import Indexed, index_published
from flows.rollback import rollback
from flows.settings import Settings
from tests.integration.search.newsroom import ARCHIVE, article, index_file, look, run, search_names, write_archive
from warehouse.paths import WarehousePaths
from warehouse.reader import open_published
from warehouse.search import search
from warehouse.search_index import make_index

RUN = "SELECT state, index_seconds, message FROM etl.run ORDER BY run_id DESC LIMIT 1"


def add(warehouse: Path, name: str, text: str, **settings: Any) -> Any:  # noqa: ANN401
    """Write one more article, or another text of it, and run."""
    write_archive(warehouse.parent / "inbox", article(name, text), name=f"{name}.jsonl")
    return run(warehouse.parent, **settings)


def contents(index: Path) -> set[tuple[object, ...]]:
    """What an index holds, free of its numbers: article, its words, stem, times."""
    query = (
        "SELECT article_id, word_count, stem, times "
        "FROM posting JOIN article USING (article_no) JOIN word USING (stem_no)"
    )
    with duckdb.connect(str(index), read_only=True) as connection:
        return set(connection.sql(query).fetchall())


def plain(warehouse: Path, query: str = "port") -> str | None:
    """Why a search did without the index, or None."""
    return look(warehouse, query).plain


def last_run(warehouse: Path) -> tuple[object, ...]:
    paths = WarehousePaths.of(warehouse)
    with duckdb.connect(str(paths.build), read_only=True) as connection:
        return connection.sql(RUN).fetchall()[0]


def test_the_index_of_a_new_version_goes_on_from_the_last_and_holds_what_one_from_scratch_does(own: Path) -> None:
    before = index_file(own)
    job = add(own, "zebra", "A zebra crosses the port.")
    write_archive(own.parent / "inbox", article("port", "The harbour was closed."), *ARCHIVE[1:])
    run(own.parent)
    after = index_file(own)
    assert job.record.index_seconds > 0
    assert after.parent != before.parent
    assert search_names(own, "zebra") == ["zebra"]
    assert search_names(own, "mombasa crane") == []  # what it said before it was changed
    assert set(search_names(own, "closed harbour")) == {"port"}
    gone_on = contents(after)
    for index in WarehousePaths.of(own).versions.rglob("*.search"):
        index.unlink()
    make_index(WarehousePaths.of(own), 100)
    assert contents(index_file(own)) == gone_on


def test_readers_of_an_earlier_version_search_it_by_its_own_index(own: Path) -> None:
    with open_published(own) as reader:
        add(own, "zebra", "A zebra crosses the port.")
        found = search(reader, "zebra")
        assert (found.total, found.plain) == (0, None)
    assert search_names(own, "zebra") == ["zebra"]


@pytest.mark.parametrize("harm", ["missing", "broken", "cut", "of another version", "of another layout", "a folder"])
def test_without_an_index_of_this_version_search_matches_plainly_and_the_next_run_builds_it(
    own: Path, harm: str
) -> None:
    index = index_file(own)
    whole = index.read_bytes()
    if harm == "of another version":
        add(own, "zebra", "A zebra crosses the port.")
        index = index_file(own)
        index.write_bytes(whole)
    elif harm == "of another layout":
        with duckdb.connect(str(index)) as connection:
            connection.execute("UPDATE about SET made_by = '0 DuckDB 1.4.0'")
    else:
        index.unlink()
        harms = {"broken": b"no index", "cut": whole[: len(whole) // 2]}
        if harm in harms:
            index.write_bytes(harms[harm])
        if harm == "a folder":
            index.mkdir()
    why = plain(own)
    assert why
    assert "search index" in why
    assert search_names(own, "mombasa") == ["port"]
    paths = WarehousePaths.of(own)
    indexed = index_published(paths, 100)
    if harm == "a folder":  # nobody but the user knows what that is
        assert "no search index was built" in str(indexed.fault)
        return
    assert indexed.seconds
    assert plain(own) is None
    assert index_published(paths, 100) == Indexed()


def test_without_the_extension_search_goes_on_and_says_so(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr("warehouse.words.find_spec", lambda _: None)
    assert plain(own) is None  # a form of the word that stands in an article needs no stemmer
    assert "duckdb-extension-fts" in str(plain(own, "porting"))
    job = add(own, "zebra", "A zebra crosses the port.")
    assert (job.record.state, job.record.index_seconds) == ("published", None)
    assert "duckdb-extension-fts" in str(job.index_fault)
    assert search_names(own, "zebra") == ["zebra"]
    assert plain(own)


def test_above_the_size_that_the_settings_name_there_is_no_index(own: Path) -> None:
    job = add(own, "zebra", "A zebra crosses the port.", search_mb=0.0001)
    assert (job.index_fault, job.record.index_seconds, job.record.message) == (None, None, None)
    assert not index_file(own).exists()
    assert plain(own)
    unchanged = run(own.parent)
    assert (unchanged.record.state, unchanged.index_fault) == ("unchanged", None)
    assert unchanged.record.index_seconds
    assert plain(own) is None


def test_an_index_that_cannot_be_built_fails_no_run_and_leaves_nothing(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = [KeyError("bug"), duckdb.OutOfMemoryException("too much"), OSError(errno.ENOSPC, "No space left")]

    def fail(*_: object) -> None:
        raise faults.pop()

    with monkeypatch.context() as patch:
        patch.setattr("warehouse.search_index._fill", fail)
        job = add(own, "zebra", "A zebra crosses the port.")
        told = [str(job.index_fault), *(str(index_published(job.paths, 100).fault) for _ in (1, 2))]
    assert [text.partition(": ")[0] for text in told] == ["no search index was built"] * 3
    assert last_run(own) == ("published", None, job.index_fault)
    assert [file.name for file in own.resolve().parent.iterdir()] == [own.name]
    assert search_names(own, "zebra") == ["zebra"]
    assert index_published(job.paths, 100).seconds
    assert plain(own) is None


def test_nothing_of_a_build_that_died_is_left_after_the_next(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    index_file(own).unlink()
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.search_index._fill", die)
        patch.setattr("warehouse.search_index._clear", die)
        with pytest.raises(KeyboardInterrupt):
            make_index(WarehousePaths.of(own), 100)
    (own.resolve().parent / f"{own.name}.search.draft.tmp").mkdir()
    assert len(list(own.resolve().parent.iterdir())) > 2
    assert index_published(WarehousePaths.of(own), 100).seconds
    assert {file.name for file in own.resolve().parent.iterdir()} == {own.name, f"{own.name}.search"}


def test_a_rollback_brings_back_the_index_of_the_version(own: Path) -> None:
    add(own, "zebra", "A zebra crosses the port.")
    rollback(Settings(warehouse=own), None)
    found = look(own, "zebra")
    assert (found.total, found.plain) == (0, None)
    assert search_names(own, "mombasa") == ["port"]


def test_an_earlier_index_that_is_broken_does_not_stop_the_next(own: Path) -> None:
    index_file(own).write_bytes(b"broken")
    assert add(own, "zebra", "A zebra crosses the port.").index_fault is None
    assert plain(own) is None


def test_no_index_holds_a_word_of_a_forgotten_article(own: Path) -> None:
    add(own, "secret", "Quillfeather of Brackendale lent a neighbour money.")
    forget("secret", Settings(warehouse=own))
    assert plain(own) is None
    assert look(own, "quillfeather").total == 0
    for file in own.parent.joinpath(".news").rglob("*.search*"):
        assert b"Quillfeather" not in file.read_bytes()
        with duckdb.connect(str(file), read_only=True) as connection:
            words = {word for (word,) in connection.sql("SELECT word FROM word UNION SELECT stem FROM word").fetchall()}
            ((free,),) = connection.sql("SELECT free_blocks FROM pragma_database_size()").fetchall()
        assert not {word for word in words if word.lower().startswith(("quill", "bracken"))}
        assert free == 0


def test_searches_while_versions_are_published_see_one_version_each(own: Path) -> None:
    done, seen = Event(), []

    def keep_searching() -> None:
        while not done.wait(0.05):
            with open_published(own) as reader:
                found = search(reader, "zebra")
                ((count,),) = reader.rows("SELECT count(*) FROM article_text WHERE contains(text, 'zebra')")
                seen.append((found.total, count, found.plain))

    searcher = Thread(target=keep_searching)
    searcher.start()
    try:
        for number in range(2):
            add(own, f"zebra{number}", f"Zebra number {number} crosses: a zebra.")
    finally:
        done.set()
        searcher.join()
    assert {found for found, _, _ in seen} >= {0}
    assert [found for found, count, _ in seen if found != count] == []
    assert set(search_names(own, "zebra")) == {"zebra0", "zebra1"}
