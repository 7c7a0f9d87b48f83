"""The command `dateline`, run as a user runs it: real processes, a real Prefect flow, real files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

TEXT = "date 2023-11-06 Japan pledged $2 billion to Kenya on Friday. At least 12 people were killed."
BIN = Path(sys.executable).parent


def dateline(*arguments: str, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "200", "PREFECT_HOME": str(cwd / ".prefect")}
    return subprocess.run(
        [str(BIN / "dateline"), *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=environment,
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article and the warehouse that a real flow run made of it."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "japan.txt").write_text(TEXT, encoding="utf-8")
    done = dateline("run", "inbox", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "first.txt").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.mark.prefect
def test_run_prints_counts_rows_seconds_place_and_three_queries_with_results(office: Path) -> None:
    printed = (office / "first.txt").read_text(encoding="utf-8")
    assert "1 articles read: 1 loaded, 0 unchanged, 0 rejected" in printed
    assert "fact_figure" in printed
    assert "Seconds: read" in printed
    assert "warehouse/dateline.duckdb" in printed
    assert printed.count("dateline sql") == 3
    assert "2,000,000,000" in printed
    assert (office / "warehouse" / "dateline.duckdb").is_symlink()


@pytest.mark.prefect
def test_run_again_publishes_nothing(office: Path) -> None:
    before = (office / "warehouse" / "dateline.duckdb").readlink()
    again = dateline("run", "inbox", cwd=office)
    assert again.returncode == 0
    assert "Nothing new to publish" in again.stdout
    assert (office / "warehouse" / "dateline.duckdb").readlink() == before


def test_sql_prints_tables_csv_and_json_and_writes_parquet(office: Path) -> None:
    query = "SELECT value, unit FROM fact_figure WHERE dimension = 'money'"
    assert "2,000,000,000" in dateline("sql", query, cwd=office).stdout
    assert dateline("sql", query, "--format", "csv", cwd=office).stdout.splitlines() == [
        "value,unit",
        "2000000000.0,USD",
    ]
    assert json.loads(dateline("sql", query, "--format", "json", cwd=office).stdout) == {"value": 2e9, "unit": "USD"}
    assert dateline("sql", query, "--format", "parquet", "--to", "money.parquet", cwd=office).returncode == 0
    assert pl.read_parquet(office / "money.parquet").rows() == [(2e9, "USD")]


def test_sql_is_read_only_and_names_the_fault(office: Path) -> None:
    refused = dateline("sql", "DELETE FROM dim_article", cwd=office)
    assert refused.returncode == 2
    assert "read-only" in refused.stderr
    assert refused.stderr.count("\n") == 1
    wrong = dateline("sql", "SELECT nothing FROM nowhere", cwd=office)
    assert (wrong.returncode, "nowhere" in wrong.stderr) == (2, True)


def test_what_looks_like_markup_is_printed_as_it_is(office: Path) -> None:
    assert "[/foo] [red]" in dateline("sql", "SELECT '[/foo] [red]' AS x", cwd=office).stdout


def test_show_prints_the_article_with_its_facts(office: Path) -> None:
    shown = dateline("show", "japan", cwd=office)
    assert shown.returncode == 0
    assert "Japan pledged $2 billion to Kenya on Friday." in shown.stdout
    assert "2,000,000,000 USD" in shown.stdout
    assert "2023-11-03" in shown.stdout
    unknown = dateline("show", "atlantis", cwd=office)
    assert (unknown.returncode, "no article fits 'atlantis'" in unknown.stderr) == (2, True)


def test_status_tells_runs_sources_rows_and_the_newest_article(office: Path) -> None:
    (office / "inbox" / "new.txt").write_text("Kenya thanked Japan.", encoding="utf-8")
    printed = dateline("status", "inbox", cwd=office).stdout
    (office / "inbox" / "new.txt").unlink()
    assert "published" in printed
    assert "1 new, 0 changed, 1 unchanged" in printed
    assert "main.fact_figure" in printed
    assert "Newest article: 2023-11-06" in printed


def test_extract_needs_no_warehouse_and_reads_standard_input(tmp_path: Path) -> None:
    done = dateline("extract", "-", "--format", "jsonl", cwd=tmp_path, stdin=TEXT)
    assert done.returncode == 0, done.stderr
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    tables = {"fact_date_mention", "fact_figure", "fact_actor_mention", "fact_claim", "claim_party"}
    assert tables == {fact["table"] for fact in facts}
    (money,) = [fact for fact in facts if fact.get("dimension") == "money"]
    assert (money["surface"], money["value"], money["unit"]) == ("$2 billion", 2e9, "USD")
    assert list(tmp_path.iterdir()) == []


def test_extract_writes_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert dateline("extract", "a.txt", "--to", "facts", cwd=tmp_path).returncode == 0
    written = pl.read_parquet(tmp_path / "facts" / "fact_figure-*.parquet")
    assert "$2 billion" in written["surface"].to_list()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["run", "nowhere"], 2, "nowhere"),
        (["run", "inbox", "--warehouse", "no/such/folder/x.duckdb"], 2, "does not exist"),
        (["run", "inbox", "--warehouse", "/proc/x.duckdb"], 2, "/proc"),
        (["run", "inbox", "--map", "text"], 2, "OURS=THEIRS"),
        (["run", "inbox", "--no-such-flag"], 2, "--help"),
        (["run", "inbox", "--warehouse", "a[b].duckdb"], 2, "pattern"),
        (["run", "inbox", "--batch-mb", "0"], 2, "--batch-mb"),
        (["sql", ""], 2, "empty"),
        (["status", "--warehouse", "inbox/japan.txt"], 2, "no DuckDB file"),
        (["sql", "SELECT 1", "--warehouse", "missing.duckdb"], 2, "dateline run"),
        (["show", "x", "--warehouse", "missing.duckdb"], 2, "dateline run"),
        (["sql", "SELECT 1", "--format", "parquet"], 2, "--to"),
        (["extract"], 2, "standard input"),
    ],
)
def test_wrong_use_is_one_clear_line_and_exit_code_2(office: Path, arguments: list[str], code: int, says: str) -> None:
    done = dateline(*arguments, cwd=office)
    assert done.returncode == code
    assert says in done.stderr
    assert done.stderr.startswith("dateline: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.prefect
def test_a_folder_without_articles_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    done = dateline("run", "inbox", cwd=tmp_path)
    assert done.returncode == 0
    assert "No articles found" in done.stdout


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(TEXT, encoding="utf-8")
    done = dateline("run", "inbox", "--dry-run", cwd=tmp_path)
    assert "1 articles would be extracted" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inbox"]


def test_every_command_has_help_with_an_example(tmp_path: Path) -> None:
    for command in ("run", "serve", "extract", "show", "sql", "search", "status", "config", "doctor"):
        helped = dateline(command, "--help", cwd=tmp_path)
        assert helped.returncode == 0
        assert "Example:" in helped.stdout


def test_commands_that_only_read_import_neither_prefect_nor_pandera(office: Path) -> None:
    program = (
        "import sys; sys.argv = ['dateline', 'sql', 'SELECT 1']\n"
        "from flows.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "assert not {'prefect', 'pandera'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=office, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
