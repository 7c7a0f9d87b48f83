import json
from pathlib import Path

import polars as pl

from tests.unit.sources.reading import read, write


def ids(folder: Path, name: str, *rows: dict[str, object]) -> list[str]:
    path = write(folder, name, "".join(json.dumps(row) + "\n" for row in rows))
    return read(path.parent).articles["article_id"].to_list()


def test_an_article_is_the_same_wherever_its_source_says_so(tmp_path: Path) -> None:
    first = ids(tmp_path / "a", "x.jsonl", {"id": 1, "source": "Wire", "url": "https://a.example", "text": "Old."})
    moved = ids(tmp_path / "b", "sub/y.jsonl", {"id": "1", "source": " Wire ", "text": "New."})
    other = ids(tmp_path / "c", "x.jsonl", {"id": 1, "source": "Post", "text": "Old."})
    assert first == moved != other


def test_without_an_id_the_address_identifies(tmp_path: Path) -> None:
    first = ids(tmp_path / "a", "x.jsonl", {"url": "https://a.example", "source": "Wire", "text": "Old."})
    moved = ids(tmp_path / "b", "y.jsonl", {"url": "https://a.example", "text": "New."})
    assert first == moved


def test_without_both_the_path_within_the_source_folder_identifies(tmp_path: Path) -> None:
    for folder, text in (("a", "Old."), ("b", "New.")):
        write(tmp_path / folder, "sub/x.txt", text)
    write(tmp_path / "c", "x.txt", "Old.")
    same = [read(tmp_path / folder).articles["article_id"].to_list() for folder in ("a", "b")]
    assert same[0] == same[1] != read(tmp_path / "c").articles["article_id"].to_list()


def test_records_without_id_and_address_are_told_apart_by_their_content(tmp_path: Path) -> None:
    first = ids(tmp_path / "a", "x.jsonl", {"text": "One."}, {"text": "Two."}, {"text": "One."})
    swapped = ids(tmp_path / "b", "x.jsonl", {"text": "Two."}, {"text": "One."})
    assert first[0] == first[2] != first[1]
    assert swapped == [first[1], first[0]]


def test_an_id_an_address_and_a_path_are_never_mistaken_for_each_other(tmp_path: Path) -> None:
    found = ids(tmp_path, "x.jsonl", {"id": "x.txt", "text": "A."}, {"url": "x.txt", "text": "A."})
    write(tmp_path, "x.txt", "A.")
    assert len({*found, *read(tmp_path).articles["article_id"].to_list()}) == 3


def test_the_content_hash_covers_text_and_fields_and_nothing_of_the_place(tmp_path: Path) -> None:
    row: dict[str, object] = {"id": 1, "text": "A.", "title": "T", "published_on": "2023-11-06"}
    variants: list[dict[str, object]] = [
        row,
        {**row, "text": "A. "},
        {**row, "title": "U"},
        {**row, "published_on": "2023-11-07"},
        {**row, "published_on": "2023-11-06T00:00:00Z"},
        {**row, "author": "T", "title": None},
    ]
    paths = [write(tmp_path, f"{folder}.jsonl", "\n".join(map(json.dumps, variants))) for folder in ("a", "b")]
    hashes = [read(path).articles["content_sha256"] for path in paths]
    assert hashes[0].n_unique() == len(variants)
    assert hashes[0].equals(hashes[1])


def test_ids_and_hashes_stay_what_they_were(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "source": "Wire", "title": "T", "published_on": "2023-11-06", "text": "São Paulo."},
        {"url": "https://a.example/1", "text": "A."},
    ]
    articles = read(write(tmp_path, "x.jsonl", "\n".join(map(json.dumps, rows)))).articles
    assert articles.select("article_id", pl.col("content_sha256").str.head(16)).rows() == [
        ("2b05160a2e39f9f0", "6b43ce749b9fb438"),
        ("6f43ec913e42728d", "e177985a3046de60"),
    ]
