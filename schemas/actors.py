"""Contracts of the actor tables."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import WIKIDATA_ID, Contract, references, row_check
from schemas.fact import Fact
from schemas.vocabulary import ACTOR_KIND, ACTOR_ORIGIN, ACTOR_RESOLUTION, MENTION_TYPE


class DimActor(Contract):
    """The actors: persons, organisations, countries, places and groups, each once."""

    class Config:
        """The table and its key."""

        name = "dim_actor"
        metadata = {"key": ("actor_id",)}

    actor_id: str = pa.Field(str_matches=r"^[a-z0-9][a-z0-9:_-]*$", description="readable and stable identity")
    name: str = pa.Field(str_length={"min_value": 1}, description="usual English name")
    actor_kind: str = pa.Field(isin=list(ACTOR_KIND), description="what kind of actor it is")
    country_code: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3")
    sector: str = pa.Field(nullable=True, description="sector of PLOVER: GOV, MIL, IGO, ...")
    wikidata_id: str = pa.Field(nullable=True, str_matches=WIKIDATA_ID, description="Wikidata item, where sure")
    parent_actor_id: str = pa.Field(
        nullable=True, description="the actor that it is a part of", metadata=references("dim_actor.actor_id")
    )
    latitude: float = pa.Field(nullable=True, ge=-90, le=90, description="of a place", metadata={"unit": "degrees"})
    longitude: float = pa.Field(nullable=True, ge=-180, le=180, description="of a place", metadata={"unit": "degrees"})
    origin: str = pa.Field(isin=list(ACTOR_ORIGIN), description="where the actor is known from")


class DimActorAlias(Contract):
    """The names under which an actor of the reference tables is known."""

    class Config:
        """The table and its key."""

        name = "dim_actor_alias"
        metadata = {"key": ("alias", "actor_id")}

    alias: str = pa.Field(str_length={"min_value": 1}, description="the name as texts write it")
    actor_id: str = pa.Field(description="whose name it is", metadata=references("dim_actor.actor_id"))


class DimActorOffice(Contract):
    """Who held which office of which actor, from when to when."""

    class Config:
        """The table and its key."""

        name = "dim_actor_office"
        metadata = {"key": ("actor_id", "office", "of_actor_id", "from_on")}

    actor_id: str = pa.Field(description="who held it", metadata=references("dim_actor.actor_id"))
    office: str = pa.Field(description="the office: president, prime minister, foreign minister")
    of_actor_id: str = pa.Field(
        nullable=True,
        description="the country or organisation whose office it is",
        metadata=references("dim_actor.actor_id"),
    )
    from_on: pl.Date = pa.Field(nullable=True, description="first day in office; null where unknown")
    to_on: pl.Date = pa.Field(nullable=True, description="last day in office; null while in office or unknown")

    @pa.dataframe_check(name="from_before_to", description="from_on is not after to_on")
    def from_before_to(cls, data: PolarsData) -> pl.LazyFrame:
        """An office begins before it ends."""
        return row_check(data, pl.col("from_on") <= pl.col("to_on"))


class FactActorMention(Fact):
    """Every mention of an actor, resolved to one identity."""

    class Config:
        """The table and its key."""

        name = "fact_actor_mention"
        metadata = {"key": ("mention_id",)}

    mention_id: str = pa.Field(description="article, letter m, span, ordinal")
    actor_id: str = pa.Field(description="the actor in dim_actor", metadata=references("dim_actor.actor_id"))
    actor_kind: str = pa.Field(isin=list(ACTOR_KIND), description="what kind of actor it is")
    mention_type: str = pa.Field(isin=list(MENTION_TYPE), description="name, composite or nominal")
    role: str = pa.Field(nullable=True, description="the office or title that the text gives, outside the span")
    office: str = pa.Field(
        nullable=True, description="the office that the role names, as in dim_actor_office, held or former"
    )
    resolution: str = pa.Field(isin=list(ACTOR_RESOLUTION), description="how the actor was resolved")
    confidence: float = pa.Field(ge=0, le=1, description="how sure the resolution is, from 0 to 1")
