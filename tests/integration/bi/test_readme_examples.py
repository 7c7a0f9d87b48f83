"""What the README tells users of BI tools to type gives what it says, in the folder that holds warehouse/."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.integration.bi.environment import own_environment
from tests.integration.bi.newsroom import Newsroom

README = Path(__file__).parents[3] / "README.md"
SECTION = README.read_text(encoding="utf-8").partition("\n## BI tools\n")[2].partition("\n## ")[0]
PANDAS, ADBC = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
PLACE = "/srv/news/dateline.duckdb"
"""Where the README's table has its warehouse."""
AMOUNTS = "SELECT count(*), sum(amount_usd) FROM mart.money_flows"
PANDAS_TYPES = {
    "giver": "string",
    "receiver": "string",
    "amount_usd": "Float64",
    "stories": "Int64",
    "first_told_on": "datetime64[",
}


def printed(python: Path | str, program: str, newsroom: Newsroom) -> Any:  # noqa: ANN401
    """The JSON that a program prints, run where the README's examples are."""
    command = [str(python), "-c", program]
    done = subprocess.run(command, cwd=newsroom.folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def command_line(start: str) -> str:
    """The command of the README's table that starts so."""
    found = re.search(rf"`({re.escape(start)}[^`]*)`", SECTION)
    assert found, f"the README has no `{start}`"
    return found[1]


def test_polars_reads_a_mart_through_adbc(newsroom: Newsroom) -> None:
    day = "str(flows.schema['first_told_on'])"
    program = f"{ADBC}import json; print(json.dumps([flows.height, flows['amount_usd'].sum(), {day}]))"
    height, dollars, kind = printed(sys.executable, program, newsroom)
    assert [(height, dollars)] == newsroom.ask(AMOUNTS)
    assert kind == "Date"


def test_another_duckdb_attaches_the_warehouse(newsroom: Newsroom) -> None:
    statement = command_line("ATTACH").replace(PLACE, str(newsroom.warehouse))
    with duckdb.connect() as connection:
        connection.execute(statement)
        assert connection.sql(AMOUNTS.replace("mart.", "news.mart.")).fetchall() == newsroom.ask(AMOUNTS)


@pytest.mark.full
def test_pandas_reads_a_mart_with_days_and_whole_numbers(newsroom: Newsroom) -> None:
    python = (
        own_environment("pandas", "pandas>=3,<4", "sqlalchemy<2.1", "duckdb-engine", "duckdb>=1.5.5,<1.6") / "python"
    )
    types = "flows.dtypes.astype(str).to_dict()"
    program = f"{PANDAS}import json; print(json.dumps([len(flows), float(flows['amount_usd'].sum()), {types}]))"
    height, dollars, found = printed(python, program, newsroom)
    assert [(height, dollars)] == newsroom.ask(AMOUNTS)
    assert {name: kind[: len(PANDAS_TYPES[name])] for name, kind in found.items()} == PANDAS_TYPES


@pytest.mark.full
def test_duckdbs_command_line_opens_the_warehouse(newsroom: Newsroom) -> None:
    _, *options = command_line("duckdb -readonly").replace(PLACE, str(newsroom.warehouse)).split()
    program = own_environment("duckdb-cli", "duckdb-cli>=1.5,<1.6") / "duckdb"
    command = [str(program), *options, "-csv", "-noheader", AMOUNTS]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    height, dollars = done.stdout.strip().split(",")
    assert [(int(height), float(dollars))] == newsroom.ask(AMOUNTS), done.stderr
