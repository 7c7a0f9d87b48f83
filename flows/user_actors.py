"""The actors that a user added to a warehouse: kept in its working folder, read by each of its runs."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from flows.extract import Extractor, build_extractor, default_extractor
from flows.normalise.actors.user import user_tables, with_user_tables
from flows.sources.reference import load_reference
from flows.sources.streams import file_sha256
from flows.version import rules_version
from schemas.contract import polars_schema
from schemas.user_actors import IS_IMPORTED, UserActor

ACTORS_FILE = "actors.parquet"
USER_TABLES = ("actor", "actor_alias")
"""The reference tables to which the user's actors add."""
COMPILED = (*USER_TABLES, "names", "bearers")
"""What is kept beside the actors, because a million of them take seconds: those tables, and their names compiled."""


def load_actors(folder: Path) -> pl.DataFrame:
    """The actors of a warehouse: the columns of UserActor and `is_imported`; empty where none was added.

    Args:
        folder: the folder `actors` of the warehouse's working folder.
    """
    file = folder / ACTORS_FILE
    if file.exists():
        return pl.read_parquet(file, glob=False)
    return pl.DataFrame(schema={**polars_schema(UserActor), IS_IMPORTED: pl.Boolean})


def store_actors(folder: Path, actors: pl.DataFrame) -> None:
    """Put the actors in the place of those that were there, whole or not at all."""
    if actors.is_empty():
        (folder / ACTORS_FILE).unlink(missing_ok=True)
        return
    folder.mkdir(exist_ok=True)
    _write(actors.sort("actor_id"), folder / ACTORS_FILE)


def put_actors(folder: Path, actors: pl.DataFrame) -> int:
    """Add actors to those of a warehouse; each takes the place of the one with its id, but an imported of no added one.

    Returns:
        How many the warehouse has now.
    """
    held = load_actors(folder)
    kept_by_hand = held.filter(~pl.col(IS_IMPORTED))
    new = actors.filter(~pl.col(IS_IMPORTED) | ~pl.col("actor_id").is_in(kept_by_hand["actor_id"].implode()))
    left = held.join(new, on="actor_id", how="anti", maintain_order="left")
    together = pl.concat([left, new.select(left.columns)]).sort("actor_id")
    if not together.equals(held):
        store_actors(folder, together)
    return together.height


def actor_rules_version(folder: Path) -> str:
    """The version of the rules that the runs of a warehouse follow: Dateline's own, and the user's actors."""
    file = folder / ACTORS_FILE
    if not file.exists():
        return rules_version()
    return hashlib.sha256(f"{rules_version()}\0{file_sha256(file)}".encode()).hexdigest()[:16]


def extractor_for(folder: Path) -> Extractor:
    """The extractor of a warehouse: that of the shipped tables where no actor was added."""
    file = folder / ACTORS_FILE
    if not file.exists():
        return default_extractor()
    status = file.stat()
    return _extractor(folder, (status.st_mtime_ns, status.st_size))


@cache
def _extractor(folder: Path, _state: Sequence[int]) -> Extractor:
    """Compile the rules over the user's actors, once a process; their tables and names once a version of the rules."""
    version = actor_rules_version(folder)
    reference = load_reference()
    files = {name: folder / f"{name}-{version}.parquet" for name in COMPILED}
    if all(file.exists() for file in files.values()):
        made = {name: pl.read_parquet(file, glob=False) for name, file in files.items()}
        tables = {name: made[name] for name in USER_TABLES}
        return build_extractor({**reference, **tables}, version, (made["names"], made["bearers"]))
    merged = with_user_tables(reference, user_tables(load_actors(folder)))
    extractor = build_extractor(merged, version)
    compiled = {"names": extractor.actors.aliases, "bearers": extractor.actors.bearers}
    _keep(folder, files, {name: merged[name] for name in USER_TABLES} | compiled)
    return extractor


def _keep(folder: Path, files: Mapping[str, Path], made: Mapping[str, pl.DataFrame]) -> None:
    for old in (old for name in COMPILED for old in folder.glob(f"{name}-*.parquet")):
        old.unlink(missing_ok=True)
    for name, file in files.items():
        _write(made[name], file)


def _write(table: pl.DataFrame, file: Path) -> None:
    draft = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    table.write_parquet(draft)
    draft.replace(file)
