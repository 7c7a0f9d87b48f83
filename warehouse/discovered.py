"""Actors that were found in texts: kept as long as a mention needs them, named after the mentions that there are."""

from pathlib import Path

import duckdb

from schemas.registry import DISCOVERED_ACTORS
from warehouse.packages import table_files

ADD = """
INSERT INTO main.dim_actor BY NAME SELECT * FROM read_parquet(?) AS found
WHERE actor_id NOT IN (SELECT actor_id FROM main.dim_actor)
QUALIFY row_number() OVER (PARTITION BY actor_id ORDER BY found) = 1
"""
DROP_UNUSED = """
DELETE FROM main.dim_actor AS actor
WHERE origin = 'discovered'
  AND NOT EXISTS (FROM main.fact_actor_mention AS mention WHERE mention.actor_id = actor.actor_id)
  AND NOT EXISTS (
    FROM main.dim_actor AS child JOIN main.fact_actor_mention AS mention ON mention.actor_id = child.actor_id
    WHERE child.parent_actor_id = actor.actor_id
  )
"""
NAME_BY_MENTIONS = r"""
UPDATE main.dim_actor AS actor SET name = named.name
FROM (
    SELECT actor_id, arg_max(surface, (mentions, surface)) AS name
    FROM (
        SELECT actor_id, regexp_replace(surface, '\s+', ' ', 'g') AS surface, sum(mentions) AS mentions
        FROM (
            SELECT actor_id, surface, count(*) AS mentions FROM main.fact_actor_mention
            WHERE resolution = 'discovered' AND mention_type = 'name'
            GROUP BY ALL
        )
        GROUP BY ALL
    )
    GROUP BY actor_id
) AS named
WHERE named.actor_id = actor.actor_id AND actor.origin = 'discovered' AND actor.name <> named.name
"""
NAME_BY_PARENTS = """
UPDATE main.dim_actor AS actor SET name = named.name
FROM (
    SELECT child.actor_id, parent.name || ' ' || replace(split_part(child.actor_id, ':', -1), '_', ' ') AS name
    FROM main.dim_actor AS child JOIN main.dim_actor AS parent ON parent.actor_id = child.parent_actor_id
    WHERE child.origin = 'discovered'
) AS named
WHERE named.actor_id = actor.actor_id AND actor.name <> named.name
"""


def add_discovered(connection: duckdb.DuckDBPyConnection, packages: list[Path]) -> None:
    """Add the actors found in the texts, each once."""
    files = table_files(packages, DISCOVERED_ACTORS)
    if files:
        connection.execute(ADD, [files])


def settle_discovered(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the actors found in texts that no mention needs any longer, and name the others anew.

    The name is the spelling of most mentions, of equally many the last in the order of characters, so that capitals
    throughout come first only where nothing else is written; a composite is named after its parent. Both are free of
    the order in which articles came and went.
    """
    for statement in (DROP_UNUSED, NAME_BY_MENTIONS, NAME_BY_PARENTS):
        connection.execute(statement)
