"""Actors of a text, as rows, through the real stages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.normalise.actors import ActorFacts, ActorRules, compile_actor_rules, extract_actors
from flows.normalise.dates import DateRules, extract_dates
from flows.parse.rules import ParseRules
from flows.parse.sentences import split_sentences
from schemas.reference.registry import Reference

Row = dict[str, Any]
Extract = Callable[..., ActorFacts]
Actors = Callable[..., list[Row]]
ARTICLE = pl.Schema(
    {"article_no": pl.UInt32, "article_id": pl.String, "text": pl.String, "published_on": pl.Date},
)


@pytest.fixture(scope="session")
def actor_rules(reference: Reference) -> ActorRules:
    return compile_actor_rules(reference)


@pytest.fixture(scope="session")
def extract(actor_rules: ActorRules, date_rules: DateRules, parse_rules: ParseRules) -> Extract:
    """All facts of some texts: those of one article each, all of one day."""

    def run(*texts: str, published: date | None = date(2023, 11, 6)) -> ActorFacts:
        articles = pl.DataFrame(
            {
                "article_no": range(len(texts)),
                "article_id": [f"{n:016x}" for n in range(len(texts))],
                "text": texts,
                "published_on": [published] * len(texts),
            },
            schema=ARTICLE,
        )
        sentences = split_sentences(articles, parse_rules)
        dates = extract_dates(articles, sentences, date_rules)
        facts = extract_actors(articles, sentences, dates, actor_rules)
        placed = facts.mentions.join(sentences.select("sentence_id", "article_no", "text"), on="sentence_id")
        return ActorFacts(placed, facts.actors)

    return run


@pytest.fixture(scope="session")
def actors(extract: Extract) -> Actors:
    """The mentions of one text, those of one type if it is given."""

    def run(text: str, published: date | None = date(2023, 11, 6), mention_type: str = "name") -> list[Row]:
        mentions = extract(text, published=published).mentions
        return mentions.filter(pl.col("mention_type") == mention_type).to_dicts()

    return run
