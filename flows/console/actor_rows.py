"""Check the rows of a user's CSV of actors; every fault is named by its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl
from pandera.errors import SchemaErrors

from flows.normalise.actors.user import identify
from flows.sources.actor_csv import LINE, ActorFileError
from schemas.contract import full_schema, polars_schema
from schemas.reference.registry import Reference
from schemas.user_actors import REQUIRED, UserActor

FAULTS_SHOWN: Final = 10


def checked_actors(file: Path, rows: pl.DataFrame, reference: Reference, known: pl.Series) -> pl.DataFrame:
    """The rows of a CSV as actors.

    Args:
        file: the CSV, for the message.
        rows: what `read_actor_csv` returns.
        reference: the reference tables.
        known: the ids of the warehouse's own actors.

    Returns:
        The columns of UserActor, every actor with its id.

    Raises:
        ActorFileError: rows break the contract; it names their lines.
    """
    schema = polars_schema(UserActor)
    typed = rows.with_columns(pl.col(name).cast(kind, strict=False) for name, kind in schema.items())
    actors = identify(typed, reference)
    faults = [
        *_missing(rows),
        *_no_numbers(rows, typed),
        *_broken(actors),
        *_wrong_references(actors, reference, known),
    ]
    found = pl.concat(faults).unique(LINE, keep="first", maintain_order=True).sort(LINE)
    if found.height:
        shown = [f"line {line}: {detail}" for line, detail in found.head(FAULTS_SHOWN).iter_rows()]
        more = f" (and {found.height - FAULTS_SHOWN} more)" if found.height > FAULTS_SHOWN else ""
        message = f"{file}: {'; '.join(shown)}{more}. Nothing was added: mend the file and add it again"
        raise ActorFileError(message)
    return actors.select(schema.names())


def _missing(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for name in REQUIRED:
        yield rows.filter(pl.col(name).is_null()).select(LINE, detail=pl.lit(f"no {name}"))


def _no_numbers(rows: pl.DataFrame, typed: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for name, kind in polars_schema(UserActor).items():
        if kind.is_numeric():
            wrong = rows.filter(rows[name].is_not_null() & typed[name].is_null())
            yield wrong.select(LINE, detail=pl.format("{} {} is no number", pl.lit(name), name))


def _broken(actors: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """What breaks the contract of a row by itself; ids that stand twice are told apart by `_wrong_references`."""
    single = actors.filter(pl.col("actor_id").is_first_distinct())
    try:
        full_schema(UserActor).validate(single.select(polars_schema(UserActor).names()), lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.drop_nulls("index")
        value = pl.col("failure_case").cast(pl.String).fill_null("nothing")
        detail = pl.format("{} is {}, which breaks {}", "column", value, "check")
        yield cases.select(detail=detail).insert_column(0, single[LINE][cases["index"].to_list()])


def _wrong_references(actors: pl.DataFrame, reference: Reference, known: pl.Series) -> Iterator[pl.DataFrame]:
    ids = pl.concat([known, reference["actor"]["actor_id"], actors["actor_id"]])
    other_kind = pl.col("known_kind") != pl.col("actor_kind")
    first = pl.col(LINE).first().over("actor_id")
    no_parent = ~pl.col("parent_actor_id").is_in(ids.implode())
    details = {
        "other kind": (other_kind, pl.format("{} is known, as a {}", "actor_id", "known_kind")),
        "again": (first != pl.col(LINE), pl.format("{} stands on line {} already", "actor_id", first)),
        "no parent": (no_parent, pl.format("no actor has the id {} of its parent", "parent_actor_id")),
    }
    for fault, detail in details.values():
        yield actors.with_columns(detail=detail).filter(fault).select(LINE, "detail")
