"""Packages: the extracted tables of one batch as Parquet files with a manifest, moved into place by one rename."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import mkdtemp

import polars as pl

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package holds: rows a table, rows that broke a contract, text in bytes, seconds a stage."""

    key: str
    rules_version: str
    rows: Mapping[str, int]
    rows_rejected: int
    articles: int
    text_bytes: int
    seconds: Mapping[str, float]


def write_package(stage: Path, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> Path:
    """Write a package whole or not at all; a finished one of the same key is left as it is.

    Returns:
        The package's folder.
    """
    target = stage / manifest.key
    if read_manifest(target):
        return target
    draft = Path(mkdtemp(prefix="draft-", dir=stage))
    for name, frame in tables.items():
        frame.write_parquet(draft / f"{name}.parquet", compression="lz4")
    (draft / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return target


def read_manifest(package: Path) -> Manifest | None:
    """The manifest of a finished package, or None where there is none, or a torn one."""
    try:
        return Manifest(**json.loads((package / MANIFEST).read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def table_files(packages: list[Path], table: str) -> list[str]:
    """The Parquet files of one table in all packages that have it."""
    return [str(file) for package in packages if (file := package / f"{table}.parquet").exists()]


def clear_stage(stage: Path) -> None:
    """Remove everything from the stage: after the load that used it."""
    for entry in stage.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
