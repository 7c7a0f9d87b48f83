"""What every fact table shares: identity, exact place in the text, the rule that made it, the run that loaded it."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import ARTICLE_ID, Contract, references, row_check, run_at_load


class Fact(Contract):
    """A fact at an exact place of an article's text."""

    article_id: str = pa.Field(
        description="the article that says it", str_matches=ARTICLE_ID, metadata=references("dim_article.article_id")
    )
    sentence_no: pl.Int32 = pa.Field(
        ge=0,
        description="the sentence, counted from 0 in the article",
        metadata=references("article_sentence.sentence_no", "article_id"),
    )
    span_start: pl.Int32 = pa.Field(
        ge=0, description="first character in article_text.text", metadata={"unit": "code points"}
    )
    span_end: pl.Int32 = pa.Field(
        ge=1, description="one past the last character in article_text.text", metadata={"unit": "code points"}
    )
    surface: str = pa.Field(description="the characters themselves", str_length={"min_value": 1})
    rule: str = pa.Field(description="which rule made the row", str_length={"min_value": 1})
    run_id: str = run_at_load("the run that loaded the row")

    @pa.dataframe_check(name="surface_fills_span", description="the surface is as long as its span")
    def surface_fills_span(cls, data: PolarsData) -> pl.LazyFrame:
        """The surface has exactly span_end - span_start code points."""
        return row_check(data, pl.col("surface").str.len_chars() == pl.col("span_end") - pl.col("span_start"))
