"""Contracts of the tables that say which articles are near-copies of one story."""

import pandera.polars as pa

from schemas.contract import ARTICLE_ID, Contract, references

SIGNATURE_PLACES = 64
"""Places of a signature."""
SIGNATURE_DIGITS = 4
"""Decimal digits of each place."""


class EtlArticleSignature(Contract):
    """The wording of each article in short: near-copies agree in most places of their signatures."""

    class Config:
        """The table and its key."""

        name = "article_signature"
        metadata = {"schema": "etl", "key": ("article_id",)}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="the article", metadata=references("dim_article.article_id")
    )
    signature: str = pa.Field(
        nullable=True,
        str_matches=rf"^[0-9]{{{SIGNATURE_PLACES * SIGNATURE_DIGITS}}}$",
        description=f"{SIGNATURE_PLACES} places of {SIGNATURE_DIGITS} digits (MinHash of runs of five words); "
        "null for a text of fewer words",
    )


class ArticleStory(Contract):
    """Which articles are near-copies of one story (syndication), and which of them leads; every article has a row."""

    class Config:
        """The table and its key."""

        name = "article_story"
        metadata = {"key": ("article_id",)}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="the article", metadata=references("dim_article.article_id")
    )
    story_id: str = pa.Field(
        str_matches=ARTICLE_ID,
        description="the story: the id of its lead; an article without copies is its own",
        metadata=references("dim_article.article_id"),
    )
    is_lead: bool = pa.Field(description="whether it leads: the earliest published, then the smallest id")
