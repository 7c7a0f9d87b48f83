"""Exports read back: each format holds what the warehouse holds, and its description holds for it."""

import csv
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import Package

from flows.settings import Settings
from flows.steps import run_plain
from tests.integration.warehouse.workbooks import read_sheets, sheet_xml
from warehouse.connection import open_build
from warehouse.export import workbook
from warehouse.export.catalog import ExportError
from warehouse.export.export import Request, export
from warehouse.export.files import Exported
from warehouse.paths import WarehousePaths
from warehouse.publish import publish
from warehouse.reader import Reader, open_published

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '"quoted", and, commas',
    "tab\tand\nlines\r\nof them",
    "NULL",
    "\\N",
    "ü😀 ",
    "_x0041_",
]
"""Titles that one format or another would take for something else."""


def record(number: int, **fields: Any) -> str:  # noqa: ANN401
    text = f"In 1776 Japan pledged $2 billion to Kenya. Story {number} says that {number} people died on 3 May 2021."
    return json.dumps({"id": str(number), "text": text, **fields})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of articles with hostile titles, of three months and of no known day."""
    folder = tmp_path_factory.mktemp("hostile")
    days: list[str | None] = ["2021-03-05", "2021-04-05", "1899-12-31", None]
    lines = [record(number, title=title, published_on=days[number % 4]) for number, title in enumerate(HOSTILE)]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run_plain([str(folder / "news.jsonl")], Settings(warehouse=folder / "news.duckdb"))
    return folder / "news.duckdb"


def exported(warehouse: Path, target: Path, form: str, *tables: str, **options: Any) -> list[Exported]:  # noqa: ANN401
    with open_published(warehouse) as reader:
        return export(reader, target, Request(form, tables, "news", **options), silent)


def silent(name: str, done: int, total: int) -> None:
    assert name
    assert done <= total


def resources(target: Path) -> list[dict[str, Any]]:
    package: dict[str, Any] = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    return list(package["resources"])


def table_of(resource: dict[str, Any]) -> str:
    name = str(resource["name"])
    return name if "." in name else f"main.{name}"


def paths_of(resource: dict[str, Any], target: Path) -> list[str]:
    paths = resource["path"]
    return [str(target / path) for path in ([paths] if isinstance(paths, str) else paths)]


@pytest.fixture(scope="module")
def parquet(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("exports") / "parquet"
    exported(hostile, target, "parquet")
    return target


@pytest.fixture(scope="module")
def texts(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("exports") / "csv"
    exported(hostile, target, "csv", licence="CC-BY-4.0")
    return target


def differing(reader: Reader, table: str, source: str) -> int:
    """Rows that the table and what is read back do not share, counted with their copies."""
    query = f"SELECT count(*) FROM ((FROM {table} EXCEPT ALL {source}) UNION ALL ({source} EXCEPT ALL FROM {table}))"
    ((found,),) = reader.rows(query)
    return int(str(found))


def test_parquet_holds_every_table_and_mart_with_its_types(hostile: Path, parquet: Path) -> None:
    with open_published(hostile) as reader:
        listed = reader.rows(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() UNION ALL "
            "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal"
        )
        assert {table_of(resource) for resource in resources(parquet)} == {name for (name,) in listed}
        for resource in resources(parquet):
            (path,) = paths_of(resource, parquet)
            table, source = table_of(resource), f"FROM read_parquet('{path}')"
            assert reader.rows(f"DESCRIBE {source}")[0][:2] == reader.rows(f"DESCRIBE FROM {table}")[0][:2]
            assert differing(reader, table, source) == 0, table
            assert resource["rows"] == pl.scan_parquet(path).select(pl.len()).collect().item()


def test_csv_is_read_back_as_it_was_also_where_a_text_is_empty(hostile: Path, texts: Path) -> None:
    with open_published(hostile) as reader:
        assert reader.rows("SELECT DISTINCT mapping FROM etl.source") == [("",)]
        for resource in resources(texts):
            (path,) = paths_of(resource, texts)
            types = dict(
                reader.connection.execute(
                    "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name || '.' || table_name = ?",
                    [table_of(resource)],
                ).fetchall()
            )
            source = f"FROM read_csv('{path}', columns = {types}, allow_quoted_nulls = false, header = true)"
            assert differing(reader, table_of(resource), source) == 0, table_of(resource)


def test_a_plain_csv_reader_gets_the_texts_and_iso_times(texts: Path, hostile: Path) -> None:
    with (texts / "dim_article.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open_published(hostile) as reader:
        held = reader.rows("SELECT title, loaded_at, published_on FROM dim_article ORDER BY article_id")
    assert {row["title"] for row in rows} >= {"=1+1", "@SUM(A1)", "NULL", "\\N", '"quoted", and, commas'}
    assert [row["title"] for row in rows] == [title for title, *_ in held]
    assert [row["loaded_at"] for row in rows] == [f"{at:%Y-%m-%dT%H:%M:%S.%fZ}" for _, at, _ in held]
    assert [row["published_on"] for row in rows] == [str(day or "") for *_, day in held]


def test_frictionless_finds_that_the_csv_files_are_as_described(texts: Path) -> None:
    report = Package(str(texts / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    package = json.loads((texts / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["created"].endswith("Z")


def test_frictionless_finds_that_the_rows_of_the_parquet_files_are_as_described(parquet: Path) -> None:
    described = json.loads((parquet / "datapackage.json").read_text(encoding="utf-8"))
    large = {
        "dim_date",
        "dim_actor_alias",
        "dim_actor_office",
    }  # nothing names their rows
    described["resources"] = [resource for resource in described["resources"] if resource["name"] not in large]
    for resource in described["resources"]:
        frame = pl.read_parquet(parquet / resource.pop("path"))
        resource["data"] = [frame.columns, *map(list, frame.rows())]
        for name in ("format", "mediatype", "bytes", "hash"):
            del resource[name]
    report = Package.from_descriptor(described).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("fact_figure", ",exact,", ",maybe,", "constraint-error"),
        ("fact_actor_mention", "country:jpn", "country:xyz", "foreign-key"),
        ("dim_article", "2021-03-05", "yesterday", "type-error"),
        ("fact_claim", "$2 billion", "$3 billion", "hash-count"),
    ],
)
def test_the_description_is_strict_enough_to_catch_a_changed_file(
    hostile: Path, tmp_path: Path, name: str, old: str, new: str, fault: str
) -> None:
    tables = ("dim_actor", "dim_article", "dim_unit", "fact_figure", "fact_actor_mention", "fact_claim")
    exported(hostile, tmp_path / "out", "csv", *tables)
    file = tmp_path / "out" / f"{name}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert fault in {found for (found,) in report.flatten(["type"])}


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_large_table_is_a_file_a_month(hostile: Path, tmp_path: Path, form: str) -> None:
    exported(hostile, tmp_path / "out", form, "fact_figure", "mart.evidence", "dim_unit", month_rows=1)
    figures, evidence, unit = resources(tmp_path / "out")
    months = ["1899-12", "2021-03", "2021-04", "__HIVE_DEFAULT_PARTITION__"]
    assert figures["path"] == [f"fact_figure/published_month={month}/data.{form}" for month in months]
    assert evidence["path"] == [f"mart/evidence/published_month={month}/data.{form}" for month in months]
    assert unit["path"] == f"dim_unit.{form}"
    assert [part["path"] for part in figures["parts"]] == figures["path"]
    assert sum(part["rows"] for part in figures["parts"]) == figures["rows"]
    with open_published(hostile) as reader:
        pattern = str(tmp_path / "out" / "fact_figure" / "*" / f"*.{form}")
        read = f"read_{form}('{pattern}', hive_partitioning = true)"
        found = reader.rows(f"SELECT DISTINCT published_month FROM {read} ORDER BY 1 NULLS LAST")
        assert found == [("1899-12",), ("2021-03",), ("2021-04",), (None,)]
        if form == "parquet":
            assert differing(reader, "main.fact_figure", f"SELECT * EXCLUDE published_month FROM {read}") == 0
        else:
            assert Package(str(tmp_path / "out" / "datapackage.json")).validate().valid


def test_the_same_version_gives_the_same_bytes(hostile: Path, parquet: Path, tmp_path: Path) -> None:
    exported(hostile, tmp_path / "again", "parquet")
    assert resources(tmp_path / "again") == resources(parquet)
    assert (tmp_path / "again" / "mart" / "claims.parquet").read_bytes() == (
        parquet / "mart" / "claims.parquet"
    ).read_bytes()


def test_excel_holds_typed_cells_and_texts_that_stay_texts(hostile: Path, tmp_path: Path) -> None:
    exported(hostile, tmp_path / "out", "xlsx", "dim_article", "fact_date_mention", "etl.run")
    sheets = read_sheets(tmp_path / "out" / "news.xlsx")
    assert list(sheets) == ["dim_article", "fact_date_mention", "etl.run", "columns"]
    head, *articles = sheets["dim_article"]
    letter = {name: place for place, (_, name) in head.items()}
    with open_published(hostile) as reader:
        held = reader.rows("SELECT title, published_on, char_count FROM dim_article ORDER BY article_id")
    assert len(articles) == len(held)
    for row, (title, day, length) in zip(articles, held, strict=True):
        assert row[letter["title"]] == ("s", str(title).replace("_x0041_", "_x005F_x0041_").replace("\r", "_x000D_"))
        assert row[letter["char_count"]] == ("n", str(length))
        assert row.get(letter["published_on"]) == excel_day(day)
    assert "<f>" not in sheet_xml(tmp_path / "out" / "news.xlsx", 1)
    assert 'state="frozen"' in sheet_xml(tmp_path / "out" / "news.xlsx", 1)
    assert "<autoFilter" in sheet_xml(tmp_path / "out" / "news.xlsx", 1)
    head, *dates = sheets["fact_date_mention"]
    starts = next(place for place, (_, name) in head.items() if name == "starts_on")
    assert ("s", "1776-01-01") in [row.get(starts) for row in dates]
    changed = next(place for place, (_, name) in sheets["etl.run"][0].items() if name == "changed")
    assert sheets["etl.run"][1][changed] == ("b", "1")
    assert {"A": ("s", "dim_article"), "B": ("s", "title"), "C": ("s", "VARCHAR")}.items() <= {
        place: cell for row in sheets["columns"] if row["B"] == ("s", "title") for place, cell in row.items()
    }.items()


def excel_day(day: object) -> tuple[str, str] | None:
    """A day as Excel counts it; what is before its calendar is a text."""
    if day is None:
        return None
    assert isinstance(day, date)
    return ("s", str(day)) if day.year < 1900 else ("n", str((day - date(1899, 12, 30)) // timedelta(days=1)))


def test_excel_says_which_table_it_cannot_take_and_what_to_do(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExportError, match=r"--table mart\.claims"):
        exported(hostile, tmp_path / "out", "xlsx")
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    with pytest.raises(ExportError, match=r"mart.claims has 11 rows, .* takes 5: .*--format csv"):
        exported(hostile, tmp_path / "out", "xlsx", "mart.claims")
    monkeypatch.setattr(workbook, "MOST_ROWS", 1_000_000)
    monkeypatch.setattr(workbook, "LONGEST_TEXT", 40)
    with pytest.raises(ExportError, match=r"in article_text.text does not fit an Excel cell"):
        exported(hostile, tmp_path / "out", "xlsx", "article_text")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_refused_and_an_export_replaced(hostile: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ExportError, match=r"letter\.txt"):
        exported(hostile, mine, "csv", "dim_unit")
    assert [file.name for file in mine.iterdir()] == ["letter.txt"]
    exported(hostile, tmp_path / "out", "csv", "dim_unit", "etl.run")
    exported(hostile, tmp_path / "out", "parquet", "dim_unit")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["datapackage.json", "dim_unit.parquet"]
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match=r"notes\.txt"):
        exported(hostile, tmp_path / "out", "csv", "dim_unit")
    with pytest.raises(ExportError, match="is no folder"):
        exported(hostile, mine / "letter.txt", "csv", "dim_unit")
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["mine", "out"]


def test_an_interrupted_export_leaves_the_earlier_one_and_nothing_else(hostile: Path, tmp_path: Path) -> None:
    exported(hostile, tmp_path / "out", "csv", "dim_unit")
    before = (tmp_path / "out" / "datapackage.json").read_bytes()

    def interrupt(name: str, done: int, total: int) -> None:
        raise KeyboardInterrupt(name, done, total)

    with open_published(hostile) as reader, pytest.raises(KeyboardInterrupt):
        export(reader, tmp_path / "out", Request("csv", ("etl.run", "dim_unit"), "news"), interrupt)
    assert (tmp_path / "out" / "datapackage.json").read_bytes() == before
    assert [folder.name for folder in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_export_left_is_removed_and_a_running_one_left_alone(hostile: Path, tmp_path: Path) -> None:
    left = tmp_path / ".out.draft-killed"
    left.mkdir()
    (left / "dim_unit.csv").write_text("unit", encoding="utf-8")
    seen: list[list[str]] = []

    def second(name: str, done: int, total: int) -> None:
        silent(name, done, total)
        exported(hostile, tmp_path / "out", "csv", "dim_unit")
        seen.append(sorted(folder.name for folder in tmp_path.iterdir()))

    with open_published(hostile) as reader:
        export(reader, tmp_path / "out", Request("csv", ("etl.run",), "news"), second)
    assert [len(names) for names in seen] == [2]
    assert [folder.name for folder in tmp_path.iterdir()] == ["out"]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["datapackage.json", "etl"]


@pytest.fixture
def empty(tmp_path: Path) -> WarehousePaths:
    paths = WarehousePaths.of(tmp_path / "empty.duckdb")
    with open_build(paths) as build:
        publish(build, paths, "r0")
    return paths


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_an_empty_warehouse_is_exported_with_all_its_columns(empty: WarehousePaths, form: str, tmp_path: Path) -> None:
    tables = ("mart.claims", "fact_claim") if form == "xlsx" else ()
    found = exported(empty.published, tmp_path / "out", form, *tables, month_rows=0)
    assert [table.table.name for table in found if table.rows] in ([], ["etl.schema_version"])
    if form == "csv":
        assert Package(str(tmp_path / "out" / "datapackage.json")).validate().valid
    if form == "parquet":
        schema = pl.read_parquet_schema(tmp_path / "out" / "fact_figure.parquet")
        assert schema["value"] == pl.Float64


def test_an_export_is_of_one_version_whatever_runs_publish_meanwhile(tmp_path: Path) -> None:
    paths = WarehousePaths.of(tmp_path / "news.duckdb")
    (tmp_path / "inbox").mkdir()
    run(tmp_path, 1)
    published = iter((2, 3))

    def publish_more(name: str, done: int, total: int) -> None:
        silent(name, done, total)
        number = next(published, None)
        if number:
            run(tmp_path, number)

    tables = ("dim_article", "fact_figure", "fact_claim", "mart.evidence", "etl.run")
    with open_published(paths.published) as reader:
        found = export(reader, tmp_path / "out", Request("parquet", tables, "news"), publish_more)
    assert {table.table.name: table.rows for table in found}["main.dim_article"] == 1
    facts = pl.read_parquet(tmp_path / "out" / "mart" / "evidence.parquet")
    assert facts["article_id"].n_unique() == 1
    assert pl.read_parquet(tmp_path / "out" / "etl" / "run.parquet").height == 1
    with open_published(paths.published) as reader:
        assert reader.rows("SELECT count(*) FROM dim_article") == [(3,)]


def run(folder: Path, number: int) -> None:
    (folder / "inbox" / f"{number}.jsonl").write_text(record(number, published_on="2021-03-05"), encoding="utf-8")
    run_plain([str(folder / "inbox")], Settings(warehouse=folder / "news.duckdb"))


def test_the_command_prints_what_it_wrote_and_refuses_in_one_line(hostile: Path, tmp_path: Path) -> None:
    done = dateline(hostile, "out", "--format", "csv", "--table", "mart.claims", "--table", "dim_unit", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "mart.claims" in done.stdout
    assert "2 files, described by out/datapackage.json" in done.stdout
    refused = dateline(hostile, "out", "--table", "facts", cwd=tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.startswith("dateline: the warehouse has no table facts: choose of ")
    assert refused.stderr.count("\n") == 1


def dateline(warehouse: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "dateline"), "export", *arguments, "--warehouse", str(warehouse)]
    environment = {**os.environ, "COLUMNS": "120"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False, env=environment)
