"""The disk: what it or the memory refuses is an error that a user can mend, and what it must hold for good."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from warehouse.paths import WarehousePaths

STORAGE_VERSION = "v1.0.0"
"""DuckDB's storage format of the build file and so of the published ones: readable by 1.1 and later, 2.0 included."""

REFUSALS = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException, duckdb.FatalException)
"""A file that cannot be read or written, memory that is not there, a commit that fails on either, and what DuckDB
says after them; a single writer meets no other failure of a transaction."""


PARQUET_REFUSAL = "parquet: File out of specification"
"""How Polars begins to tell that the disk refuses a part of a Parquet file."""
DAMAGED = ("Corrupt database file", "not a valid DuckDB database file")
"""How DuckDB tells of a file that others have written to, or a failing disk."""
CANNOT_OPEN = "Cannot open file"
"""How DuckDB tells of a file that is there and that the system does not let it open."""
COPY = """
import shutil, sys
try:
    shutil.copyfile(*sys.argv[1:])
except OSError as error:
    sys.exit(str(error))
"""
"""A program that copies a file."""


class StorageError(RuntimeError):
    """The machine refused a file or memory; the message says which."""


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn errors of files and memory that DuckDB or Polars meet within the block into StorageError.

    Raises:
        StorageError: with the first line of the first of them, and what to do; what failed while that one was being
            dealt with is a note.
    """
    try:
        yield
    except pl.exceptions.ComputeError as error:
        if not str(error).startswith(PARQUET_REFUSAL):
            raise
        raise refused(error) from error
    except REFUSALS as error:
        raise refused(error) from error


def refused(error: Exception) -> StorageError:
    """The error that a user is told, with the notes of what else failed."""
    met: list[BaseException] = [error]
    while isinstance(met[0].__context__, REFUSALS):
        met.insert(0, met[0].__context__)
    first = _first_line(met[0])
    is_damaged = any(words in first for words in DAMAGED)
    advice = "dateline doctor says which file is damaged" if is_damaged else "make room or allow access, then run again"
    told = StorageError(f"the warehouse could not be written or read: {first}. What was published stands: {advice}")
    later = (f"then: {_first_line(one)}" for one in met[1:])
    for note in (*later, *(note for one in met for note in getattr(one, "__notes__", ()))):
        told.add_note(note)
    return told


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]


def fresh_draft(paths: WarehousePaths) -> Path:
    """Where the next build file is written before it takes the present one's name; what an earlier one left is gone."""
    draft = paths.work / "build.draft"
    for leftover in paths.work.glob(f"{draft.name}*"):
        leftover.unlink()
    return draft


def copy_open_file(source: Path, target: Path) -> None:
    """Copy a file that DuckDB has open in this process, by a process of its own.

    A process loses its locks on a file when it closes any descriptor of it (POSIX): a copy made here would let others
    write to the file.

    Raises:
        OSError: the copy failed.
    """
    program = [sys.executable, "-I", "-S", "-c", COPY, str(source), str(target)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)  # noqa: S603  (a program of its own)
    if done.returncode:
        message = done.stderr.strip() or f"the copy of {source} ended with code {done.returncode}"
        raise OSError(message)


def remove(entry: Path) -> None:
    """Remove a file, or a folder with all that is in it."""
    if entry.is_dir():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or which files a folder has."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
