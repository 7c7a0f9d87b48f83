"""Actors by what a user types: an id, a name, an alias, or a part of one."""

from dataclasses import dataclass

from warehouse.reader import Reader

MOST_FOUND = 20
"""Actors that fit, at the most: who wants another one types more."""

IS_ACTOR = "SELECT name FROM main.dim_actor WHERE actor_id = $actor"

FIND_ACTORS = """
WITH named AS (
    SELECT actor_id, name AS called FROM main.dim_actor
    UNION
    SELECT actor_id, alias FROM main.dim_actor_alias
),
fitting AS (
    SELECT actor_id, bool_or(lower(called) = lower($word)) AS is_exact
    FROM named WHERE contains(lower(called), lower($word)) GROUP BY actor_id
)
SELECT actor_id, actor.name, actor.actor_kind, count(mention.mention_id) AS mentions, fitting.is_exact
FROM fitting
JOIN main.dim_actor AS actor USING (actor_id)
LEFT JOIN main.fact_actor_mention AS mention USING (actor_id)
GROUP BY ALL
ORDER BY mentions = 0, is_exact DESC, mentions DESC, actor.name, actor_id
LIMIT $most
"""
"""Actors of which a name holds $word: those that the articles mention first, whole names first, then the most named."""


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor that fits: how often it is mentioned, and whether one of its names is the very word."""

    actor_id: str
    name: str
    actor_kind: str
    mentions: int
    is_exact: bool


def actor_name(reader: Reader, actor_id: str) -> str | None:
    """The name of an actor, or None where no actor has the id."""
    found = reader.rows(IS_ACTOR, {"actor": actor_id})
    return str(found[0][0]) if found else None


def find_actors(reader: Reader, word: str) -> list[FoundActor]:
    """The actors that fit a word, the likeliest first, at most MOST_FOUND."""
    rows = reader.rows(FIND_ACTORS, {"word": word, "most": MOST_FOUND})
    return [FoundActor(*row) for row in rows]  # type: ignore[arg-type]  # the query's columns are the fields


def the_one_meant(found: list[FoundActor]) -> FoundActor | None:
    """The actor that is surely meant: the only one that fits, or the only mentioned one of that very name."""
    if len(found) == 1:
        return found[0]
    exact = [actor for actor in found if actor.is_exact and actor.mentions]
    return exact[0] if len(exact) == 1 else None
