"""The project's own annotated sentences: actors, their kinds, identities and roles stay above the floors."""

from collections.abc import Iterable
from typing import Any

import polars as pl
import pytest

from flows.normalise.actors import compile_actor_rules, extract_actors
from flows.normalise.dates import compile_date_rules, extract_dates
from flows.sources.reference import load_reference
from tests.accuracy.gate import load_floors, load_passages, run_stages, set_hash

AREA = "actors"
FLOORS = load_floors(AREA)
FEWEST_SENTENCES = 300

Keys = set[tuple[Any, ...]]


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [{**mention, "id": row["id"]} for row in load_passages(AREA) for mention in row["mentions"]]


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    reference = load_reference()
    date_rules, actor_rules = compile_date_rules(reference), compile_actor_rules(reference)

    def extract(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
        dates = extract_dates(articles, sentences, date_rules)
        return extract_actors(articles, sentences, dates, actor_rules).mentions

    passages = load_passages(AREA)
    named = run_stages(passages, extract).filter(pl.col("mention_type") == "name")
    ids = pl.DataFrame({"article_no": range(len(passages)), "id": [row["id"] for row in passages]})
    return (
        named.join(ids.cast({"article_no": pl.UInt32}), on="article_no")
        .select("id", "start", "end", "surface", "actor_id", "role", kind="actor_kind")
        .to_dicts()
    )


def keys(rows: Iterable[dict[str, Any]], *names: str) -> Keys:
    return {tuple(row.get(name) for name in ("id", "start", "end", "surface", *names)) for row in rows}


def share(part: Keys, whole: Keys) -> float:
    return round(100 * len(part & whole) / len(whole), 1)


def show(label: str, rows: Keys) -> str:
    return "\n".join([label, *(str(row) for row in sorted(rows, key=str))])


def test_the_set_is_the_one_that_the_floors_were_measured_on() -> None:
    assert set_hash(AREA) == FLOORS["sha256"]


def test_the_sentences_are_enough() -> None:
    assert len(load_passages(AREA)) >= FEWEST_SENTENCES


def test_every_annotation_is_the_text_at_its_offsets() -> None:
    wrong = [
        (row["id"], mention["surface"])
        for row in load_passages(AREA)
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
