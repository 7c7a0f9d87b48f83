"""Contracts of the tables by which entities of FollowTheMoney become actors."""

import pandera.polars as pa

from schemas.contract import Contract
from schemas.reference.actor_tables import SECTOR
from schemas.vocabulary import ACTOR_KIND


class FtmSchema(Contract):
    """Which kind of actor an entity of FollowTheMoney is; entities of other schemata are passed over.

    Source: the schemata of FollowTheMoney.
    """

    class Config:
        """The table and its key."""

        name = "ftm_schema"
        metadata = {"key": ("ftm_schema",)}

    ftm_schema: str = pa.Field(unique=True, description="the entity's schema, as FollowTheMoney writes it")
    actor_kind: str = pa.Field(isin=list(ACTOR_KIND), description="what kind of actor it is")


class FtmTopic(Contract):
    """Which sector a topic of FollowTheMoney speaks for; of several topics the first of this table decides.

    Source: the topics of FollowTheMoney; the sectors are PLOVER's.
    """

    class Config:
        """The table and its key."""

        name = "ftm_topic"
        metadata = {"key": ("topic",)}

    topic: str = pa.Field(unique=True, description="the topic")
    sector: str = pa.Field(isin=list(SECTOR), description="PLOVER's sector")


class CountryCode(Contract):
    """The codes of countries. Source: ISO 3166-1; XK and XKX for Kosovo, by common use."""

    class Config:
        """The table and its key."""

        name = "country_code"
        metadata = {"key": ("alpha_2",)}

    alpha_2: str = pa.Field(unique=True, str_matches=r"^[a-z]{2}$", description="ISO 3166-1 alpha-2, in lower case")
    country_code: str = pa.Field(unique=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3")


IMPORT_TABLES: tuple[type[Contract], ...] = (FtmSchema, FtmTopic, CountryCode)
"""The tables of this module."""
