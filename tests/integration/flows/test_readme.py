"""The README's queries give, on the sample articles, what it prints below them."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from flows.console.sql import result_table
from flows.settings import Settings
from flows.steps import run_plain
from warehouse.reader import Reader, open_published

README = Path(__file__).parents[3] / "README.md"
EXAMPLE = re.compile(r'^ {4}\$ \.venv/bin/dateline sql "(?P<query>[^"]+)"\n(?P<printed>(?: {4}.+\n)+)', re.MULTILINE)
EXAMPLES = [(found["query"], found["printed"]) for found in EXAMPLE.finditer(README.read_text(encoding="utf-8"))]
MARTS = ("claims", "money_flows", "casualty_reports", "polls", "figure_history")
GAP = re.compile(r"\s{2,}")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The warehouse of the sample articles."""
    target = tmp_path_factory.mktemp("readme") / "dateline.duckdb"
    run_plain([str(files("seeds") / "articles")], Settings(warehouse=target))
    with open_published(target) as reader:
        yield reader


@pytest.mark.parametrize("mart", MARTS)
def test_the_readme_shows_each_mart_of_claims(mart: str) -> None:
    assert any(f"mart.{mart}" in query for query, _ in EXAMPLES)


@pytest.mark.parametrize(("query", "printed"), EXAMPLES)
def test_a_query_gives_what_the_readme_prints(samples: Reader, query: str, printed: str) -> None:
    names, rows = samples.fetch(" ".join(query.split()))
    shown = [list(column.cells) for column in result_table(names, rows).columns]
    found = [names, *([str(cell) for cell in row if str(cell)] for row in zip(*shown, strict=True))]
    assert [GAP.split(line.strip()) for line in printed.splitlines()] == [list(row) for row in found]
