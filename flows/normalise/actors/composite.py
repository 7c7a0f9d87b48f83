"""Actors of their own around a name: the Biden administration, U.S. military officials, Russian forces."""

import polars as pl

from flows.normalise.actors.rules import ActorRules


def composite_mentions(mentions: pl.DataFrame, rules: ActorRules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the composites around resolved names.

    Returns:
        The composite mentions, in the columns of `mentions` with `mention_type`; their rows of dim_actor, whose parent
        is the actor of the name, or its country where the name is a nationality.
    """
    parts = pl.col("after").str.extract_groups(rules.composite_pattern).struct
    found = (
        mentions.with_columns(added=parts.field("1"), head=parts.field("2"))
        .filter(pl.col("head").is_not_null())
        .join(rules.composites, on="head")
        .join(rules.parents, on="actor_id", how="left")
        .with_columns(parent=pl.coalesce("parent", "actor_id"))
    )
    named = found.with_columns(
        end=pl.col("end") + pl.col("added").str.len_chars().cast(pl.Int32),
        surface=pl.concat_str("surface", "added"),
        actor_id=pl.concat_str("parent", pl.lit(":"), "composite"),
        actor_kind="composite_kind",
        mention_type=pl.lit("composite"),
        role=pl.lit(None, pl.String),
        resolution=pl.lit("composite"),
        rule=pl.lit("composite"),
    )
    actors = named.group_by("actor_id", maintain_order=True).agg(
        name=pl.col("surface").min(),
        actor_kind=pl.col("actor_kind").first(),
        sector=pl.col("sector").first(),
        parent_actor_id=pl.col("parent").first(),
        origin=pl.lit("discovered"),
    )
    return named, actors
