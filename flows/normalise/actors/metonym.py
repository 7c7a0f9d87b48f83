"""Capitals that act stand for their country: "Beijing said", "Moscow's troops", "pressure on Tehran"."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from schemas.reference.registry import Reference

BETWEEN: Final = (
    "(?:(?:has|have|had|will|would|could|may|might|must|should|can|did|does|not|also|now|later|then|long|never"
    r"|\w+ly) ){0,3}"
)
"""What may stand between a capital and what it does."""


@dataclass(frozen=True, slots=True)
class MetonymRules:
    """The capitals, and what shows that one acts."""

    capitals: pl.DataFrame
    """`norm`, `actor_id` of the place and `country_id`."""
    after: str
    """What follows a capital that acts."""
    before: str
    """What stands before it."""


def compile_metonyms(reference: Reference) -> MetonymRules:
    """Compile the capitals that stand for one country, and the cues that say so.

    Args:
        reference: the tables actor, actor_alias and actor_metonym_cue.
    """
    actors = reference["actor"].select("actor_id", "actor_kind", "country_code")
    names = reference["actor_alias"].select("actor_id", "alias_type", norm="alias").join(actors, on="actor_id")
    countries = actors.filter(pl.col("actor_kind") == "country").select("country_code", country_id="actor_id")
    stand_for = (
        names.filter(pl.col("alias_type") == "capital_metonym")
        .select("norm", "country_code")
        .filter(pl.len().over("norm") == 1)
    )
    places = names.filter(pl.col("actor_kind") == "place").select("norm", "country_code", "actor_id").unique()
    return MetonymRules(
        capitals=places.join(stand_for, on=["norm", "country_code"])
        .join(countries, on="country_code")
        .select("norm", "actor_id", "country_id"),
        after=rf"^(?: {BETWEEN}(?:{_cues(reference, 'acts')})|['’]s (?:\w+ )?(?:{_cues(reference, 'owns')}))\b",
        before=rf"\b(?:{_cues(reference, 'faces')}) $",
    )


def take_countries(known: pl.DataFrame, mentions: pl.DataFrame, rules: MetonymRules) -> pl.DataFrame:
    """Give a capital that acts the actor that is its country.

    Args:
        known: `mention`, `actor_id`, `actor_kind`, `resolution`.
        mentions: `mention`, `norm`, `before`, `after`.
        rules: the compiled rules.

    Returns:
        The rows of `known`.
    """
    acts = pl.col("after").str.contains(rules.after) | pl.col("before").str.contains(rules.before)
    acting = (
        known.select("mention", "actor_id")
        .join(rules.capitals, on="actor_id")
        .join(mentions.select("mention", "norm", "before", "after"), on=["mention", "norm"])
        .filter(acts)
        .select("mention", "country_id", taken=pl.lit("country"), how=pl.lit("context"))
        .unique("mention")
    )
    return (
        known.join(acting, on="mention", how="left", maintain_order="left")
        .with_columns(
            actor_id=pl.coalesce("country_id", "actor_id"),
            actor_kind=pl.coalesce("taken", "actor_kind"),
            resolution=pl.coalesce("how", "resolution"),
        )
        .drop("country_id", "taken", "how")
    )


def _cues(reference: Reference, side: str) -> str:
    table = reference["actor_metonym_cue"].filter(pl.col("side") == side)
    return "|".join(table.sort(pl.col("cue").str.len_chars(), descending=True)["cue"])
