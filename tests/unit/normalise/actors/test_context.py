from datetime import date

import pytest

from tests.unit.normalise.actors.conftest import Actors, Extract, Row


def by_surface(rows: list[Row]) -> dict[str, Row]:
    return {row["surface"]: row for row in rows}


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("The WHO sent two experts.", "WHO", "organisation"),
        ("The US sent two experts.", "US", "country"),
        ("Fighters crossed from Chad at night.", "Chad", "country"),
        ("Mr Chad Harlow paid the bill.", "Chad Harlow", "person"),
        ("Turkey blocked the accord.", "Turkey", "country"),
        ("Mrs May refused to resign.", "May", "person"),
        ("The law was signed by Jordan Keller, a clerk.", "Jordan Keller", "person"),
        ("Farmers in Jordan fear a drought.", "Jordan", "country"),
    ],
)
def test_a_word_of_two_meanings_is_decided_by_its_context(actors: Actors, text: str, surface: str, kind: str) -> None:
    assert by_surface(actors(text))[surface]["actor_kind"] == kind


@pytest.mark.parametrize(
    "text",
    [
        "Who told us about it?",
        "They may trump us all, he said.",
        "Talks resume in May.",
        "Police and officials were silent.",
        "The Internet was down on Monday.",
        "Read https://www.example.org/World/Paris/Attack now.",
        "A grant of US$20 million was paid.",
    ],
)
def test_words_that_are_no_names_are_left_alone(actors: Actors, text: str) -> None:
    assert actors(text) == []


@pytest.mark.parametrize(
    ("day", "person"),
    [(date(2003, 3, 20), "person:george-w-bush"), (None, None)],
)
def test_the_holder_of_an_office_is_found_by_the_article_s_day(
    actors: Actors, day: date | None, person: str | None
) -> None:
    row = by_surface(actors("President Bush sent troops from the United States.", published=day))["Bush"]
    assert row["role"] == "President"
    assert (row["actor_id"] if person else None) == person
    assert row["resolution"] == ("office" if person else "discovered")


def test_a_full_name_carries_the_later_short_one(actors: Actors) -> None:
    rows = actors("Gen. Hakim Barlas resigned. Officers trust Barlas, a friend said.")
    assert [row["surface"] for row in rows] == ["Hakim Barlas", "Barlas"]
    assert len({row["actor_id"] for row in rows}) == 1
    assert rows[0]["role"] == "Gen."
    assert rows[1]["resolution"] == "short"


def test_a_short_name_is_never_carried_into_another_article(extract: Extract) -> None:
    mentions = extract("Hakim Barlas resigned.", "Mr Barlas paid the bill.").mentions
    assert mentions["actor_id"].n_unique() == 2


def test_the_same_full_name_in_two_articles_is_one_actor(extract: Extract) -> None:
    facts = extract("Hakim Barlas resigned.", "A friend met Hakim Barlas.")
    assert facts.mentions["actor_id"].n_unique() == 1
    assert facts.actors.select("actor_id", "name", "origin").rows() == [
        ("x-person:hakim-barlas", "Hakim Barlas", "discovered")
    ]


def test_an_acronym_in_brackets_is_the_name_before_it(actors: Actors) -> None:
    rows = actors("The Northern Relief Council (NRLC) runs camps. NRLC has no funds.")
    assert [row["actor_kind"] for row in rows] == ["organisation"] * 3
    assert len({row["actor_id"] for row in rows}) == 1
    assert rows[2]["resolution"] == "acronym"


def test_an_acronym_of_something_else_is_no_actor(actors: Actors) -> None:
    assert actors("They cleared an improvised device (BBID).") == []


def test_an_acronym_spelled_out_in_small_letters_is_not_its_namesake(actors: Actors) -> None:
    assert actors("He wears an artificial pancreas (AP). The AP works at night.") == []


def test_a_country_that_plays_is_a_team(actors: Actors) -> None:
    text = (
        "Norway beat the hosts in the semi-final. The striker scored twice and the goalkeeper saved a penalty. "
        "The coach praised the midfielders after the match; Norway will play the tournament's last match on Sunday."
    )
    assert {row["actor_id"] for row in actors(text)} == {"x-place:norway-team"}


def test_who_was_a_child_on_the_article_s_day_is_another_person(actors: Actors) -> None:
    row = by_surface(actors("Emmanuel Macron, a baker, was fined.", published=date(1985, 1, 1)))["Emmanuel Macron"]
    assert row["resolution"] == "discovered"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Ursula von der Leyen spoke.", "Ursula von der Leyen"),
        ("The body of Abu Omar al-Karim was found.", "Abu Omar al-Karim"),
        ("Kang Min-ho won.", "Kang Min-ho"),
        ("The plan of Siobhán O'Rourke failed.", "Siobhán O'Rourke"),
        ("A letter by J. B. Tansley surfaced.", "J. B. Tansley"),
        ("The Ministry of Public Works and Housing paid.", "Ministry of Public Works and Housing"),
        ("Workers of Barrow Street Holdings Ltd went home.", "Barrow Street Holdings Ltd"),
        ("Ships left the Gulf of Aden.", "Gulf of Aden"),
    ],
)
def test_a_name_is_taken_whole(actors: Actors, text: str, surface: str) -> None:
    assert [row["surface"] for row in actors(text)] == [surface]


@pytest.mark.parametrize(
    ("text", "surface", "actor"),
    [
        ("The British prime minister agreed.", "British prime minister", "person:rishi-sunak"),
        ("Aides of Britain's prime minister agreed.", "Britain's prime minister", "person:rishi-sunak"),
    ],
)
def test_an_office_without_a_name_is_its_holder_on_the_day(actors: Actors, text: str, surface: str, actor: str) -> None:
    rows = actors(text, published=date(2023, 11, 6), mention_type="nominal")
    assert [(row["surface"], row["actor_id"], row["resolution"]) for row in rows] == [(surface, actor, "office")]


def test_an_office_without_a_day_is_nobody(actors: Actors) -> None:
    assert actors("The British prime minister agreed.", published=None, mention_type="nominal") == []


def test_a_title_alone_stands_for_who_bore_it_before(extract: Extract) -> None:
    mentions = extract("The general waited. Gen. Hakim Barlas resigned. The general was ill.").mentions
    rows = mentions.filter(mentions["mention_type"] == "nominal").to_dicts()
    assert [(row["surface"], row["actor_id"]) for row in rows] == [("The general", "x-person:hakim-barlas")]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Prime Minister Rishi Sunak spoke.", "prime minister"),
        ("They met Secretary of State Antony Blinken.", "foreign minister"),
        ("They met Sen. Ada Brown.", "senator"),
        ("They met Mr Brown.", None),
        ("They met Deputy Foreign Secretary Ada Brown.", None),
    ],
)
def test_a_role_is_an_office_where_it_names_one(actors: Actors, text: str, office: str | None) -> None:
    assert [mention["office"] for mention in actors(text)] == [office]


def test_who_plays_is_a_team_also_outside_the_sports_pages(actors: Actors) -> None:
    (played, _) = actors("The song was heard during the Alabama versus Ohio football game.")
    assert (played["actor_id"], played["actor_kind"]) == ("x-place:alabama-team", "place")
    (state,) = actors("The case of Alabama was heard.")
    assert state["actor_id"] == "place:alabama-usa"
