"""Contracts of the claim tables."""

from typing import Final

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.codebook import MODALITY, STATUS, TOPIC
from schemas.contract import ARTICLE_ID, Contract, references, row_check, run_at_load
from schemas.fact import Fact

CASUALTY_STATUS: Final = ("killed", "injured", "missing", "killed_or_injured")
"""The statuses of people; the others are of money and goods."""

PARTY_ROLE: Final = ("subject", "object")
"""Who plays in a claim; the codebook says for each topic who is which."""


class FactClaim(Fact):
    """A figure bound to its topic, parties, status, modality and date: one row, so that sums count it once."""

    class Config:
        """The table and its key."""

        name = "fact_claim"
        metadata = {"key": ("claim_id",)}

    claim_id: str = pa.Field(description="article, letter c, span, ordinal")
    figure_id: str = pa.Field(
        description="the figure in fact_figure; the claim's span is the figure's",
        metadata=references("fact_figure.figure_id"),
    )
    topic: str = pa.Field(isin=list(TOPIC), description="what the figure is about (CODEBOOK.md)")
    subject_start: pl.Int32 = pa.Field(
        nullable=True, ge=0, description="first character of the first subject", metadata={"unit": "code points"}
    )
    subject_end: pl.Int32 = pa.Field(
        nullable=True, ge=1, description="one past the last of the first subject", metadata={"unit": "code points"}
    )
    subject_surface: str = pa.Field(nullable=True, description="the first subject as the text names it")
    subject_actor_id: str = pa.Field(
        nullable=True,
        description="the first subject in dim_actor, where it is an actor",
        metadata=references("dim_actor.actor_id"),
    )
    object_start: pl.Int32 = pa.Field(
        nullable=True, ge=0, description="first character of the first object", metadata={"unit": "code points"}
    )
    object_end: pl.Int32 = pa.Field(
        nullable=True, ge=1, description="one past the last of the first object", metadata={"unit": "code points"}
    )
    object_surface: str = pa.Field(nullable=True, description="the first object as the text names it")
    object_actor_id: str = pa.Field(
        nullable=True,
        description="the first object in dim_actor, where it is an actor",
        metadata=references("dim_actor.actor_id"),
    )
    status: str = pa.Field(
        isin=list(STATUS), nullable=True, description="where money or goods stand, what befell people; else null"
    )
    modality: str = pa.Field(isin=list(MODALITY), description="how the text vouches for it")
    date_id: str = pa.Field(
        nullable=True,
        description="the date in fact_date_mention that dates it; null = undated",
        metadata=references("fact_date_mention.date_id"),
    )
    claim_key: str = pa.Field(
        str_length={"min_value": 1},
        description="topic/status/subject/object/unit/period/value: equal for the same claim told again; "
        "without its last part it names the series of values",
    )

    @pa.dataframe_check(name="status_fits_topic", description="casualties have statuses of people, no others do")
    def status_fits_topic(cls, data: PolarsData) -> pl.LazyFrame:
        """A status of people stands with casualties, any other with none of them."""
        of_people = pl.col("status").is_in(list(CASUALTY_STATUS)).fill_null(value=False)
        return row_check(data, of_people == (pl.col("topic") == "casualties"))

    @pa.dataframe_check(
        name="parties_whole", description="a party has a start, an end and its surface, or none of them"
    )
    def parties_whole(cls, data: PolarsData) -> pl.LazyFrame:
        """A party's surface is as long as its span."""
        return row_check(data, _whole("subject") & _whole("object"))


class ClaimParty(Contract):
    """Every party of a claim, joint ones included; the first of each role stands in fact_claim as well."""

    class Config:
        """The table and its key."""

        name = "claim_party"
        metadata = {"key": ("claim_id", "role", "part_start", "part_end")}

    claim_id: str = pa.Field(description="the claim in fact_claim", metadata=references("fact_claim.claim_id"))
    role: str = pa.Field(isin=list(PARTY_ROLE), description="which side of the claim it is")
    part_start: pl.Int32 = pa.Field(
        ge=0, description="first character in article_text.text", metadata={"unit": "code points"}
    )
    part_end: pl.Int32 = pa.Field(
        ge=1, description="one past the last character in article_text.text", metadata={"unit": "code points"}
    )
    surface: str = pa.Field(description="the characters themselves", str_length={"min_value": 1})
    actor_id: str = pa.Field(
        nullable=True,
        description="the actor in dim_actor, where it is one",
        metadata=references("dim_actor.actor_id"),
    )
    article_id: str = pa.Field(
        description="the article that says it", str_matches=ARTICLE_ID, metadata=references("dim_article.article_id")
    )
    run_id: str = run_at_load("the run that loaded the row")

    @pa.dataframe_check(name="surface_fills_part", description="the surface is as long as its part")
    def surface_fills_part(cls, data: PolarsData) -> pl.LazyFrame:
        """The surface has exactly part_end - part_start code points."""
        return row_check(data, pl.col("surface").str.len_chars() == pl.col("part_end") - pl.col("part_start"))


def _whole(role: str) -> pl.Expr:
    start, end, surface = (pl.col(f"{role}_{part}") for part in ("start", "end", "surface"))
    absent = start.is_null() & end.is_null() & surface.is_null() & pl.col(f"{role}_actor_id").is_null()
    return absent | (surface.str.len_chars() == end - start).fill_null(value=False)
