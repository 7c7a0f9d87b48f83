"""The commands `dateline actors ...`: the actors of a warehouse's own."""

# ruff: noqa: PLC0415  (a command imports what it needs when it is called: the others start fast)

from pathlib import Path
from typing import Annotated

from cyclopts import App

from flows.options import Flag, Warehouse
from flows.settings import in_force

actors = App(name="actors", help="The actors of your own that the runs of a warehouse find beside those they know.")


@actors.command(name="add")
def add_actors(file: Path, *, warehouse: Warehouse = None) -> int:
    """Add actors from a CSV with a header: name and actor_kind, and what else is known of them.

    The other columns are actor_id, aliases and weak_aliases (separated by |), country_code (ISO 3166-1 alpha-3),
    sector, wikidata_id, parent_actor_id, latitude and longitude. A row with the id or the Wikidata item of a known
    actor adds to it. Its names mean this actor and no other, but for those in weak_aliases.

    Example: dateline actors add customers.csv --warehouse news.duckdb

    Args:
        file: The CSV, also as .gz or .zst.
        warehouse: The warehouse whose runs are to find them.
    """
    from flows.console.actors import add_command

    return add_command(file, in_force(warehouse=warehouse).warehouse)


@actors.command(name="import")
def import_actors(file: Path, *, warehouse: Warehouse = None) -> int:
    """Import persons and organisations from JSON Lines of FollowTheMoney entities, such as OpenSanctions publishes.

    Example: dateline actors import entities.ftm.json --warehouse news.duckdb

    Args:
        file: The entities, one a line, also as .gz or .zst.
        warehouse: The warehouse whose runs are to find them.
    """
    from flows.console.actors import import_command

    return import_command(file, in_force(warehouse=warehouse).warehouse)


@actors.command(name="list")
def list_actors(word: str = "", *, warehouse: Warehouse = None) -> int:
    """List the actors that were added or imported.

    Example: dateline actors list gazprom

    Args:
        word: Only those whose id or names hold it.
        warehouse: The warehouse to which they were added.
    """
    from flows.console.actors import list_command

    return list_command(word, in_force(warehouse=warehouse).warehouse)


@actors.command(name="remove")
def remove_actors(*actor_ids: str, warehouse: Warehouse = None, imported: Annotated[bool, Flag] = False) -> int:
    """Remove actors that were added or imported.

    Example: dateline actors remove u-person:jane-doe

    Args:
        actor_ids: Their ids, as dateline actors list shows them.
        warehouse: The warehouse to which they were added.
        imported: Remove all imported ones.
    """
    from flows.console.actors import remove_command

    return remove_command(actor_ids, in_force(warehouse=warehouse).warehouse, all_imported=imported)
