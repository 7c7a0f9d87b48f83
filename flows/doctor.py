"""Checks of the installation and of a warehouse: what is wrong, and how to mend it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from flows.server import configured_api
from flows.settings import Settings
from flows.sources.discover import discover
from flows.sources.reference import load_reference
from warehouse.health import (
    BrokenWarehouseError,
    ForeignFileError,
    NewerSchemaError,
    examine_build,
    examine_published,
    held_lock,
)
from warehouse.index_file import TEXT_SIZE, NoIndexError, index_size
from warehouse.paths import WarehousePaths
from warehouse.reader import NoWarehouseError, QueryError, open_published
from warehouse.words import NoStemmerError, check_stemmer

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
LEAST_FREE = 1_000_000_000
"""Bytes of disk space below which a run may not be published: it writes the warehouse anew."""
API_TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: what was found, and how to mend it where it is wrong (`remedy`)."""

    check: str
    found: str
    remedy: str | None = None


class WrongError(Exception):
    """What a check found wrong, and how to mend it."""

    def __init__(self, found: str, remedy: str) -> None:
        """Say both."""
        super().__init__(found)
        self.remedy = remedy


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check in its turn; one that fails does not stop the others."""
    checks: dict[str, Callable[[Settings], str]] = {
        "Python": _python,
        "packages": _packages,
        "Prefect": _prefect,
        "folder": _folder,
        "disk": _disk,
        "lock": _lock,
        "warehouse": _warehouse,
        "build file": _build,
        "search": _search,
        "reference tables": _reference,
        "sources": _sources,
    }
    for name, check in checks.items():
        try:
            yield Finding(name, check(settings))
        except WrongError as wrong:
            yield Finding(name, str(wrong), wrong.remedy)


def _python(_: Settings) -> str:
    found = sys.version.split()[0]
    if not OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        raise WrongError(found, "make the environment with Python 3.11 to 3.13")
    return found


def _packages(_: Settings) -> str:
    needed = [Requirement(text) for text in requires("dateline") or ()]
    wanted = [need for need in needed if need.marker is None or need.marker.evaluate({"extra": ""})]
    off = [text for need in wanted if (text := _off(need))]
    if off:
        raise WrongError(", ".join(off), "make setup installs the pinned versions anew")
    return f"Dateline {version('dateline')}, DuckDB {version('duckdb')}, {len(wanted)} packages as required"


def _off(need: Requirement) -> str | None:
    """What is wrong with an installed package, or None."""
    try:
        found = version(need.name)
    except PackageNotFoundError:
        return f"{need.name} is missing"
    return None if need.specifier.contains(found, prereleases=True) else f"{need.name} {found} is not {need.specifier}"


def _prefect(_: Settings) -> str:
    import httpx  # noqa: PLC0415  (only this check needs it)

    api = configured_api()
    if api is None:
        return "no API configured: each run starts a server of its own"
    try:
        httpx.get(f"{api.rstrip('/')}/health", timeout=API_TIMEOUT).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        remedy = "start it (prefect server start), or unset PREFECT_API_URL"
        found = f"{api} does not answer: {error}"
        raise WrongError(found, remedy) from error
    return f"{api} answers"


def _folder(settings: Settings) -> str:
    paths = _paths(settings)
    places = [place for place in (paths.work, paths.published.parent) if place.exists()]
    place = places[0] if places else _existing_parent(paths.published)
    if not os.access(place, os.W_OK | os.X_OK):
        found = f"{place} cannot be written to"
        raise WrongError(found, "allow it, or name another warehouse with --warehouse")
    return f"{place} can be written to"


def _disk(settings: Settings) -> str:
    paths = _paths(settings)
    free = shutil.disk_usage(_existing_parent(paths.published)).free
    size = paths.build.stat().st_size if paths.build.exists() else 0
    found = f"{free / 1e9:.1f} GB free, the warehouse has {size / 1e9:.2f} GB"
    if free < max(LEAST_FREE, 2 * size):
        raise WrongError(found, "make room: publishing writes the warehouse anew beside the old one")
    return found


def _lock(settings: Settings) -> str:
    holder = held_lock(_paths(settings))
    return f"held: {holder}" if holder else "free"


def _warehouse(settings: Settings) -> str:
    paths = _paths(settings)
    if not paths.published.exists():
        return f"none yet at {settings.warehouse}"
    try:
        health = examine_published(paths)
    except BrokenWarehouseError as error:
        raise WrongError(str(error), "dateline rollback puts the version before it back") from error
    except ForeignFileError as error:
        raise WrongError(str(error), "name the warehouse with --warehouse, or move the file away") from error
    except NewerSchemaError as error:
        raise WrongError(str(error), "install the version of Dateline that made it") from error
    schema = "of the present schema" if health.is_present else "of an older schema, which the next run changes"
    return f"{settings.warehouse} is whole: {health.rows:,} rows, {schema}; DuckDB {health.storage} reads it"


def _build(settings: Settings) -> str:
    paths = _paths(settings)
    if not (paths.build.exists() and paths.lock.exists()):
        return "none: a run makes it"
    try:
        rows = examine_build(paths)
    except BrokenWarehouseError as error:
        raise WrongError(str(error), "remove it: the next run makes it anew from the published file") from error
    return "not examined: a run is writing to it" if rows is None else f"{paths.build} is whole: {rows:,} rows"


def _search(settings: Settings) -> str:
    if not settings.warehouse.exists():
        return f"no warehouse yet at {settings.warehouse}"
    try:
        with open_published(settings.warehouse) as reader:
            ((megabytes,),) = reader.rows(TEXT_SIZE)
            if float(str(megabytes)) > settings.search_mb:
                return f"no index: {megabytes:,.1f} MB of text, more than search_mb ({settings.search_mb:g})"
            size = index_size(reader)
        check_stemmer()
    except (NoWarehouseError, QueryError):
        return "not examined: the warehouse itself cannot be read"
    except NoIndexError as error:
        raise WrongError(str(error), "dateline run builds it; until then search does without") from error
    except NoStemmerError as error:
        raise WrongError(str(error), "make setup installs it") from error
    return f"an index of the published version, {size / 1e6:.1f} MB"


def _reference(_: Settings) -> str:
    try:
        tables = load_reference()
    except Exception as error:
        raise WrongError(str(error), "mend the row that is named, or install Dateline anew") from error
    return f"{len(tables)} tables, {sum(table.height for table in tables.values()):,} rows"


def _sources(settings: Settings) -> str:
    try:
        files = discover(settings.sources, Path.cwd())
    except (OSError, ValueError) as error:
        raise WrongError(str(error), "correct the sources in dateline.toml or DATELINE_SOURCES") from error
    refused = [file for file in files if file.refused]
    if refused:
        found = f"{refused[0].uri}: {refused[0].refused}"
        raise WrongError(found, "allow reading it, or take it out of the sources")
    return f"{len(files)} files" if settings.sources else "none named: runs take the samples"


def _paths(settings: Settings) -> WarehousePaths:
    return WarehousePaths(settings.warehouse.parent.resolve() / settings.warehouse.name)


def _existing_parent(path: Path) -> Path:
    return next(parent for parent in path.parents if parent.exists())
