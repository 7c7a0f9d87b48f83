"""Sport: a country or town that plays is its team, not the country or town."""

from typing import Final

import polars as pl

from flows.normalise.actors.rules import ActorRules

ENOUGH: Final = 5
"""So many words of sport make an article a sports report, if they are dense enough."""
DENSE: Final = 0.002
"""Words of sport per character of a sports report."""
PLAYS: Final = (
    r"^(?:,? (?:have|has|had|was|were|are|is|who|will|would|can|could|and|at|in|by|to|a)\b|[,.]"
    r"| (?:beat|won|lost|drew|led|play|plays|played|took|held|made|went|came|face|faces|meet|meets)\b"
    r"| \w+(?:ed|ing)\b)"
)
"""What follows a team: a verb or the end of the phrase; never a possessive or a noun."""

OPPOSED: Final = r"^ (?:versus|vs\.?|v\.?) \p{Lu}"
"""What follows the first of two teams that play each other, in any article that names the sport after them."""


def mark_teams(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Add `is_team`: a place's name in a sports report that acts, and that no word of place stands before.

    In other articles the first side of a match is one: the Alabama versus Florida State football game.

    Args:
        mentions: judged mentions with `mention`, `kind`, `before` and `after`.
        articles: `article_no`, `text`.
        rules: the compiled rules.
    """
    count = pl.col("text").str.count_matches(rules.sport_pattern)
    counted = articles.select("article_no", "text", sport_words=count).filter(pl.col("sport_words") >= ENOUGH)
    reports = counted.filter(pl.col("sport_words") > DENSE * pl.col("text").str.len_chars())
    last = pl.col("before").str.to_lowercase().str.extract(r"(\S+)\s*$")
    places = mentions.filter(pl.col("kind") == "place", pl.col("alias_no").is_not_null())
    opposed = places.filter(pl.col("after").str.contains(OPPOSED) & pl.col("after").str.contains(rules.sport_pattern))
    teams = places.join(reports, on="article_no", how="semi").filter(
        ~last.is_in(rules.locatives.implode()).fill_null(value=False)
        & pl.col("after").str.contains(PLAYS)
        & ~pl.col("before").str.contains(r"[,(]\s*$")
    )
    marked = pl.concat([teams["mention"], opposed["mention"]])
    return mentions.with_columns(is_team=pl.col("mention").is_in(marked.implode()))
