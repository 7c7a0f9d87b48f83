"""Sports reports: a country or town that plays there is its team, not the country or town."""

from typing import Final

import polars as pl

from flows.normalise.actors.rules import ActorRules

ENOUGH: Final = 5
"""So many words of sport make an article a sports report, if they are dense enough."""
DENSE: Final = 0.002
"""Words of sport per character of a sports report."""
PLAYS: Final = (
    r"^(?:,? (?:have|has|had|was|were|are|is|who|will|would|can|could|and|at|in|by|to|a)\b|[,.]"
    r"| (?:beat|won|lost|drew|led|play|plays|played|took|held|made|went|came|face|faces|meet|meets)\b| \w+ed\b)"
)
"""What follows a team: a verb or the end of the phrase; never a possessive or a noun."""


def mark_teams(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Add `is_team`: a place's name in a sports report that acts, and that no word of place stands before.

    Args:
        mentions: judged mentions with `kind` and `before`.
        articles: `article_no`, `text`.
        rules: the compiled rules.
    """
    count = pl.col("text").str.count_matches(rules.sport_pattern)
    reports = articles.filter(count >= ENOUGH, count > DENSE * pl.col("text").str.len_chars()).select(
        "article_no", is_report=pl.lit(value=True)
    )
    last = pl.col("before").str.to_lowercase().str.extract(r"(\S+)\s*$")
    places = rules.locatives.implode()
    return (
        mentions.join(reports, on="article_no", how="left", maintain_order="left")
        .with_columns(
            is_team=pl.col("is_report").fill_null(value=False)
            & (pl.col("kind") == "place")
            & pl.col("alias_no").is_not_null()
            & ~last.is_in(places).fill_null(value=False)
            & pl.col("after").str.contains(PLAYS)
            & ~pl.col("before").str.contains(r"[,(]\s*$")
        )
        .drop("is_report")
    )
