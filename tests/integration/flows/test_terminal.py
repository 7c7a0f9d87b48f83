"""What the commands print on a screen of 80 columns: nothing is cut, no word breaks, no line is too long."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from flows.console.actors import add_command, list_command
from flows.console.claims import explain_command
from flows.console.config import config_command
from flows.console.diff import diff_command
from flows.console.doctor import doctor_command
from flows.console.export import export_command
from flows.console.run import bars
from flows.console.search import search_command
from flows.console.show import show_command
from flows.console.sql import sql_command
from flows.console.status import status_command
from flows.console.summary import print_summary
from flows.errors import UsageError
from flows.options import ExportOptions, SearchOptions
from flows.progress import report
from flows.settings import Settings
from flows.steps import run_plain
from tests.integration.flows.office import rows, write_story

NARROW = 80
STORY = (
    "Norway pledged $40 million in aid for Malawi and Zambia on Friday after two days of talks in Lilongwe that were "
    "to end the dispute over the harbour. Gunmen killed 14 villagers near the border, and at least 20 are missing."
)
TITLE = "Norway promises aid for the harbour towns of the south after talks in Lilongwe"
FREE = re.compile(r"\S+\s+GB\s+free")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terminal")
    write_story(folder / "inbox", 1, STORY)
    titled = f"Date: 6 November 2023\nTitle: {TITLE}\n\n{STORY} More was not said."
    (folder / "inbox" / "titled.txt").write_text(titled, encoding="utf-8")
    (folder / "inbox" / "bad.jsonl").write_text('{"id": "9"}\nno record at all\n', encoding="utf-8")
    target = folder / "news.duckdb"
    run_plain([str(folder / "inbox")], Settings(warehouse=target))
    people = "name,actor_kind,aliases\nQuillmark Works of the Northern Harbour,organisation,Quillmark|QWX|The Works\n"
    (folder / "people.csv").write_text(people, encoding="utf-8")
    add_command(folder / "people.csv", target)
    return target


def the_same(warehouse: Path) -> int:
    return diff_command(warehouse, warehouse, "table", 10)


def a_claim(warehouse: Path) -> int:
    ((claim,), *_) = rows(warehouse, "SELECT claim_id FROM fact_claim WHERE topic = 'casualties' ORDER BY ALL")
    return explain_command(str(claim), warehouse)


def words(printed: str) -> set[str]:
    """What was printed, but for the room on the disk, which changes while others write."""
    return set(FREE.sub("", printed).split())


COMMANDS: dict[str, Callable[[Path], int]] = {
    "status": lambda warehouse: status_command([str(warehouse.parent / "inbox" / "*.txt")], warehouse),
    "show": lambda warehouse: show_command("titled", warehouse),
    "show --claims": lambda warehouse: show_command("titled", warehouse, claims=True),
    "explain": a_claim,
    "search": lambda warehouse: search_command(["harbour"], warehouse, SearchOptions()),
    "sql": lambda warehouse: sql_command("SELECT kind.* FROM mart.evidence AS kind", warehouse, "table", None),
    "sql, wide": lambda warehouse: sql_command("FROM mart.claims", warehouse, "table", None),
    "actors list": lambda warehouse: list_command("", warehouse),
    "diff": the_same,
    "export": lambda warehouse: export_command(warehouse.parent / "out", warehouse, ExportOptions()),
    "doctor": lambda warehouse: doctor_command(Settings(warehouse=warehouse)),
}


@pytest.fixture(autouse=True)
def in_the_folder(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are short, as they are where people work."""
    monkeypatch.chdir(warehouse.parent)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_eighty_columns_hold_every_word_that_a_file_gets(
    command: Callable[[Path], int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = Path("news.duckdb")
    command(warehouse)
    into_a_file = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", str(NARROW))
    command(warehouse)
    on_a_screen = capsys.readouterr().out
    longest_word = max(len(word) for word in into_a_file.split())
    assert longest_word < NARROW  # or a word would have to break
    assert max(map(len, on_a_screen.splitlines())) <= NARROW
    assert words(into_a_file) == words(on_a_screen)
    assert "  \n" not in into_a_file + on_a_screen  # nothing is filled up with blanks


def test_into_a_file_a_row_is_a_line_however_long(capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT fact_table, surface, sentence FROM mart.evidence ORDER BY ALL"
    assert sql_command(query, Path("news.duckdb"), "table", None) == 0
    header, *printed = capsys.readouterr().out.splitlines()
    found = rows(Path("news.duckdb"), query)
    assert header.split() == ["fact_table", "surface", "sentence"]
    assert [line.endswith(str(row[2])) for line, row in zip(printed, found, strict=True)] == [True] * len(found)


def test_a_table_that_would_crowd_its_columns_is_a_block_a_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "FROM (SELECT * FROM dim_article ORDER BY title NULLS FIRST)"
    monkeypatch.setenv("COLUMNS", str(NARROW))
    assert sql_command(query, Path("news.duckdb"), "table", None) == 0
    first, second = capsys.readouterr().out.split("\n\n")
    labels = [[line.split()[0] for line in block.splitlines() if line[0] != " "] for block in (first, second)]
    assert labels[0] == labels[1]
    assert len(labels[0]) > 10
    assert f"title           {TITLE[:55]}" in second


def test_config_tells_below_each_value_what_it_means(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(NARROW))
    monkeypatch.setenv("DATELINE_RETRIES", "7")
    assert config_command(None) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= NARROW
    assert "retries              7  (DATELINE_RETRIES)\n" in printed
    assert set(" ".join(field.description or "" for field in Settings.model_fields.values()).split()) <= set(
        printed.split()
    )


def test_a_run_tells_in_eighty_columns_what_it_did_and_why_it_refused(tmp_path: Path) -> None:
    write_story(tmp_path / "inbox", 1, STORY)
    (tmp_path / "inbox" / "bad.jsonl").write_text('{"id": "9"}\n', encoding="utf-8")
    settings = Settings(warehouse=tmp_path / "a.duckdb")
    first, again = StringIO(), StringIO()
    print_summary(Console(file=first, width=NARROW), run_plain([str(tmp_path / "inbox")], settings))
    assert "2 articles read: 1 loaded, 0 unchanged, 1 rejected" in first.getvalue()
    (why,) = re.findall(r'Why rejected: dateline sql "(.+)"', first.getvalue())
    assert [row[0] for row in rows(settings.warehouse, why)] == ["missing_text"]
    print_summary(Console(file=again, width=NARROW), run_plain([str(tmp_path / "inbox")], settings))
    assert "Nothing new: 2 sources as the last run left them" in again.getvalue()


def test_progress_shows_each_stage_and_how_long_it_will_take_in_eighty_columns() -> None:
    shown = StringIO()
    with bars(Console(file=shown, width=NARROW, force_terminal=True)):
        report("extract", 0, 80_000_000_000)
        report("extract", 79_000_000_000, 80_000_000_000)
        report("load", 0, 0)
    lines = CONTROL.sub("", shown.getvalue()).replace("\r", "\n").splitlines()
    assert max(map(len, lines)) <= NARROW
    assert any(re.search(r"extract .+ 79000\.0 of 80000\.0 MB, .+/s, \S+ left", line) for line in lines)
    assert any(re.search(r"load +━+ *$", line) for line in lines)
    assert not any("?" in line for line in lines)


def test_articles_to_choose_from_are_listed() -> None:
    with pytest.raises(UsageError, match="2 articles fit 'inbox'") as told:
        show_command("inbox", Path("news.duckdb"))
    assert len(told.value.listed) == 2
    assert any(line.endswith(TITLE) for line in told.value.listed)
