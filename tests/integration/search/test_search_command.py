"""`dateline search`, and what status, doctor and the run say of the index."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import app
from flows.doctor import examine
from flows.settings import Settings
from tests.integration.search.newsroom import index_file, look


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints, on standard output and error."""
    assert app(arguments, exit_on_error=False, print_error=False, result_action="return_value") == 0
    printed = capsys.readouterr()
    return printed.out + printed.err


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def test_it_prints_title_day_source_id_and_the_best_sentence(indexed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = command(capsys, "search", '"prime minister"', "-talks", "-w", str(indexed)).splitlines()
    (hit,) = look(indexed, '"prime minister" -talks').hits
    assert lines[0] == f"Sanctions and trade  2023-06-01 · River Ledger · {hit.article_id}"
    assert lines[1].strip() == "The prime minister said the sanctions hurt trade."
    assert lines[2] == "1 to 1 of 1 articles. dateline show ID prints one."


def test_words_are_highlighted_where_there_are_colours(
    indexed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    printed = command(capsys, "search", "cranes", "-w", str(indexed))
    assert "\x1b[30;43mcranes\x1b[0m" in printed


def test_json_lines_hold_the_places_of_the_words(indexed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = command(capsys, "search", "port", "--limit", "1", "--format", "jsonl", "-w", str(indexed))
    first, note = printed.splitlines()
    hit = json.loads(first)
    passage = hit["passages"][0]
    words = [
        passage["text"][mark["start"] - passage["start"] : mark["end"] - passage["start"]] for mark in passage["marks"]
    ]
    assert {word.lower() for word in words} == {"port"}
    assert hit["published_on"] == "2023-05-04"
    assert note == "1 to 1 of 2 articles; --offset 1 shows more. dateline show ID prints one."


def test_it_says_what_to_try_where_nothing_is_found(
    indexed: Path, bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(capsys, "search", "zanzibar", "-w", str(indexed)).startswith("No article holds zanzibar: try")
    assert command(capsys, "search", "mombasa", "ferry", "-w", str(indexed)).startswith("No article holds all of this")
    assert "give a lower --offset" in command(capsys, "search", "ferry", "--offset", "9", "-w", str(indexed))
    plain = command(capsys, "search", "zanzibar", "--since", "2023-01-01", "-w", str(bare))
    assert "no search index; the next `dateline run` builds one" in plain


def test_status_and_doctor_tell_of_the_index(
    indexed: Path, bare: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(**settings: object) -> list[tuple[str, str | None]]:
        return [(one.found, one.remedy) for one in examine(Settings(**settings)) if one.check == "search"]  # type: ignore[arg-type]

    size = f"{index_file(indexed).stat().st_size / 1e6:.1f} MB"
    assert f"Search index: of this version, {size}" in command(capsys, "status", "-w", str(indexed))
    assert "Search index: none, this version of the warehouse has no" in command(capsys, "status", "-w", str(bare))
    assert found(warehouse=indexed) == [(f"an index of the published version, {size}", None)]
    ((_, remedy),) = found(warehouse=bare)
    assert str(remedy).startswith("dateline run builds it")
    ((left_out, remedy),) = found(warehouse=bare, search_mb=0)
    assert (left_out.startswith("no index: "), remedy) == (True, None)
    monkeypatch.setattr("warehouse.words.find_spec", lambda _: None)
    assert found(warehouse=indexed)[0][1] == "make setup installs it"


def test_it_imports_neither_prefect_nor_pandera(indexed: Path) -> None:
    program = (
        f"import sys; sys.argv = ['dateline', 'search', 'port', '-w', {str(indexed)!r}]\n"
        "from flows.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "assert not {'prefect', 'pandera'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
