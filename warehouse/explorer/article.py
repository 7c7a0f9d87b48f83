"""The article reader: the text cut into pieces, each with the facts that cover it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from warehouse.explorer.cells import SENTENCES_A_PAGE
from warehouse.questions import ARTICLE_CLAIMS, ARTICLE_FACTS, CLAIM_MARKS
from warehouse.reader import Reader

KINDS = ("claim", "figure", "date", "actor")
"""The kinds of facts; of those in one place, the first is the one that a click follows."""
ACTOR_ID = re.compile(r" \[[^\[\]]+:[^\[\]]+\]")
"""The id behind the name of a party, for which there is the link of the claim."""
LONGEST_PLAIN = 100_000
"""Characters shown of a text that has no sentences, because it is in another language or too long."""

HEAD = """
SELECT coalesce(title, url, parse_filename(source_uri)) AS title, source_name, author, url, published_on,
       published_from, language, extraction, word_count, sentence_count, source_uri, article.run_id, text
FROM main.dim_article AS article JOIN main.article_text USING (article_id)
WHERE article_id = $article
"""

SENTENCES = """
SELECT sentence_no, paragraph_no, span_start, span_end
FROM main.article_sentence
WHERE article_id = $article AND sentence_no BETWEEN $first AND $last
ORDER BY sentence_no
"""

COPIES = """
SELECT article_id, coalesce(title, url, parse_filename(source_uri)) AS title, source_name, published_on
FROM main.article_story JOIN main.dim_article USING (article_id)
WHERE story_id = (SELECT story_id FROM main.article_story WHERE article_id = $article) AND article_id <> $article
ORDER BY published_on, article_id
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact or a claim in the text: where it stands, its value in words, its rule, and what it shares with others.

    `leads_to` is the actor_id of an actor, the TIMEX3 value of a date, the claim_key of a claim; None leads nowhere.
    `number` counts the facts of the page from 1, in reading order.
    """

    number: int
    kind: str
    sentence_no: int
    start: int
    end: int
    surface: str
    meaning: str
    rule: str
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same facts cover; the innermost comes first, and a claim before its figure."""

    text: str
    facts: tuple[Fact, ...]

    @property
    def leading(self) -> Fact | None:
        """The innermost fact that leads somewhere: a click follows it."""
        return next((fact for fact in self.facts if fact.leads_to is not None), None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What is known of an article, and its text."""

    title: str
    source_name: str | None
    author: str | None
    url: str | None
    published_on: object
    published_from: str
    language: str
    extraction: str
    word_count: int
    sentence_count: int
    source_uri: str
    run_id: str
    text: str


def read_head(reader: Reader, article_id: str) -> ArticleHead | None:
    """What is known of an article, or None where there is none of the id."""
    found = reader.rows(HEAD, {"article": article_id})
    return ArticleHead(*found[0]) if found else None  # type: ignore[arg-type]  # the query's columns are the fields


def read_facts(reader: Reader, article_id: str, page: int) -> list[Fact]:
    """The facts of one page of an article and its claims (mere counts left out), in reading order."""
    facts = [row for row in reader.rows(ARTICLE_FACTS, {"article": article_id}) if _is_on(page, row[1])]
    rows = [*(row for row in _claims(reader, article_id) if _is_on(page, row[1])), *facts]
    rows.sort(key=lambda row: (row[2], -int(str(row[3])), KINDS.index(str(row[0]))))
    return [Fact(number, *row) for number, row in enumerate(rows, 1)]  # type: ignore[arg-type]


def read_paragraphs(
    reader: Reader, article_id: str, text: str, facts: Sequence[Fact], page: int
) -> list[list[Sentence]]:
    """The sentences of one page of an article by paragraph, in pieces; empty where it has no sentences."""
    first = (page - 1) * SENTENCES_A_PAGE
    wanted = {"article": article_id, "first": first, "last": first + SENTENCES_A_PAGE - 1}
    rows = [tuple(int(str(value)) for value in row) for row in reader.rows(SENTENCES, wanted)]
    by_sentence = {number: list(found) for number, found in groupby(facts, key=lambda fact: fact.sentence_no)}
    return [
        [Sentence(number, cut(text, start, end, by_sentence.get(number, []))) for number, _, start, end in sentences]
        for _, sentences in groupby(rows, key=lambda row: row[1])
    ]


def plain_paragraphs(text: str) -> list[str]:
    """The lines of a text without sentences, up to LONGEST_PLAIN characters."""
    return [line for line in text[:LONGEST_PLAIN].split("\n") if line.strip()]


def cut(text: str, start: int, end: int, facts: Sequence[Fact]) -> tuple[Piece, ...]:
    """Cut text[start:end] wherever a fact begins or ends; facts may nest, and may cross.

    Args:
        text: the article's text, to which all offsets count.
        start: the first character.
        end: one past the last.
        facts: the facts that may cover some of it.
    """
    edges = {edge for fact in facts for edge in (fact.start, fact.end) if start < edge < end}
    return tuple(
        Piece(text[left:right], _covering(facts, left, right)) for left, right in pairwise(sorted({start, end} | edges))
    )


def _covering(facts: Sequence[Fact], left: int, right: int) -> tuple[Fact, ...]:
    """The facts that cover a stretch, the shortest first."""
    covering = [fact for fact in facts if fact.start <= left and right <= fact.end]
    return tuple(sorted(covering, key=lambda fact: fact.end - fact.start))


def _claims(reader: Reader, article_id: str) -> list[tuple[object, ...]]:
    """The claims of an article as rows of facts; a claim stands where its figure does."""
    claims = reader.rows(ARTICLE_CLAIMS, {"article": article_id})
    marks = reader.rows(CLAIM_MARKS, {"claims": [row[0] for row in claims]}) if claims else []
    place = {claim: (start, end) for claim, kind, start, end in marks if kind == "figure"}
    return [
        ("claim", sentence, *place[claim], surface, _said(said[:-2]), *said[-2:])
        for claim, sentence, surface, *said in claims
    ]


def _said(claim: Sequence[object]) -> str:
    """A claim in words: topic and status, how the text vouches for it, parties, value, day."""
    topic, status, modality, subject, target, value, day = claim
    about = ", ".join(str(part).replace("_", " ") for part in (topic, status) if part)
    vouched = "" if modality == "asserted" else f"({modality})"
    parties = " → ".join(ACTOR_ID.sub("", str(party or "…")) for party in (subject, target))
    said = (f"{about} {vouched}".rstrip(), parties.removesuffix(" → …").removeprefix("…"), value, day)
    return " · ".join(str(part).strip() for part in said if part)


def _is_on(page: int, sentence_no: object) -> bool:
    return int(str(sentence_no)) // SENTENCES_A_PAGE == page - 1
