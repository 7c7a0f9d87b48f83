"""A user's own actors: who they are, whose a name is, and what is taken of imported entities."""

from typing import Any

import polars as pl
import pytest

from flows.normalise.actors import ActorRules, compile_actor_rules, extract_actors
from flows.normalise.actors.dimension import actor_dimensions
from flows.normalise.actors.entities import entity_actors
from flows.normalise.actors.user import identify, merge_actors, user_tables, with_user_tables
from flows.sources.followthemoney import ENTITIES
from schemas.contract import polars_schema
from schemas.reference.registry import Reference
from schemas.user_actors import IS_IMPORTED, UserActor

Row = dict[str, Any]


def user_actors(*rows: Row, is_imported: bool = False) -> pl.DataFrame:
    schema = pl.Schema({**polars_schema(UserActor), IS_IMPORTED: pl.Boolean()})
    return pl.DataFrame([{IS_IMPORTED: is_imported, **row} for row in rows], schema=schema)


def entity(schema: str, *names: str, **properties: list[str]) -> pl.DataFrame:
    row = {"entity_id": "NK-7a", "ftm_schema": schema, "names": list(names), **properties}
    lists: Row = {name: [] for name in ENTITIES.names()[2:]}
    return pl.DataFrame([{**lists, **row}], schema=ENTITIES)


def mentions(rules: ActorRules, text: str) -> pl.DataFrame:
    articles = pl.DataFrame(
        {"article_no": [0], "article_id": ["0" * 16], "text": [text], "published_on": [None]},
        schema_overrides={"article_no": pl.UInt32, "published_on": pl.Date},
    )
    sentences = articles.select("article_no", "text", sentence_id=pl.lit(0, pl.UInt32))
    return extract_actors(articles, sentences, None, rules).mentions


def resolved(reference: Reference, actors: pl.DataFrame, text: str) -> list[tuple[str, str]]:
    rules = compile_actor_rules(with_user_tables(reference, user_tables(actors)))
    return mentions(rules, text).select("actor_id", "resolution").rows()


HAMAS = {"actor_id": "mine:hamas", "name": "Hamas", "actor_kind": "organisation"}


def test_a_name_that_the_user_gives_is_the_user_s_actor_s_alone(reference: Reference) -> None:
    assert resolved(reference, user_actors(HAMAS), "Hamas agreed.") == [("mine:hamas", "user")]


def test_a_weak_name_leaves_the_known_actor_where_it_is(reference: Reference) -> None:
    weak = user_actors({**HAMAS, "weak_aliases": "Hamas"})
    assert [actor for actor, _ in resolved(reference, weak, "Hamas agreed.")] == ["org:hamas"]


def test_an_added_actor_s_name_comes_before_an_imported_one_s(reference: Reference) -> None:
    other = {"actor_id": "u-organisation:other", "name": "Quillmark Works", "actor_kind": "organisation"}
    mine = {"actor_id": "u-organisation:mine", "name": "Quillmark Works", "actor_kind": "organisation"}
    both = pl.concat([user_actors(other, is_imported=True), user_actors(mine)])
    assert [actor for actor, _ in resolved(reference, both, "Quillmark Works opened.")] == ["u-organisation:mine"]


def test_a_row_of_a_known_id_adds_to_that_actor(reference: Reference) -> None:
    row = {"actor_id": "org:nato", "name": "NATO", "actor_kind": "organisation", "aliases": "Brussels Pact | Pact HQ"}
    assert resolved(reference, user_actors(row), "Brussels Pact agreed.") == [("org:nato", "user")]
    tables = with_user_tables(reference, user_tables(user_actors(row)))
    actors, aliases, _ = actor_dimensions(tables)
    nato = actors.filter(pl.col("actor_id") == "org:nato").row(0, named=True)
    assert (nato["origin"], nato["wikidata_id"]) == ("user", "Q7184")
    assert {"Brussels Pact", "Pact HQ", "NATO"} <= set(aliases.filter(pl.col("actor_id") == "org:nato")["alias"])
    assert aliases.select("alias", "actor_id").is_unique().all()


