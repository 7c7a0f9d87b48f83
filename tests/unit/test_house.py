"""The rules of the house (README, CONTRIBUTING): imports, purity, sizes, and what the project may not contain."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "schemas", "warehouse", "seeds")
MODULES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
PURE = ("flows/parse", "flows/normalise")
LAYERS = {  # what a module of each folder may import of the project
    "schemas": ("schemas",),
    "seeds": (),
    "warehouse": ("warehouse", "schemas"),
    "flows/parse": ("flows.parse", "schemas"),
    "flows/normalise": ("flows.normalise", "schemas"),
    "flows/sources": ("flows.sources", "schemas"),
}
FORBIDDEN_IN_PURE = {"re", "regex", "os", "io", "pathlib", "time", "random", "subprocess", "socket", "requests", "open"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def layer(file: Path) -> str | None:
    return next((name for name in LAYERS if relative(file).startswith(f"{name}/")), None)


@pytest.mark.parametrize("file", MODULES, ids=relative)
def test_only_the_flows_know_prefect_and_only_the_warehouse_knows_duckdb(file: Path) -> None:
    roots = {name.split(".")[0] for name in imports(file)}
    assert "prefect" not in roots or file.parent == ROOT / "flows"
    assert "duckdb" not in roots or relative(file).startswith("warehouse/")


@pytest.mark.parametrize("file", [file for file in MODULES if layer(file)], ids=relative)
def test_imports_point_one_way(file: Path) -> None:
    allowed = LAYERS[str(layer(file))]
    own = [name for name in imports(file) if name.split(".")[0] in PACKAGES]
    assert [name for name in own if not name.startswith(allowed)] == []


@pytest.mark.parametrize("file", [file for file in MODULES if relative(file).startswith(PURE)], ids=relative)
def test_parse_and_normalise_are_pure_and_relational(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert FORBIDDEN_IN_PURE.isdisjoint(name.split(".")[0] for name in imports(file))
    assert re.findall(r"\b(?:map_elements|iter_rows|to_dicts|open)\(|\.rows\(", text) == []


@pytest.mark.parametrize("file", MODULES, ids=relative)
def test_modules_and_functions_stay_short(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert long == []


def test_every_import_of_prefect_in_the_command_line_is_inside_a_command() -> None:
    tree = ast.parse((ROOT / "flows" / "cli.py").read_text(encoding="utf-8"))
    top = {name for node in tree.body if isinstance(node, ast.ImportFrom) for name in [node.module or ""]}
    assert not any(name.startswith(("prefect", "flows.ingest", "flows.console")) for name in top)


def test_the_lock_file_pins_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9._-]+==\S+", lock, re.MULTILINE)
    assert len(pins) > 50
    assert lock.count("--hash=sha256:") >= len(pins)
    assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links", lock)
