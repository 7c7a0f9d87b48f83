"""The step from sentences to actors."""

from dataclasses import dataclass

import polars as pl

from flows.normalise.actors.composite import composite_mentions
from flows.normalise.actors.elsewhere import without_phrases
from flows.normalise.actors.judge import judge
from flows.normalise.actors.nominal import nominal_mentions
from flows.normalise.actors.resolve import discovered_actors, resolve
from flows.normalise.actors.rules import ActorRules
from flows.normalise.actors.runs import find_mentions
from flows.normalise.actors.teams import mark_teams
from flows.normalise.spans import with_reach
from schemas.actors import DimActor
from schemas.contract import polars_schema


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """The mentions, and the mentioned actors that the dimension tables do not have."""

    mentions: pl.DataFrame
    actors: pl.DataFrame


def extract_actors(
    articles: pl.DataFrame, sentences: pl.DataFrame, dates: pl.DataFrame | None, rules: ActorRules
) -> ActorFacts:
    """Find every mention of an actor and resolve it to one identity.

    Args:
        articles: `article_no`, `article_id`, `published_on`.
        sentences: `sentence_id`, `article_no`, `text`.
        dates: the mention frame of the dates, or None.
        rules: the compiled rules.

    Returns:
        A mention frame with the own columns of fact_actor_mention and `rule`; the rows of dim_actor of the actors that
        were discovered, and of the imported ones that are mentioned.
    """
    seen = without_phrases(find_mentions(sentences, rules))
    judged = judge(seen if dates is None else _outside_dates(seen, dates), articles, rules)
    named = resolve(mark_teams(judged, articles, rules), articles, rules)
    names = named.with_columns(mention_type=pl.lit("name"))
    composites, composite_actors = composite_mentions(named, rules)
    imported = rules.imported.join(names, on="actor_id", how="semi")
    actors = pl.concat([discovered_actors(names), composite_actors, imported], how="diagonal_relaxed")
    columns = [
        "sentence_id",
        "start",
        "end",
        "surface",
        "actor_id",
        "actor_kind",
        "mention_type",
        "role",
        "office",
        "resolution",
        "confidence",
        "rule",
    ]
    nominals = nominal_mentions(named, sentences, articles, rules)
    office = _office(rules)
    found = [part.with_columns(office=office).select(columns) for part in (composites, names, nominals)]
    mentions = pl.concat(found)
    return ActorFacts(
        mentions=mentions.sort("sentence_id", "start", "end", maintain_order=True),
        actors=_as_table(actors.unique("actor_id", keep="first", maintain_order=True)),
    )


def _office(rules: ActorRules) -> pl.Expr:
    """The office that a whole role names: a deputy foreign minister is no foreign minister."""
    words = pl.col("role").str.to_lowercase().str.replace_all(".", "", literal=True)
    table = rules.role_offices
    return words.replace_strict(table["role"], table["office"], default=None, return_dtype=pl.String)


def _outside_dates(mentions: pl.DataFrame, dates: pl.DataFrame) -> pl.DataFrame:
    """Drop what lies within a calendar date: the month of May is nobody, Mrs May is somebody."""
    reached = with_reach(mentions, dates.filter(pl.col("resolution") != "event"), pl.col("start"))
    return reached.filter(pl.col("role").is_not_null() | (pl.col("reach") < pl.col("end"))).drop("reach")


def _as_table(actors: pl.DataFrame) -> pl.DataFrame:
    """Rows in the columns of dim_actor."""
    schema = polars_schema(DimActor)
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in actors.columns]
    return actors.with_columns(missing).select(pl.col(name).cast(dtype) for name, dtype in schema.items())
