"""`dateline actors`: a warehouse's own actors, added from a CSV, imported from FollowTheMoney, listed and removed."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from rich.console import Console

from flows.console.actor_rows import checked_actors
from flows.console.tables import print_rows
from flows.defaults import DEFAULT_WAREHOUSE
from flows.errors import UsageError
from flows.normalise.actors.entities import entity_actors
from flows.normalise.actors.user import merge_actors
from flows.sources.actor_csv import read_actor_csv
from flows.sources.followthemoney import read_entities
from flows.sources.reference import load_reference
from flows.user_actors import extractor_for, load_actors, put_actors, store_actors
from schemas.user_actors import IS_IMPORTED
from warehouse.lock import writer_lock
from warehouse.paths import WarehousePaths

LISTED = ("actor_id", "name", "actor_kind", "country_code", "wikidata_id", "aliases")
SHOWN_ROWS = 100
NEXT = "Runs from now on find them; --full takes the articles anew that are loaded already."


def add_command(file: Path, warehouse: Path) -> int:
    """Add the actors of a CSV; one of an id that is there takes its place.

    Raises:
        ActorFileError: the file or a row of it is wrong; nothing was added.
        WarehouseLockedError: a run is writing to the warehouse.
    """
    rows = read_actor_csv(file)
    known = load_actors(_existing(warehouse).actors)["actor_id"]
    added = checked_actors(file, rows, load_reference(), known)
    total = _keep(warehouse, added.with_columns(pl.lit(value=False).alias(IS_IMPORTED)))
    Console().print(f"{added.height:,} actors added; {warehouse} has {total:,} of its own. {NEXT}", soft_wrap=True)
    return 0


def import_command(file: Path, warehouse: Path) -> int:
    """Import the persons and organisations of a file of entities.

    Raises:
        ActorFileError: the file or a line of it is wrong; nothing was imported.
        WarehouseLockedError: a run is writing to the warehouse.
    """
    console = Console()
    reference = load_reference()
    read, found = 0, []
    with console.status("read entities"):
        for entities in read_entities(file):
            read += entities.height
            found.append(entity_actors(entities, reference))
    if not read:
        message = f"{file} holds no entity"
        raise UsageError(message)
    imported = merge_actors(pl.concat(found))
    total = _keep(warehouse, imported.with_columns(pl.lit(value=True).alias(IS_IMPORTED)))
    console.print(
        f"{imported.height:,} actors imported of {read:,} entities (the others are no persons or organisations, the "
        f"same actor again, or have no name that can be taken); {warehouse} has {total:,} of its own. {NEXT}",
        soft_wrap=True,
    )
    return 0


def list_command(word: str, warehouse: Path) -> int:
    """Print the actors whose id or names hold the word, in any case."""
    actors = load_actors(_existing(warehouse).actors)
    names = pl.concat_str("actor_id", "name", "aliases", "weak_aliases", separator="|", ignore_nulls=True)
    fitting = actors.filter(names.str.to_lowercase().str.contains(word.lower(), literal=True)).select(LISTED)
    console = Console()
    if fitting.height:
        print_rows(console, fitting.columns, fitting.head(SHOWN_ROWS).rows())
    console.print(f"{fitting.height:,} of {actors.height:,} actors of {warehouse}", soft_wrap=True)
    if fitting.height > SHOWN_ROWS:
        console.print(f"The first {SHOWN_ROWS} are shown; dateline actors list WORD shows those that hold a word.")
    return 0


def remove_command(actor_ids: Sequence[str], warehouse: Path, *, all_imported: bool) -> int:
    """Remove actors by their ids, or all imported ones.

    Raises:
        UsageError: none is named, or one that is not there.
        WarehouseLockedError: a run is writing to the warehouse.
    """
    if bool(actor_ids) == all_imported:
        message = "name the ids of the actors to remove (dateline actors list shows them), or give --imported"
        raise UsageError(message)
    paths = _existing(warehouse)
    if not paths.actors.exists():
        message = f"{warehouse} has no actors of its own"
        raise UsageError(message)
    with writer_lock(paths.lock):
        actors = load_actors(paths.actors)
        unknown = sorted(set(actor_ids) - set(actors["actor_id"]))
        if unknown:
            message = f"{warehouse} has no actor of its own {', '.join(unknown)}: dateline actors list shows them"
            raise UsageError(message)
        gone = pl.col(IS_IMPORTED) if all_imported else pl.col("actor_id").is_in(list(actor_ids))
        left = actors.filter(~gone)
        store_actors(paths.actors, left)
    Console().print(f"{actors.height - left.height:,} actors removed; {left.height:,} are left.")
    return 0


def _keep(warehouse: Path, actors: pl.DataFrame) -> int:
    """Add the actors to those of the warehouse and compile the names of all, so that no run has to."""
    paths = WarehousePaths.of(warehouse, make_parent=warehouse == DEFAULT_WAREHOUSE)
    with writer_lock(paths.lock):
        total = put_actors(paths.actors, actors)
        extractor_for(paths.actors)
    return total


def _existing(warehouse: Path) -> WarehousePaths:
    return WarehousePaths(warehouse.parent.resolve() / warehouse.name)
