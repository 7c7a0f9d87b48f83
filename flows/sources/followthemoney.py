"""Entities of FollowTheMoney (OpenSanctions) from JSON Lines, read line by line."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson
import polars as pl

from flows.sources.actor_csv import ActorFileError, open_actor_file
from flows.sources.items import SourceError

PROPERTIES: Final = {
    "names": ("name", "previousName", "abbreviation", "alias"),
    "weak_names": ("weakAlias",),
    "countries": ("citizenship", "nationality", "country", "mainCountry", "jurisdiction"),
    "topics": ("topics",),
    "wikidata_ids": ("wikidataId",),
}
"""The properties that are taken, by our column, the most telling first."""
CHUNK_ROWS: Final = 50_000

ENTITIES: Final = pl.Schema(
    {"entity_id": pl.String, "ftm_schema": pl.String} | dict.fromkeys(PROPERTIES, pl.List(pl.String))
)
"""What is taken of an entity, as the file has it."""


def read_entities(path: Path) -> Iterator[pl.DataFrame]:
    """Read the entities of a file, some ten thousand at a time; blank lines are passed over.

    Yields:
        Frames of ENTITIES.

    Raises:
        ActorFileError: the file cannot be read, or a line of it is no entity.
    """
    try:
        with open_actor_file(path, "jsonl") as stream:
            rows = (_entity(path, number, line) for number, line in enumerate(stream, 1) if not line.isspace())
            while chunk := list(islice(rows, CHUNK_ROWS)):
                yield pl.DataFrame(chunk, schema=ENTITIES, orient="row")
    except SourceError as error:
        message = f"{path} cannot be read to its end: {error}"
        raise ActorFileError(message) from error


def _entity(path: Path, number: int, line: bytes) -> tuple[object, ...]:
    try:
        entity = orjson.loads(line)
        known: dict[str, list[str]] = entity["properties"]
        taken = [[text for name in names for text in known.get(name, ())] for names in PROPERTIES.values()]
        row: tuple[Any, ...] = (str(entity["id"]), str(entity["schema"]), *taken)
    except orjson.JSONDecodeError as error:
        message = f"{path}, line {number}: no JSON ({error}); nothing was imported"
        raise ActorFileError(message) from error
    except (KeyError, TypeError, AttributeError) as error:
        message = (
            f"{path}, line {number}: no entity of FollowTheMoney, which has an id, a schema and properties with lists "
            "of values; nothing was imported"
        )
        raise ActorFileError(message) from error
    return row
