"""The user's own actors: their identity, and the tables of them that the rules read."""

import polars as pl

from flows.normalise.actors.identity import discovered_id
from schemas.contract import polars_schema
from schemas.reference.actor_tables import Actor, ActorAlias
from schemas.reference.registry import Reference
from schemas.user_actors import IS_IMPORTED, NAME_SEPARATOR


def user_tables(actors: pl.DataFrame) -> Reference:
    """The tables `actor` and `actor_alias` of the user's actors, in the columns of the reference tables.

    Args:
        actors: the columns of UserActor and `is_imported`. A name in `weak_aliases` needs context, also where it is
            the actor's `name`; for imported actors every name does that an added actor has for its own.
    """
    named = actors.select("actor_id", IS_IMPORTED, "weak_aliases", own=pl.concat_list("name", _parts("aliases")))
    own = named.select("actor_id", IS_IMPORTED, alias="own", needs_context=False).explode("alias")
    weak = named.select("actor_id", IS_IMPORTED, alias=_parts("weak_aliases"), needs_context=True).explode("alias")
    added = own.filter(~pl.col(IS_IMPORTED)).select("alias", is_taken=True).unique()
    aliases = (
        pl.concat([weak, own])
        .drop_nulls("alias")
        .unique(["alias", "actor_id"], keep="first", maintain_order=True)
        .join(added, on="alias", how="left", maintain_order="left")
        .with_columns(
            needs_context=pl.col("needs_context") | (pl.col(IS_IMPORTED) & pl.col("is_taken").is_not_null()),
            alias_type=pl.lit("name"),
            case_sensitive=True,
        )
    )
    return {
        "actor": actors.select(*polars_schema(Actor).names(), IS_IMPORTED),
        "actor_alias": aliases.select(polars_schema(ActorAlias).names()),
    }


def with_origin(actors: pl.DataFrame) -> pl.DataFrame:
    """Actors with `origin` and `is_imported`: those of the reference tables, unless they are there already."""
    if "origin" in actors.columns:
        return actors
    return actors.with_columns(pl.lit(value=False).alias(IS_IMPORTED), origin=pl.lit("reference"))


def with_user_tables(reference: Reference, user: Reference) -> Reference:
    """Add the user's actors and their names to the tables.

    A user's actor of a known id is that actor: what the user leaves open stays as it was, its names are added. A name
    that is the user's actor's own is nobody else's any longer; a name that needs context stands beside the others.

    Returns:
        The tables, where `actor` has the columns `origin` and `is_imported` (and the tables do not know it).
    """
    known = with_origin(reference["actor"])
    rest = [name for name in reference["actor"].columns if name not in {"actor_id", "origin", IS_IMPORTED}]
    given = user["actor"].join(known, on="actor_id", how="left", suffix="_known", maintain_order="left")
    filled = given.select(
        "actor_id",
        *(pl.coalesce(name, f"{name}_known").alias(name) for name in rest),
        pl.col(IS_IMPORTED) & pl.col("name_known").is_null(),
        origin=pl.lit("user"),
    )
    own = user["actor_alias"].filter(~pl.col("needs_context"))
    names = pl.concat(
        [
            reference["actor_alias"]
            .join(user["actor_alias"], on=["alias", "actor_id"], how="anti", maintain_order="left")
            .join(own, on="alias", how="anti", maintain_order="left"),
            user["actor_alias"],
        ],
        how="diagonal",
    )
    others = known.join(user["actor"], on="actor_id", how="anti", maintain_order="left")
    return {**reference, "actor": pl.concat([others, filled.select(others.columns)]), "actor_alias": names}


def identify(rows: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """Give actors without an id one: the reference actor's with their Wikidata item, else one from kind and name.

    Args:
        rows: `actor_id`, `wikidata_id`, `actor_kind`, `name`.
        reference: the reference tables.

    Returns:
        The rows with `actor_id` filled, and `known_kind` and `known_name` of the reference actor of that id, or null.
    """
    items = reference["actor"].drop_nulls("wikidata_id").select("wikidata_id", known_id="actor_id")
    kinds = reference["actor"].select("actor_id", known_kind="actor_kind", known_name="name")
    own = discovered_id(pl.col("actor_kind"), pl.col("name")).str.replace("^x-", "u-")
    return (
        rows.join(items, on="wikidata_id", how="left", maintain_order="left")
        .with_columns(actor_id=pl.coalesce("actor_id", "known_id", own))
        .drop("known_id")
        .join(kinds, on="actor_id", how="left", maintain_order="left")
    )


def merge_actors(actors: pl.DataFrame) -> pl.DataFrame:
    """One row an actor: of several the first that says something, with the names of all."""
    several = actors.filter(pl.col("actor_id").is_duplicated())
    rest = [name for name in actors.columns if name not in {"actor_id", "aliases", "weak_aliases"}]
    merged = several.group_by("actor_id", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first() for name in rest),
        aliases=pl.concat_str("name", "aliases", separator=NAME_SEPARATOR, ignore_nulls=True).str.join(NAME_SEPARATOR),
        weak_aliases=pl.col("weak_aliases").str.join(NAME_SEPARATOR).replace("", None),
    )
    return pl.concat([actors.filter(~pl.col("actor_id").is_duplicated()), merged.select(actors.columns)])


def _parts(names: str) -> pl.Expr:
    parts = pl.col(names).str.split(NAME_SEPARATOR).list.eval(pl.element().str.strip_chars())
    return parts.list.eval(pl.element().filter(pl.element() != "")).fill_null([])
