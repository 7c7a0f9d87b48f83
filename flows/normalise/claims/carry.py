"""What a figure takes from the figures and sentences before it: its parties, where its own clause names none."""

from typing import Final

import polars as pl

SENTENCES_BACK: Final = 2
"""How many sentences back a claim of the same topic lends its parties."""


def carry_over(
    claims: pl.DataFrame, parties: pl.DataFrame, sentences: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give claims without a party those of the last claim of the same topic before them, two sentences back at most.

    Returns:
        The claims as they were, and the parties with those that were carried.
    """
    numbered = claims.join(sentences.select("sentence_id", "article_no"), on="sentence_id", maintain_order="left")
    carried = [parties]
    for role in ("subject", "object"):
        own = parties.filter(pl.col("role") == role)
        has = numbered.select("row", "article_no", "topic", "sentence_id").join(
            own.select("row").unique(), on="row", how="semi"
        )
        without = numbered.select("row", "article_no", "topic", "sentence_id").join(has, on="row", how="anti")
        lent = (
            without.sort("row")
            .join_asof(
                has.select("row", "article_no", "topic", lender="row", lender_sentence="sentence_id").sort("row"),
                on="row",
                by=["article_no", "topic"],
                strategy="backward",
                check_sortedness=False,
            )
            .filter(pl.col("sentence_id") - pl.col("lender_sentence") <= SENTENCES_BACK)
            .filter(pl.col("topic") != "count")
            .select("row", "lender")
        )
        carried.append(
            lent.join(own.rename({"row": "lender"}), on="lender", maintain_order="left").select(parties.columns)
        )
    return claims, pl.concat(carried)