def test_imported_actors_reach_the_dimension_with_their_mentions_only(reference: Reference) -> None:
    row = {"actor_id": "u-person:x", "name": "Quillan Marsh-Tebbit", "actor_kind": "person"}
    tables = with_user_tables(reference, user_tables(user_actors(row, is_imported=True)))
    assert actor_dimensions(tables)[0].filter(pl.col("origin") == "user").is_empty()
    rules = compile_actor_rules(tables)
    found = mentions(rules, "Quillan Marsh-Tebbit resigned.")
    assert found["actor_id"].to_list() == ["u-person:x"]


@pytest.mark.parametrize(
    ("row", "actor_id"),
    [
        ({"name": "Jane Q. Roe", "actor_kind": "person"}, "u-person:jane-q-roe"),
        ({"name": "Vova", "actor_kind": "person", "wikidata_id": "Q7747"}, "person:vladimir-putin"),
        ({"actor_id": "desk:7", "name": "Vova", "actor_kind": "person", "wikidata_id": "Q7747"}, "desk:7"),
    ],
)
def test_an_actor_is_identified(reference: Reference, row: Row, actor_id: str) -> None:
    assert identify(user_actors(row), reference)["actor_id"].to_list() == [actor_id]


@pytest.mark.parametrize(
    ("schema", "names", "taken"),
    [
        ("Person", ["ROE, Jane Quimby"], "Jane Quimby Roe"),
        ("Person", ["\u0416\u0430\u043d", "Jane Quimby Roe"], "Jane Quimby Roe"),
        ("Company", ["JSC QUILLMARK NEFT"], "JSC Quillmark Neft"),
        ("Company", ["Quillmark, Sons & Co"], "Quillmark, Sons & Co"),
        ("Company", ["Shell", "Quillmark"], "Quillmark"),
        ("Person", ["Paris", "Maria", "Smith"], None),
        ("Vessel", ["Quillmark Star"], None),
    ],
)
def test_names_of_entities_are_taken_as_texts_write_them(
    reference: Reference, schema: str, names: list[str], taken: str | None
) -> None:
    assert entity_actors(entity(schema, *names), reference)["name"].to_list() == ([taken] if taken else [])


def test_an_entity_brings_its_country_sector_and_item(reference: Reference) -> None:
    given = entity(
        "PublicBody",
        "Quillmark Court of Appeal",
        countries=["gb-sct", "us"],
        topics=["gov", "gov.judicial"],
        wikidata_ids=["none", "Q99999999"],
    )
    row = entity_actors(given, reference).row(0, named=True)
    assert (row["country_code"], row["sector"], row["wikidata_id"]) == ("GBR", "JUD", "Q99999999")
    assert row["actor_id"] == "u-organisation:nk-7a"


def test_an_entity_with_the_item_of_a_known_actor_is_that_actor(reference: Reference) -> None:
    given = entity("Person", "PUTIN, Vladimir Quimby", wikidata_ids=["Q7747"], countries=["us"])
    row = entity_actors(given, reference).row(0, named=True)
    assert (row["actor_id"], row["name"], row["country_code"]) == ("person:vladimir-putin", "Vladimir Putin", None)
    assert row["aliases"] == "Vladimir Quimby Putin"
    assert entity_actors(entity("Company", "Quillmark", wikidata_ids=["Q7747"]), reference).is_empty()


def test_a_long_name_that_the_tables_have_for_another_actor_is_weak(reference: Reference) -> None:
    row = entity_actors(entity("Person", "Joe Biden", weak_names=["Q. Biden"]), reference).row(0, named=True)
    assert row["weak_aliases"] == "Joe Biden|Q. Biden"


def test_rows_of_one_actor_become_one(reference: Reference) -> None:
    first, second = (entity("Person", name, wikidata_ids=["Q99999999"]) for name in ("Jane Roe Q", "J. Q. Roe"))
    merged = merge_actors(entity_actors(pl.concat([first, second]), reference))
    assert merged.height == 1
    assert {"Jane Roe Q", "J. Q. Roe"} == set(merged["aliases"][0].split("|"))
