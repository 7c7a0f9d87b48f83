"""`dateline doctor` and `dateline config`: what they find, and what they advise."""

import re
from pathlib import Path

import duckdb
import pytest

from flows.console.config import config_command
from flows.console.doctor import doctor_command
from flows.doctor import Finding, examine
from flows.errors import UsageError
from flows.rollback import rollback
from flows.settings import Settings, in_force
from flows.steps import run_plain
from tests.integration.flows.office import article_count, free_port, write_story
from warehouse.health import BrokenWarehouseError
from warehouse.lock import writer_lock
from warehouse.paths import WarehousePaths
from warehouse.reader import ask_build
from warehouse.rollback import kept_versions
from warehouse.storage import StorageError


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_story(folder / "inbox", 1)
    run_plain([str(folder / "inbox")], Settings(warehouse=folder / "news.duckdb"))
    return folder


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / ".prefect"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


def findings(warehouse: Path, sources: tuple[str, ...] = ()) -> dict[str, Finding]:
    return {finding.check: finding for finding in examine(Settings(warehouse=warehouse, sources=sources))}


def wrong(found: dict[str, Finding]) -> set[str]:
    return {name for name, finding in found.items() if finding.remedy}


def test_a_sound_warehouse_has_nothing_wrong(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = findings(office / "news.duckdb", (str(office / "inbox"),))
    assert wrong(found) == set()
    assert "is whole" in found["warehouse"].found
    assert "of the present schema" in found["warehouse"].found
    assert "v1.0.0" in found["warehouse"].found
    assert doctor_command(Settings(warehouse=office / "news.duckdb")) == 0
    assert "Nothing is wrong" in capsys.readouterr().out


def test_a_file_that_another_program_made_is_told(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "news.duckdb")) as connection:
        connection.execute("CREATE TABLE accounts AS SELECT 1 AS balance")
    found = findings(tmp_path / "news.duckdb")
    assert wrong(found) == {"warehouse"}
    assert "no warehouse of Dateline" in found["warehouse"].found


def damage(file: Path, start: float) -> None:
    """Change a byte of each block of a file, from a part of its length on."""
    content = bytearray(file.read_bytes())
    for place in range(int(start * len(content)), len(content), 4096):
        content[place] ^= 0xFF
    file.write_bytes(content)


def test_a_damaged_file_is_found_also_where_it_opens(tmp_path: Path) -> None:
    write_story(tmp_path / "inbox", 1)
    warehouse = tmp_path / "news.duckdb"
    run_plain([str(tmp_path / "inbox")], Settings(warehouse=warehouse))
    damage(warehouse.resolve(), 0.5)
    found = findings(warehouse)
    assert wrong(found) == {"warehouse"}
    assert "cannot be read" in found["warehouse"].found
    assert "rollback" in str(found["warehouse"].remedy)


@pytest.mark.parametrize("start", [0.0, 0.5])
def test_a_damaged_build_file_is_told_and_made_anew_when_it_is_removed(tmp_path: Path, start: float) -> None:
    write_story(tmp_path / "inbox", 1)
    settings = Settings(warehouse=tmp_path / "news.duckdb")
    build = run_plain([str(tmp_path / "inbox")], settings).paths.build
    damage(build, start)
    found = findings(settings.warehouse)
    assert wrong(found) == {"build file"}
    assert "remove it" in str(found["build file"].remedy)
    write_story(tmp_path / "inbox", 2)
    with pytest.raises(StorageError, match="dateline doctor says which"):
        run_plain([str(tmp_path / "inbox")], settings)
    if not start:
        with pytest.raises(StorageError, match="dateline doctor says which"):
            ask_build(settings.warehouse, "FROM etl.run")
    build.unlink()
    assert run_plain([str(tmp_path / "inbox")], settings).record.articles_loaded == 1
    assert article_count(settings.warehouse) == 2


def test_a_damaged_version_is_not_put_back(tmp_path: Path) -> None:
    settings = Settings(warehouse=tmp_path / "news.duckdb")
    for number in (1, 2):
        write_story(tmp_path / "inbox", number)
        job = run_plain([str(tmp_path / "inbox")], settings)
    damage(job.paths.version(kept_versions(job.paths)[0]), 0.5)
    with pytest.raises(BrokenWarehouseError, match="cannot be read"):
        rollback(settings, None)
    assert article_count(settings.warehouse) == 2
    assert run_plain([str(tmp_path / "inbox")], settings).record.state == "unchanged"


def test_the_holder_of_the_lock_is_named(office: Path) -> None:
    with writer_lock(WarehousePaths(office / "news.duckdb").lock):
        assert findings(office / "news.duckdb")["lock"].found.startswith("held: process ")
    assert findings(office / "news.duckdb")["lock"].found == "free"


def test_an_api_that_does_not_answer_and_sources_that_are_not_there(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    assert wrong(findings(office / "news.duckdb", ("nowhere",))) == {"Prefect", "sources"}
    assert doctor_command(Settings(warehouse=office / "news.duckdb")) == 1
    assert "1 of 11 checks found something wrong" in capsys.readouterr().out


def test_the_disk_must_hold_the_warehouse_anew(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.doctor.LEAST_FREE", 1 << 60)
    assert wrong(findings(office / "news.duckdb")) == {"disk"}


def test_config_tells_each_value_and_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    (tmp_path / "dateline.toml").write_text("batch_mb = 3\n", encoding="utf-8")
    monkeypatch.setenv("DATELINE_RETRIES", "7")
    monkeypatch.setenv("DATELINE_TYPO", "7")
    assert config_command(Settings(full=True)) == 0
    printed = capsys.readouterr().out
    lines = [re.split(r" {2,}", line) for line in printed.splitlines()]
    found = {cells[0]: cells[1:3] for cells in lines if len(cells) > 2}
    assert found["batch_mb"] == ["3.0", "dateline.toml"]
    assert found["retries"] == ["7", "DATELINE_RETRIES"]
    assert found["full"] == ["True", "flag"]
    assert found["strict"] == ["False", "default"]
    assert "DATELINE_TYPO sets nothing" in printed


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("batch = 3", "'batch' that does not exist"),
        ("batch_mb = 0", "--batch-mb"),
        ("batch_mb = ", "no TOML"),
        ('map = ["text"]', "OURS=THEIRS"),
        ('since = "yesterday"', "--since"),
    ],
)
def test_a_wrong_settings_file_is_told(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "dateline.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        in_force()
