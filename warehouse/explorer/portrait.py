"""Who an actor is: what the warehouse knows of it beside its mentions."""

from dataclasses import dataclass

from warehouse.reader import Reader, Rows

MOST_LISTED = 100
"""Names, offices and office-holders that a page lists."""

ACTOR = """
SELECT actor.actor_id, actor.name, actor.actor_kind, actor.country_code, country.name AS country,
       country.actor_id AS country_id, actor.sector, actor.wikidata_id, actor.parent_actor_id, parent.name AS parent,
       actor.latitude, actor.longitude, actor.origin
FROM main.dim_actor AS actor
LEFT JOIN main.dim_actor AS country
    ON country.country_code = actor.country_code AND country.actor_kind = 'country'
    AND country.actor_id = 'country:' || lower(actor.country_code)
LEFT JOIN main.dim_actor AS parent ON parent.actor_id = actor.parent_actor_id
WHERE actor.actor_id = $actor
"""
NAMES = """
SELECT alias FROM main.dim_actor_alias JOIN main.dim_actor USING (actor_id)
WHERE actor_id = $actor AND alias <> name ORDER BY alias LIMIT $most
"""
SURFACES = """
SELECT surface, count(*) AS mentions FROM main.fact_actor_mention WHERE actor_id = $actor
GROUP BY surface ORDER BY mentions DESC, surface LIMIT 12
"""
PARTS = """
SELECT part.actor_id, part.name, count(*) AS mentions
FROM main.dim_actor AS part JOIN main.fact_actor_mention AS mention USING (actor_id)
WHERE part.parent_actor_id = $actor GROUP BY ALL ORDER BY mentions DESC, part.name LIMIT 20
"""
OFFICES = """
SELECT office, of_actor.name AS "of", from_on AS "from", to_on AS "to", of_actor_id
FROM main.dim_actor_office AS held LEFT JOIN main.dim_actor AS of_actor ON of_actor.actor_id = held.of_actor_id
WHERE held.actor_id = $actor ORDER BY from_on DESC NULLS LAST, office LIMIT $most
"""
HOLDERS = """
SELECT holder.name, held.office, held.from_on AS "from", held.to_on AS "to", held.actor_id
FROM main.dim_actor_office AS held JOIN main.dim_actor AS holder USING (actor_id)
WHERE held.of_actor_id = $actor AND held.actor_id IN (SELECT actor_id FROM main.fact_actor_mention)
ORDER BY held.from_on DESC NULLS LAST, held.office, holder.name LIMIT $most
"""
"""Who held its offices, as far as the articles mention them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as dim_actor has it, with the names of its country and of what it is a part of."""

    actor_id: str
    name: str
    actor_kind: str
    country_code: str | None
    country: str | None
    country_id: str | None
    sector: str | None
    wikidata_id: str | None
    parent_actor_id: str | None
    parent: str | None
    latitude: float | None
    longitude: float | None
    origin: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """An actor: its names, how texts write it, its most named parts, the offices it held, who held its offices."""

    actor: Actor
    aliases: tuple[str, ...]
    surfaces: Rows
    parts: Rows
    offices: tuple[list[str], Rows]
    holders: tuple[list[str], Rows]


def read_portrait(reader: Reader, actor_id: str) -> Portrait | None:
    """Who the actor is, or None where none has the id."""
    one = {"actor": actor_id}
    some = {"actor": actor_id, "most": MOST_LISTED}
    found = reader.rows(ACTOR, one)
    if not found:
        return None
    return Portrait(
        actor=Actor(*found[0]),  # type: ignore[arg-type]  # the query's columns are the fields
        aliases=tuple(str(alias) for (alias,) in reader.rows(NAMES, some)),
        surfaces=reader.rows(SURFACES, one),
        parts=reader.rows(PARTS, one),
        offices=reader.fetch(OFFICES, some),
        holders=reader.fetch(HOLDERS, some),
    )
