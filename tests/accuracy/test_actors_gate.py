"""The project's own annotated sentences: actors, their kinds, identities and roles stay above the floors."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.normalise.actors import compile_actor_rules, extract_actors
from flows.normalise.dates import compile_date_rules, extract_dates
from flows.parse.rules import compile_parse_rules
from flows.parse.sentences import split_sentences
from flows.sources.reference import load_reference

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["actors"]
FEWEST_SENTENCES = 300

Keys = set[tuple[Any, ...]]


def annotated() -> list[dict[str, Any]]:
    lines = (HERE / "gold" / "actors.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    rows = annotated()
    return [{**mention, "id": row["id"]} for row in rows for mention in row["mentions"]]


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    reference = load_reference()
    rows = [
        {
            "article_no": n,
            "article_id": f"{n:016x}",
            "id": row["id"],
            "text": row["text"],
            "published_on": date.fromisoformat(row["published_on"]),
        }
        for n, row in enumerate(annotated())
    ]
    articles = pl.DataFrame(rows, schema_overrides={"article_no": pl.UInt32})
    sentences = split_sentences(articles, compile_parse_rules(reference))
    dates = extract_dates(articles, sentences, compile_date_rules(reference))
    mentions = extract_actors(articles, sentences, dates, compile_actor_rules(reference)).mentions
    return (
        mentions.filter(pl.col("mention_type") == "name")
        .join(sentences.select("sentence_id", "article_no", "span_start"), on="sentence_id")
        .join(articles.select("article_no", "id"), on="article_no")
        .with_columns(start=pl.col("start") + pl.col("span_start"), end=pl.col("end") + pl.col("span_start"))
        .select("id", "start", "end", "surface", "actor_id", "role", kind="actor_kind")
        .to_dicts()
    )


def keys(rows: Iterable[dict[str, Any]], *names: str) -> Keys:
    return {tuple(row.get(name) for name in ("id", "start", "end", "surface", *names)) for row in rows}


def share(part: Keys, whole: Keys) -> float:
    return round(100 * len(part & whole) / len(whole), 1)


def show(label: str, rows: Keys) -> str:
    return "\n".join([label, *(str(row) for row in sorted(rows, key=str))])


def test_the_sentences_are_enough() -> None:
    assert len(annotated()) >= FEWEST_SENTENCES


def test_every_annotation_is_the_text_at_its_offsets() -> None:
    wrong = [
        (row["id"], mention["surface"])
        for row in annotated()
        for mention in row["mentions"]
        if row["text"][mention["start"] : mention["end"]] != mention["surface"]
    ]
    assert not wrong


def test_actors_are_found_with_their_kind(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    wanted, got = keys(gold, "kind"), keys(found, "kind")
    assert share(got, wanted) >= FLOORS["recall"], show("missed", wanted - got)


def test_what_is_found_is_an_actor(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    wanted, got = keys(gold, "kind"), keys(found, "kind")
    assert share(wanted, got) >= FLOORS["precision"], show("false", got - wanted)


def test_actors_are_who_they_are(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    wanted = keys((row for row in gold if row.get("actor_id")), "actor_id")
    got = keys(found, "actor_id")
    assert share(got, wanted) >= FLOORS["identity"], show("not resolved", wanted - got)


def test_roles_stand_beside_the_name(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    wanted = keys((row for row in gold if row.get("role")), "role")
    got = keys(found, "role")
    assert share(got, wanted) >= FLOORS["role"], show("role missed", wanted - got)
