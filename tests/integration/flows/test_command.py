"""The command `dateline`, called as a user calls it: a real Prefect flow in a real process, real files."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.integration.flows.office import call_dateline, environment, run_dateline

TEXT = "date 2023-11-06 Japan pledged $2 billion to Kenya on Friday. At least 12 people were killed."
BIN = Path(sys.executable).parent


def start(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run_dateline(*arguments, cwd=cwd, env=environment(cwd / ".prefect"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article and the warehouse that a real flow run made of it."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "japan.txt").write_text(TEXT, encoding="utf-8")
    done = start("run", "inbox", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "first.txt").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.mark.prefect
def test_run_prints_counts_rows_seconds_place_and_three_queries_with_results(office: Path) -> None:
    printed = (office / "first.txt").read_text(encoding="utf-8")
    assert "1 article read: 1 loaded, 0 unchanged, 0 rejected" in printed
    assert "fact_figure" in printed
    assert "Seconds: read" in printed
    assert "warehouse/dateline.duckdb" in printed
    assert printed.count("dateline sql") == 3
    assert "2,000,000,000" in printed
    assert (office / "warehouse" / "dateline.duckdb").is_symlink()


@pytest.mark.prefect
@pytest.mark.usefixtures("at_server")
def test_run_again_publishes_nothing(office: Path) -> None:
    before = (office / "warehouse" / "dateline.duckdb").readlink()
    again = call_dateline("run", "inbox", cwd=office)
    assert again.returncode == 0
    assert "Nothing new to publish" in again.stdout
    assert (office / "warehouse" / "dateline.duckdb").readlink() == before


def test_sql_prints_tables_csv_and_json_and_writes_parquet(office: Path) -> None:
    query = "SELECT value, unit FROM fact_figure WHERE dimension = 'money'"
    assert "2,000,000,000" in call_dateline("sql", query, cwd=office).stdout
    assert call_dateline("sql", query, "--format", "csv", cwd=office).stdout.splitlines() == [
        "value,unit",
        "2000000000.0,USD",
    ]
    assert json.loads(call_dateline("sql", query, "--format", "json", cwd=office).stdout) == {
        "value": 2e9,
        "unit": "USD",
    }
    assert call_dateline("sql", query, "--format", "parquet", "--to", "money.parquet", cwd=office).returncode == 0
    assert pl.read_parquet(office / "money.parquet").rows() == [(2e9, "USD")]


def test_sql_adds_to_the_end_of_a_file_that_standard_output_is(office: Path) -> None:
    kept = office / "kept.csv"
    kept.write_text("before\n", encoding="utf-8")
    with kept.open("a", encoding="utf-8") as output:
        for form in ("csv", "json"):
            asked = [str(BIN / "dateline"), "sql", "SELECT 7 AS seven", "--format", form]
            subprocess.run(asked, cwd=office, stdout=output, check=True)
    assert kept.read_text(encoding="utf-8") == 'before\nseven\n7\n{"seven":7}\n'


def test_what_is_cut_short_by_its_reader_is_no_error(office: Path) -> None:
    many = (
        f"{BIN}/dateline sql 'SELECT range AS n FROM range(1000000)' --format csv | head -n 2; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["/bin/bash", "-c", many], cwd=office, capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.stdout, done.stderr) == ("n\n0\n0\n", "")


def test_a_query_that_fails_is_told_with_what_could_have_been_meant(office: Path) -> None:
    for query, meant in (("SELECT valu FROM fact_figure", '"value"'), ("FROM claims", '"mart.claims"')):
        told = call_dateline("sql", query, cwd=office)
        assert (told.returncode, meant in told.stderr, told.stderr.count("\n")) == (2, True, 1)
        in_csv = call_dateline("sql", query, "--format", "csv", cwd=office)
        assert (in_csv.returncode, in_csv.stdout, meant in in_csv.stderr) == (2, "", True)


def test_sql_is_read_only_and_names_the_fault(office: Path) -> None:
    refused = call_dateline("sql", "DELETE FROM dim_article", cwd=office)
    assert refused.returncode == 2
    assert "read-only" in refused.stderr
    assert refused.stderr.count("\n") == 1
    wrong = call_dateline("sql", "SELECT nothing FROM nowhere", cwd=office)
    assert (wrong.returncode, "nowhere" in wrong.stderr) == (2, True)


def test_what_looks_like_markup_is_printed_as_it_is(office: Path) -> None:
    assert "[/foo] [red]" in call_dateline("sql", "SELECT '[/foo] [red]' AS x", cwd=office).stdout


def test_show_prints_the_article_with_its_facts(office: Path) -> None:
    shown = call_dateline("show", "japan", cwd=office)
    assert shown.returncode == 0
    assert "Japan pledged $2 billion to Kenya on Friday." in shown.stdout
    assert "2,000,000,000 USD" in shown.stdout
    assert "2023-11-03" in shown.stdout
    unknown = call_dateline("show", "atlantis", cwd=office)
    assert (unknown.returncode, "no article fits 'atlantis'" in unknown.stderr) == (2, True)


def test_status_tells_runs_sources_rows_and_the_newest_article(office: Path) -> None:
    (office / "inbox" / "new.txt").write_text("Kenya thanked Japan.", encoding="utf-8")
    printed = call_dateline("status", "inbox", cwd=office).stdout
    (office / "inbox" / "new.txt").unlink()
    assert "published" in printed
    assert "1 new, 0 changed, 1 unchanged" in printed
    assert "main.fact_figure" in printed
    assert "Newest article: 2023-11-06" in printed


def test_extract_needs_no_warehouse_and_reads_standard_input(tmp_path: Path) -> None:
    done = call_dateline("extract", "-", "--format", "jsonl", cwd=tmp_path, stdin=TEXT)
    assert done.returncode == 0, done.stderr
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    tables = {"fact_date_mention", "fact_figure", "fact_actor_mention", "fact_claim", "claim_party"}
    assert tables == {fact["table"] for fact in facts}
    (money,) = [fact for fact in facts if fact.get("dimension") == "money"]
    assert (money["surface"], money["value"], money["unit"]) == ("$2 billion", 2e9, "USD")
    assert list(tmp_path.iterdir()) == []


def test_extract_writes_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert call_dateline("extract", "a.txt", "--to", "facts", cwd=tmp_path).returncode == 0
    written = pl.read_parquet(tmp_path / "facts" / "fact_figure-*.parquet")
    assert "$2 billion" in written["surface"].to_list()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["run", "nowhere"], 2, "nowhere"),
        (["run", "inbox", "--warehouse", "no/such/folder/x.duckdb"], 2, "does not exist"),
        (["run", "inbox", "--warehouse", "/proc/x.duckdb"], 2, "/proc"),
        (["run", "inbox", "--map", "text"], 2, "OURS=THEIRS"),
        (["run", "inbox", "--no-such-flag"], 2, "dateline run --help"),
        (["run", "inbox", "--batch-mb", "many"], 2, "it was 'many'"),
        (["sql"], 2, "dateline sql needs QUERY"),
        (["report"], 2, "dateline report needs --to"),
        (["diff", "missing.duckdb"], 2, "no warehouse file missing.duckdb"),
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
    done = call_dateline(*arguments, cwd=office)
    assert done.returncode == code
    assert says in done.stderr
    assert done.stderr.startswith("dateline: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.prefect
@pytest.mark.usefixtures("at_server")
def test_a_folder_without_articles_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    done = call_dateline("run", "inbox", cwd=tmp_path)
    assert done.returncode == 0
    assert "No articles found" in done.stdout


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(TEXT, encoding="utf-8")
    done = call_dateline("run", "inbox", "--dry-run", cwd=tmp_path)
    assert "Articles: 1 would be extracted" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inbox"]


def test_every_command_has_help_with_an_example(tmp_path: Path) -> None:
    for command in ("run", "serve", "extract", "show", "sql", "search", "status", "config", "doctor"):
        helped = call_dateline(command, "--help", cwd=tmp_path)
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
