import pytest

from tests.unit.normalise.claims.conftest import Claims, Extract


@pytest.mark.parametrize(
    ("text", "topic", "subjects", "objects"),
    [
        ("Norway gave $40 million to Malawi.", "aid", ["Norway"], ["Malawi"]),
        ("Some $40 million was given to Malawi by Norway.", "aid", ["Norway"], ["Malawi"]),
        ("A $40 million grant from Norway to Malawi was paid out.", "aid", ["Norway"], ["Malawi"]),
        ("Norway's $40 million aid package for Malawi is on its way.", "aid", ["Norway"], ["Malawi"]),
        ("Norway, which gave Malawi $40 million in aid, wants results.", "aid", ["Norway"], ["Malawi"]),
        ("Norway pledged $40 million for Malawi and Zambia.", "aid", ["Norway"], ["Malawi", "Zambia"]),
        ("Norway and Sweden pledged $40 million in aid to Malawi.", "aid", ["Norway", "Sweden"], ["Malawi"]),
        ("Kenya received $12 million in aid from Japan.", "aid", ["Japan"], ["Kenya"]),
        ("Gunmen killed 14 villagers near the river.", "casualties", ["villagers"], ["Gunmen"]),
        ("At least 14 villagers were killed by Russian troops.", "casualties", ["villagers"], ["Russian troops"]),
        ("Malawi owes the World Bank $40 million.", "trade", ["Malawi"], ["World Bank"]),
        ("Turkey has arrested 41 teachers.", "detention", ["teachers"], ["Turkey"]),
        ("Jordan hosts 650,000 refugees.", "displacement", ["refugees"], ["Jordan"]),
        ("Denmark will send 100 soldiers to Mali.", "forces", ["Denmark"], None),
        ("Some 62% of Norwegians oppose the plan, a survey found.", "poll", ["Norwegians"], None),
        ("Germany sold 12 tanks to Norway.", "weapons", ["Germany"], ["Norway"]),
        ("The bridge would cost $3 billion.", "price", ["bridge"], []),
        ("The ministry fined Air France $50 million.", "spending", ["Air France"], ["ministry"]),
    ],
)
def test_a_figure_is_bound_to_who_gives_and_who_gets(
    claims: Claims, text: str, topic: str, subjects: list[str], objects: list[str] | None
) -> None:
    (claim,) = claims(text)
    assert (claim["topic"], claim["subjects"]) == (topic, subjects)
    assert objects is None or claim["objects"] == objects
    assert claim["subject_surface"] == subjects[0]


def test_a_sum_for_two_receivers_is_one_claim(claims: Claims) -> None:
    (claim,) = claims("The United States approved $5 billion in aid for Ukraine and Israel.")
    assert claim["objects"] == ["Ukraine", "Israel"]
    assert claim["object_actor_id"] == "country:ukr"


def test_each_figure_of_a_list_has_its_own_receiver(claims: Claims) -> None:
    found = claims("Japan provided $61 million to Liberia, $26 million to Guinea and $8 million to Ghana.")
    assert [claim["objects"] for claim in found] == [["Liberia"], ["Guinea"], ["Ghana"]]
    assert {claim["subject_surface"] for claim in found} == {"Japan"}


def test_a_figure_with_a_purpose_of_its_own_takes_no_receiver_of_the_next(claims: Claims) -> None:
    first, second = claims("Japan provided $61 million in connection with the floods, $26 million for Guinea.")
    assert (first["objects"], second["objects"]) == ([], ["Guinea"])


def test_figures_that_share_a_receiver_have_it(claims: Claims) -> None:
    sums = claims("Japan provided $61 million and, later, $26 million to Guinea.")
    assert [claim["objects"] for claim in sums] == [["Guinea"], ["Guinea"]]


def test_names_that_share_the_verb_before_give_what_stands_behind_them(claims: Claims) -> None:
    found = claims("In aid, Japan pledged $61 million, Norway $26 million and Ghana, the host, $8 million.")
    assert [claim["subjects"] for claim in found] == [["Japan"], ["Norway"], ["Ghana"]]


def test_an_item_of_a_list_is_for_whom_it_names_and_not_from_the_one_before(claims: Claims) -> None:
    first, second = claims("The appeal seeks aid.\n\n- $31 million in aid for Yemen\n\n- $29 million in aid for Syria")
    assert (first["objects"], second["objects"]) == (["Yemen"], ["Syria"])
    assert (first["subjects"], second["subjects"]) == ([], [])


def test_who_receives_does_not_give_the_next_sum(claims: Claims) -> None:
    _, second = claims("Of the aid, $61 million would go to Ukraine and $14 million to Israel.")
    assert (second["subjects"], second["objects"]) == ([], ["Israel"])


def test_a_conversion_in_brackets_is_a_claim_of_the_same_parties(claims: Claims) -> None:
    euro, dollar = claims("Norway gave Malawi 35 million euros ($40 million) in aid.")
    assert (euro["surface"], dollar["surface"]) == ("35 million euros", "$40 million")
    for name in ("topic", "subjects", "objects", "status", "modality"):
        assert euro[name] == dollar[name]


def test_a_bracket_that_begins_an_article_converts_nothing_of_the_article_before(extraction: Extract) -> None:
    tables = extraction(["Norway (north) gave Malawi in aid $40 million", "(53 million more) will follow."]).tables
    assert tables["claim_party"]["article_id"].unique().to_list() == [f"{0:016x}"]


def test_the_parties_of_the_sentence_before_are_carried_where_the_sentence_names_none(claims: Claims) -> None:
    _, rest = claims("Norway gave Malawi $40 million in aid last year. About $5 million of it remains.")
    assert (rest["topic"], rest["status"]) == ("aid", "remaining")
    assert (rest["subject_surface"], rest["object_surface"]) == ("Norway", "Malawi")


def test_one_person_is_not_the_many_who_were_hurt(claims: Claims) -> None:
    dead, hurt = claims("President Emmanuel Macron said that 12 people had died, and 340 had been injured.")
    assert (dead["subjects"], hurt["subjects"]) == (["people"], ["people"])


def test_who_kills_is_not_among_the_killed(claims: Claims) -> None:
    killers, killed = claims("About 300 fighters from the east have killed 28 villagers.")
    assert (killers["topic"], killed["topic"]) == ("forces", "casualties")
    assert killed["subjects"] == ["villagers"]


def test_the_target_of_an_attack_kills_nobody(claims: Claims) -> None:
    (claim,) = claims("Attacks on 30 villages last month killed more than 400 people.")
    assert (claim["subjects"], claim["objects"]) == (["people"], [])


def test_whose_deed_it_was_is_who_killed(claims: Claims) -> None:
    (claim,) = claims("Ukrainian shelling killed three villagers on Sunday.")
    assert (claim["subjects"], claim["objects"]) == (["villagers"], ["Ukrainian"])


def test_a_single_person_is_not_those_who_were_asked(claims: Claims) -> None:
    (claim,) = claims("Some 42 percent approve of how the president handles the economy, a poll found.")
    assert (claim["topic"], claim["subjects"]) == ("poll", [])
