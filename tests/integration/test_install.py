"""The installed package, away from its source tree: reference data, samples and SQL files travel with it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the contents of the wheel that this tree builds."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("dateline-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def command(site: Path, cwd: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = (
        "import flows, os; assert flows.__file__.startswith(os.environ['PYTHONPATH']); import flows.cli as c; c.main()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(site), "PREFECT_HOME": str(cwd / ".prefect")},
    )


@pytest.mark.prefect
def test_an_installed_dateline_runs_over_its_samples_from_another_folder(site: Path, tmp_path: Path) -> None:
    done = command(site, tmp_path, "run")
    assert done.returncode == 0, done.stderr
    assert "36 articles read: 36 loaded, 0 unchanged, 0 rejected" in done.stdout
    assert (tmp_path / "warehouse" / "dateline.duckdb").is_symlink()


def test_an_installed_dateline_extracts_from_another_folder(site: Path, tmp_path: Path) -> None:
    done = command(site, tmp_path, "extract", "-", "--format", "jsonl", stdin="Japan pledged $2 billion in May 2023.")
    assert done.returncode == 0, done.stderr
    assert "country:jpn" in done.stdout


def test_the_package_carries_no_warehouse_and_no_test(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not any(name.endswith(".duckdb") or name.startswith(("tests/", "warehouse/.")) for name in names)
    explorer = {"templates/base.html", "static/style.css", "static/vendor/echarts.min.js", "charts/articles_a_day.sql"}
    assert {f"warehouse/explorer/{name}" for name in explorer} <= names
    assert {"seeds/reference/actor.csv", "warehouse/marts/evidence.sql", "warehouse/audits/id_unique.sql"} <= names
