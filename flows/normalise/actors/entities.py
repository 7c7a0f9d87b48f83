"""What is taken of imported entities: their kind, country and sector, and the names by which texts speak of them."""

from typing import Final

import polars as pl

from flows.normalise.actors.user import identify
from schemas.contract import WIKIDATA_ID, polars_schema
from schemas.reference.registry import Reference
from schemas.user_actors import NAME_SEPARATOR, UserActor

LATIN: Final = r"^[\p{Latin}\p{M}\p{N}\p{P}\p{Zs}+]*\p{Lu}[\p{Latin}\p{M}\p{N}\p{P}\p{Zs}+]*$"
"""A name that an English text may write: Latin script with a capital."""
IN_CAPITALS: Final = r"^[^\p{Ll}]*\p{Lu}{4}[^\p{Ll}]*$"
"""A word in capitals that is no abbreviation: JSC GAZPROM NEFT is JSC Gazprom Neft."""
SURNAME_IN_CAPITALS: Final = r"^[^\p{Ll}]*\p{Lu}{3}[^\p{Ll}]*$"
"""The same in a person's name, where a word is seldom one: LI, Xiao MAO."""


def entity_actors(entities: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """Actors of imported entities, one row an entity.

    Left out are entities of schemata that are no actors, those without a name that can be taken, and those with the
    Wikidata item of a reference actor of another kind.

    Args:
        entities: the columns of flows.sources.followthemoney.ENTITIES.
        reference: the reference tables.

    Returns:
        The columns of UserActor; an entity with the Wikidata item of a reference actor is that actor, and adds names.
    """
    items = pl.concat_list("entity_id", "wikidata_ids").list.eval(pl.element().filter(_is_item()))
    rows = (
        entities.with_row_index("row")
        .join(reference["ftm_schema"], on="ftm_schema", maintain_order="left")
        .with_columns(wikidata_id=items.list.first(), actor_id=pl.lit(None, pl.String))
    )
    named = (
        rows.join(_names(rows, reference), on="row", maintain_order="left")
        .join(_first(rows, _in_country(), _countries(reference)), on="row", how="left", maintain_order="left")
        .join(_first(rows, pl.col("topics"), _sectors(reference)), on="row", how="left", maintain_order="left")
    )
    is_known = pl.col("known_kind").is_not_null()
    slug = pl.col("entity_id").str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
    own = pl.concat_str(pl.lit("u-"), "actor_kind", pl.lit(":"), slug)
    schema = polars_schema(UserActor)
    return (
        identify(named, reference)
        .filter(~is_known | (pl.col("known_kind") == pl.col("actor_kind")))
        .with_columns(
            pl.lit(None, schema[name]).alias(name)
            for name in schema.names()
            if name not in {*named.columns, "actor_id"}
        )
        .with_columns(
            pl.when(~is_known).then(pl.col("country_code", "sector")).name.keep(),
            actor_id=pl.when(is_known).then("actor_id").otherwise(own),
            name=pl.coalesce("known_name", "name"),
        )
        .select(schema.names())
    )


def _is_item() -> pl.Expr:
    return pl.element().str.contains(WIKIDATA_ID)


def _names(rows: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """The names that are taken: `row`, `name`, `aliases`, `weak_aliases`.

    A name that a table has for another actor is weak. A name of one word is left out where it is weak, an ordinary
    word, or a given or family name.
    """
    written = pl.concat(
        [
            rows.select("row", "actor_kind", "wikidata_id", alias="names", is_weak=False).explode("alias"),
            rows.select("row", "actor_kind", "wikidata_id", alias="weak_names", is_weak=True).explode("alias"),
        ]
    ).drop_nulls("alias")
    names = (
        written.with_columns(alias=_as_written())
        .filter(pl.col("alias").str.contains(LATIN), ~pl.col("alias").str.contains(NAME_SEPARATOR, literal=True))
        .join(_others(reference), on="alias", how="left", maintain_order="left")
        .with_columns(is_weak=pl.col("is_weak") | _of_another())
    )
    one_word = ~pl.col("alias").str.contains(" ", literal=True)
    words = _ordinary(reference)
    is_ordinary = pl.col("alias").is_in(words.implode()) | pl.col("alias").str.to_lowercase().is_in(words.implode())
    return (
        names.filter(~(one_word & (pl.col("is_weak") | is_ordinary)))
        .unique(["row", "alias"], keep="first", maintain_order=True)
        .group_by("row", maintain_order=True)
        .agg(
            name=pl.col("alias").first(),
            aliases=pl.col("alias").filter(~pl.col("is_weak")).str.join(NAME_SEPARATOR),
            weak_aliases=pl.col("alias").filter("is_weak").str.join(NAME_SEPARATOR),
        )
        .with_columns(pl.col("aliases", "weak_aliases").replace("", None))
    )


def _of_another() -> pl.Expr:
    is_same = pl.col("wikidata_id").is_in("items").fill_null(value=False)
    return pl.col("items").is_not_null() & ~is_same


def _as_written() -> pl.Expr:
    """A name as texts write it: given name first, not in capitals; of a person no long word is in capitals."""
    plain = pl.col("alias").str.replace_all(r"\s+", " ").str.strip_chars()
    turned = plain.str.replace(r"^([^,]+), ([^,]+)$", "$2 $1")
    ordered = pl.when(pl.col("actor_kind") == "person").then(turned).otherwise(plain)
    is_shouted = ~ordered.str.contains(r"\p{Ll}")
    return (
        pl.when(pl.col("actor_kind") == "person")
        .then(_titled(ordered, SURNAME_IN_CAPITALS))
        .when(is_shouted)
        .then(_titled(ordered, IN_CAPITALS))
        .otherwise(ordered)
    )


def _titled(name: pl.Expr, capitals: str) -> pl.Expr:
    word = pl.element()
    titled = pl.when(word.str.contains(capitals)).then(word.str.to_titlecase()).otherwise(word)
    return name.str.split(" ").list.eval(titled).list.join(" ")


def _others(reference: Reference) -> pl.DataFrame:
    """The names of the reference tables with the Wikidata items of their bearers: `alias`, `items`."""
    items = reference["actor"].select("actor_id", items=pl.col("wikidata_id").fill_null(""))
    return reference["actor_alias"].join(items, on="actor_id").group_by("alias").agg("items")


def _ordinary(reference: Reference) -> pl.Series:
    return pl.concat(
        [
            reference["common_word"]["word"],
            reference["actor_word"]["word"],
            reference["given_name"]["name"].alias("word"),
            reference["family_name"]["name"].alias("word"),
        ]
    )


def _first(rows: pl.DataFrame, values: pl.Expr, table: pl.DataFrame) -> pl.DataFrame:
    """Of the values of a list the best that the table knows: `row` and what the table has of it."""
    return (
        rows.select("row", value=values)
        .explode("value")
        .drop_nulls()
        .with_columns(position=pl.int_range(pl.len()))
        .join(table, on="value")
        .sort("row", "rank", "position")
        .unique("row", keep="first", maintain_order=True)
        .drop("value", "rank", "position")
    )


def _in_country() -> pl.Expr:
    """The codes of countries; a part of a country (gb-sct) counts as the country."""
    return pl.col("countries").list.eval(pl.element().str.replace(r"-.*$", ""))


def _countries(reference: Reference) -> pl.DataFrame:
    return reference["country_code"].select("country_code", value="alpha_2", rank=0)


def _sectors(reference: Reference) -> pl.DataFrame:
    return reference["ftm_topic"].with_row_index("rank").select("rank", "sector", value="topic")
