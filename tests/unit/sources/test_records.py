import csv
import gzip
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
import zstandard

from flows.sources.discover import discover
from flows.sources.read import UnknownFieldError, read_articles
from flows.sources.records import ARTICLE_SCHEMA
from tests.unit.sources.reading import read, refused, write

Row = Mapping[str, object]

ROWS: Sequence[Row] = [
    {
        "id": "7",
        "text": "Première phrase, “quoted”.\r\n\r\nSecond;\tline.",
        "title": " A title ",
        "published_on": "2023-11-06T23:40:00-05:00",
        "url": "https://example.org/7",
        "source": "Meridian Wire",
        "author": "A, B",
        "language": "fr",
    },
    {"id": "8", "text": " Another. ", "source": "Meridian Wire"},
]


def as_jsonl(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_csv(rows: Sequence[Row]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def as_parquet(rows: Sequence[Row]) -> bytes:
    file = io.BytesIO()
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(file)
    return file.getvalue()


FORMATS: Mapping[str, Callable[[Sequence[Row]], bytes]] = {"jsonl": as_jsonl, "csv": as_csv, "parquet": as_parquet}
PACK: Mapping[str, Callable[[bytes], bytes]] = {
    "": lambda content: content,
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("form", FORMATS)
def test_records_of_every_format_give_the_same_articles(form: str, suffix: str, tmp_path: Path) -> None:
    batch = read(write(tmp_path, f"a.{form}{suffix}", PACK[suffix](FORMATS[form](ROWS))))
    expected = read(write(tmp_path, "expected.jsonl", as_jsonl(ROWS)))
    assert batch.articles.schema == ARTICLE_SCHEMA
    assert batch.articles.drop("source_uri").equals(expected.articles.drop("source_uri"))
    assert refused(batch) == []


def test_a_record_keeps_its_text_and_gives_its_fields(tmp_path: Path) -> None:
    first, second = read(write(tmp_path, "a.jsonl", as_jsonl(ROWS))).articles.iter_rows(named=True)
    assert first["text"] == ROWS[0]["text"]
    assert second["text"] == " Another. "
    assert (first["external_id"], first["title"], first["author"]) == ("7", "A title", "A, B")
    assert (first["source_name"], first["language"]) == ("Meridian Wire", "fr")
    assert (first["published_on"], first["published_from"]) == (date(2023, 11, 6), "field")
    assert first["published_at"].isoformat() == "2023-11-07T04:40:00"
    assert (second["published_on"], second["published_from"], second["title"]) == (None, "none", None)


@pytest.mark.parametrize("form", FORMATS)
def test_columns_under_other_names_are_mapped(form: str, tmp_path: Path) -> None:
    rows = [{"key": "7", "body": "The text.", "text": "Not the text.", "when": "2023-11-06"}]
    path = write(tmp_path, f"a.{form}", FORMATS[form](rows))
    row = read(path, {"text": "body", "id": "key", "published_on": "when"}).articles.row(0, named=True)
    assert (row["text"], row["external_id"], row["published_on"]) == ("The text.", "7", date(2023, 11, 6))


def test_a_mapping_of_an_unknown_field_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownFieldError, match="body"):
        read(write(tmp_path, "a.jsonl", b"{}"), {"body": "text"})


def test_plain_values_become_text_and_others_are_left_out(tmp_path: Path) -> None:
    row = {"id": 7, "text": "A.", "author": ["A. One", "B. Two"], "title": {"en": "x"}, "url": True, "source": ""}
    batch = read(write(tmp_path, "a.jsonl", as_jsonl([row])))
    article = batch.articles.row(0, named=True)
    assert (article["external_id"], article["author"], article["source_name"]) == ("7", "A. One, B. Two", None)
    assert (article["title"], article["url"]) == (None, None)
    assert refused(batch) == [("bad_type", "line 1, url"), ("bad_type", "line 1, title")]
    assert batch.rejects["severity"].to_list() == ["warning"] * 2


def test_long_numbers_keep_all_digits_as_ids(tmp_path: Path) -> None:
    lines = b'{"id": 123456789012345678901234567890, "text": "A."}\n{"id": 1.50, "text": "B."}\n'
    assert read(write(tmp_path, "a.jsonl", lines)).articles["external_id"].to_list() == [
        "123456789012345678901234567890",
        "1.5",
    ]


def test_parquet_columns_may_be_numbers_days_times_and_categories(tmp_path: Path) -> None:
    moment = datetime(2023, 11, 6, 10, 30, tzinfo=UTC)
    frame = pl.DataFrame({"id": [1, 2], "text": ["A.", "B."], "published_on": [moment, None], "author": [["x"], None]})
    path = tmp_path / "a.parquet"
    frame.with_columns(source=pl.lit("Wire").cast(pl.Categorical)).write_parquet(path)
    batch = read(path)
    assert batch.articles.select("external_id", "source_name", "published_on").rows() == [
        ("1", "Wire", date(2023, 11, 6)),
        ("2", "Wire", None),
    ]
    assert refused(batch) == [("bad_type", "column author")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_may_use_other_delimiters(delimiter: str, tmp_path: Path) -> None:
    text = "A, semicolon; and | bar.\n\nNext."
    quoted = f'id{delimiter}text\r\n7{delimiter}"{text}"\r\n'
    assert read(write(tmp_path, "a.csv", quoted)).articles["text"].to_list() == [text]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_records_in_other_encodings_are_decoded(form: str, encoding: str, tmp_path: Path) -> None:
    row = {"id": "São", "text": "The minister’s visit to São Paulo cost more than was planned, officials of both said."}
    content = json.dumps(row, ensure_ascii=False).encode() if form == "jsonl" else as_csv([row])
    batch = read(write(tmp_path, f"a.{form}", content.decode().encode(encoding)))
    assert batch.articles.select("external_id", "text").rows() == [(row["id"], row["text"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n \n"])
def test_lines_of_json_may_end_as_on_any_system(end: str, tmp_path: Path) -> None:
    lines = end.join(json.dumps({"id": number, "text": "A\rb."}) for number in range(3))
    assert read(write(tmp_path, "a.jsonl", lines)).articles["external_id"].to_list() == ["0", "1", "2"]


def test_batches_are_bounded_by_the_size_of_their_texts(tmp_path: Path) -> None:

    path = write(tmp_path, "a.jsonl", as_jsonl([{"id": n, "text": "é" * 50} for n in range(25)]))
    batches = list(read_articles(discover([str(path)], tmp_path)[0], {}, 1000))
    assert [(batch.articles.height, batch.text_bytes) for batch in batches] == [(10, 1000), (10, 1000), (5, 500)]
