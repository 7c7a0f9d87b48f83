"""Hostile text, names and archives from file to published warehouse: kept as they are or refused, and never run."""

import gzip
import json
from pathlib import Path

import pytest
import zstandard

from flows.sources.discover import discover
from tests.reliability.command import run_command
from tests.reliability.hostile import NAMES, POISON
from warehouse.reader import Rows, open_published

CONTROLS = {chr(code): " " for code in range(128) if not chr(code).isprintable() and chr(code) not in "\n\t"}
STORY = "Japan pledged $2 billion to Kenya on 3 March 2021."


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def load(inbox: Path) -> Path:
    warehouse = inbox.parent / "news.duckdb"
    assert run_command(["run", str(inbox), "--warehouse", str(warehouse)]) == 0
    return warehouse


def rows(warehouse: Path, query: str) -> Rows:
    with open_published(warehouse) as reader:
        return reader.rows(query)


def test_poisoned_fields_and_texts_are_stored_as_they_are(inbox: Path) -> None:
    texts = {f"p{n}": f"{STORY} He wrote: {poison} and left." for n, poison in enumerate(POISON)}
    fields = ("title", "author", "url", "source")
    lines = [
        json.dumps({"id": number, "text": text, "language": "en", **dict.fromkeys(fields, f"x {POISON[n]} x")})
        for n, (number, text) in enumerate(texts.items())
    ]
    (inbox / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    warehouse = load(inbox)
    query = "SELECT external_id, text FROM dim_article JOIN article_text USING (article_id)"
    stored = {str(number): text for number, text in rows(warehouse, query)}
    table = str.maketrans(CONTROLS)
    assert stored == {number: text.translate(table) for number, text in texts.items()}
    titles = {str(title) for (title,) in rows(warehouse, "SELECT title FROM dim_article")}
    assert "x '; DROP TABLE fact_figure; -- x" in titles
    assert rows(warehouse, "SELECT count(*) FROM fact_figure WHERE surface = '$2 billion'") == [(len(POISON),)]


def test_files_of_any_name_are_read_under_their_own(inbox: Path) -> None:
    paths = {inbox / f"{name.replace('{n}', str(n))}.txt" for n, name in enumerate(NAMES)}
    for n, path in enumerate(sorted(paths)):
        path.write_text(f"{STORY} Told {n}.", encoding="utf-8")
    warehouse = load(inbox)
    assert {str(uri) for (uri,) in rows(warehouse, "SELECT source_uri FROM dim_article")} == {str(p) for p in paths}
    assert run_command(["run", str(inbox), "--warehouse", str(warehouse)]) == 0
    assert rows(warehouse, "SELECT count(*) FROM dim_article") == [(len(NAMES),)]


def test_a_warehouse_may_have_a_name_of_any_kind(inbox: Path) -> None:
    (inbox / "a.txt").write_text(STORY, encoding="utf-8")
    folder = inbox.parent / 'it\'s a "place"; DROP'
    folder.mkdir()
    warehouse = folder / "new's $(x) %s.duckdb"
    assert run_command(["run", str(inbox), "--warehouse", str(warehouse)]) == 0
    assert rows(warehouse, "SELECT count(*) FROM dim_article") == [(1,)]


def test_ten_megabytes_without_a_space_are_stored_and_the_others_extracted(inbox: Path) -> None:
    (inbox / "long.txt").write_text("x" * 10_000_000, encoding="utf-8")
    (inbox / "digits.txt").write_text("7" * 4_000_000, encoding="utf-8")
    (inbox / "plain.txt").write_text(STORY, encoding="utf-8")
    warehouse = load(inbox)
    found = rows(warehouse, "SELECT parse_filename(source_uri), char_count FROM dim_article ORDER BY ALL")
    assert found == [("digits.txt", 4_000_000), ("long.txt", 10_000_000), ("plain.txt", len(STORY))]
    assert rows(warehouse, "SELECT count(*) FROM fact_figure WHERE surface = '$2 billion'") == [(1,)]


def test_bombs_are_refused_and_what_they_expand_to_is_never_held(inbox: Path) -> None:
    (inbox / "zeros.txt.gz").write_bytes(gzip.compress(bytes(200_000_000), 9))
    (inbox / "lines.jsonl.zst").write_bytes(
        zstandard.ZstdCompressor().compress((b'{"text": "%s"}\n' % (b" " * 50_000)) * 4000)
    )
    nested = gzip.compress(gzip.compress(b" " * 100_000_000))
    (inbox / "nested.txt.gz").write_bytes(nested)
    (inbox / "plain.txt").write_text(STORY, encoding="utf-8")
    warehouse = load(inbox)
    found = rows(warehouse, "SELECT parse_filename(source_uri), reason FROM etl.reject WHERE reason <> 'empty_text'")
    reasons = {str(name): reason for name, reason in found}
    assert reasons["zeros.txt.gz"] in {"bomb", "too_large"}
    assert reasons["lines.jsonl.zst"] == "bomb"
    assert "nested.txt.gz" in reasons
    assert rows(warehouse, "SELECT count(*) FROM dim_article") == [(1,)]


def test_archives_of_many_files_are_no_format_that_is_read(inbox: Path) -> None:
    """So no member of one can lie at `../`: they are passed over in folders."""
    for name in ("a.zip", "b.tar", "c.tar.gz", "d.tgz", "e.7z"):
        (inbox / name).write_bytes(b"PK\x03\x04../../etc/passwd")
    assert discover([str(inbox)], inbox) == []
