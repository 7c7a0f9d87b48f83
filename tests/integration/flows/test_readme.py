"""README's queries give, on the sample articles, what it prints below them; the notebook asks the same ones."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO
from pathlib import Path
from textwrap import dedent

import polars as pl
import pytest
from rich.console import Console

from flows.console.search import search_command
from flows.console.show import show_command
from flows.console.tables import print_rows
from flows.options import SearchOptions
from flows.settings import Settings
from flows.steps import run_plain
from warehouse.reader import Reader, open_published

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTEBOOK = ROOT / "warehouse" / "notebooks" / "ten_questions.py"
ASKED = re.compile(r"^-- (?P<question>.+)\n(?P<query>[^;]+);", re.MULTILINE)
EXAMPLE = re.compile(
    r'^(?P<question>.+)\n\n {4}\$ \.venv/bin/dateline sql "(?P<query>[^"]+)"\n(?P<printed>(?: {4}.+\n)+)', re.MULTILINE
)
EXAMPLES = [found.groupdict() for found in EXAMPLE.finditer(README)]
QUESTIONS = [found.groupdict() for found in ASKED.finditer(NOTEBOOK.with_suffix(".sql").read_text(encoding="utf-8"))]
SHOWN = re.compile(r"dateline show (?P<article>\S+)\n(?P<printed>(?: {4}.+\n)+)")
WIDTH = 116
"""The width of README's examples, which stand four characters from the left."""


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the sample articles."""
    target = tmp_path_factory.mktemp("readme") / "dateline.duckdb"
    run_plain([str(files("seeds") / "articles")], Settings(warehouse=target))
    return target


@pytest.fixture(scope="module")
def samples(warehouse: Path) -> Iterator[Reader]:
    with open_published(warehouse) as reader:
        yield reader


def test_the_readme_asks_the_ten_questions_of_the_notebook_in_their_order() -> None:
    shown = [(example["question"], plain(example["query"])) for example in EXAMPLES]
    asked = [(question["question"], plain(question["query"])) for question in QUESTIONS]
    assert len(asked) == 10
    assert [pair for pair in shown if pair in asked] == asked


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["question"])
def test_a_query_gives_what_the_readme_prints(
    samples: Reader, example: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    printed = StringIO()
    print_rows(Console(file=printed, width=WIDTH), *samples.fetch(plain(example["query"])))
    assert dedent(example["printed"]) == printed.getvalue()


def test_an_article_is_shown_as_the_readme_shows_it(
    warehouse: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    (shown,) = SHOWN.finditer(README)
    assert show_command(shown["article"], warehouse) == 0
    assert dedent(shown["printed"]) in capsys.readouterr().out


def test_the_notebook_runs_as_a_script_and_prints_what_the_queries_give(samples: Reader, warehouse: Path) -> None:
    ran = subprocess.run(
        [sys.executable, str(NOTEBOOK), "--warehouse", str(warehouse)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=120, fmt_float="full", thousands_separator=True):
        printed = "".join(
            f"{asked['question']}\n{samples.connection.sql(asked['query']).pl()}\n\n" for asked in QUESTIONS
        )
    assert ran.stdout == printed


def test_the_notebook_is_well_formed_and_exports_to_html_with_its_results(warehouse: Path, tmp_path: Path) -> None:
    marimo, page = [sys.executable, "-m", "marimo"], tmp_path / "ten_questions.html"
    notebook = Path(shutil.copy(NOTEBOOK, tmp_path))  # marimo leaves a record of the session beside it
    shutil.copy(NOTEBOOK.with_suffix(".sql"), tmp_path)
    checked = subprocess.run([*marimo, "check", "--strict", str(notebook)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    export = [*marimo, "export", "html", str(notebook), "-o", str(page), "--", "--warehouse", str(warehouse)]
    exported = subprocess.run(export, capture_output=True, text=True, check=False)
    assert exported.returncode == 0, exported.stderr
    html = page.read_text(encoding="utf-8")
    assert all(asked["question"] in html for asked in QUESTIONS)
    assert "Harbour News Agency" in html


def test_the_search_gives_what_the_readme_prints(
    warehouse: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    ((query, printed),) = re.findall(r"dateline search '(.+)'\n((?: {4}.+\n)+)", README)
    assert search_command([query], warehouse, SearchOptions()) == 0
    assert capsys.readouterr().out == dedent(printed)
