"""Actors of their own around a name: the Biden administration, U.S. military officials, congressional Republicans."""

from typing import Final

import polars as pl

from flows.normalise.actors.rules import ActorRules

LEGISLATORS: Final = "legislators"
"""The composite of a party's members in a parliament: congressional Republicans."""


def composite_mentions(mentions: pl.DataFrame, rules: ActorRules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the composites around resolved names.

    Returns:
        The composite mentions, in the columns of `mentions` with `mention_type`; their rows of dim_actor, whose parent
        is the actor of the name, or its country where the name is a nationality.
    """
    found = pl.concat([_with_head(mentions, rules), _with_lead(mentions, rules)], how="diagonal")
    named = (
        found.join(rules.parents, on="actor_id", how="left", maintain_order="left")
        .with_columns(parent=pl.coalesce("parent", "actor_id"))
        .with_columns(
            actor_id=pl.concat_str("parent", pl.lit(":"), "composite"),
            actor_kind="composite_kind",
            mention_type=pl.lit("composite"),
            role=pl.lit(None, pl.String),
            resolution=pl.lit("composite"),
            rule=pl.lit("composite"),
        )
    )
    return named, _composite_actors(named, rules)


def _composite_actors(composites: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Rows of dim_actor: named after the parent and the composite, whatever the text calls it."""
    parents = rules.actors.select("country_code", parent="actor_id", parent_name="name")
    first = composites.unique("actor_id", keep="first", maintain_order=True)
    return first.join(parents, on="parent", how="left", maintain_order="left").select(
        "actor_id",
        "actor_kind",
        "country_code",
        "sector",
        name=pl.concat_str(
            pl.coalesce("parent_name", "norm"), pl.lit(" "), pl.col("composite").str.replace_all("_", " ")
        ),
        parent_actor_id="parent",
        origin=pl.lit("discovered"),
    )


def _with_head(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """A name and a head after it: Russian ground forces."""
    parts = pl.col("after").str.extract_groups(rules.composite_pattern).struct
    return (
        mentions.with_columns(added=parts.field("1"), head=parts.field("2"))
        .filter(pl.col("head").is_not_null())
        .join(rules.composites, on="head", maintain_order="left")
        .with_columns(
            end=pl.col("end") + pl.col("added").str.len_chars().cast(pl.Int32),
            surface=pl.concat_str("surface", "added"),
        )
        .drop("added", "head")
    )


def _with_lead(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """A word of parliament and a group after it: congressional Republicans."""
    added = pl.col("before").str.extract(rules.lead_pattern)
    return (
        mentions.filter(pl.col("actor_kind") == "group")
        .with_columns(added=added)
        .filter(pl.col("added").is_not_null())
        .with_columns(
            start=pl.col("start") - pl.col("added").str.len_chars().cast(pl.Int32),
            surface=pl.concat_str("added", "surface"),
            composite=pl.lit(LEGISLATORS),
            composite_kind=pl.lit("group"),
            sector=pl.lit("LEG"),
        )
        .drop("added")
    )
