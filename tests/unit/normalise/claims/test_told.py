import pytest

from tests.unit.normalise.claims.conftest import Claims


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The UN is seeking $40 million in aid for Malawi.", "requested"),
        ("Norway pledged $40 million in aid for Malawi.", "pledged"),
        ("Norway has allocated $40 million in aid to Malawi.", "approved"),
        ("Norway provided $40 million in aid to Malawi.", "provided"),
        ("Norway has frozen $40 million in aid to Malawi.", "withheld"),
        ("Belarus owes Russia $40 million for gas.", "owed"),
        ("The ministry spent $40 million on roads.", "spent"),
        ("Six people were wounded in the blast.", "injured"),
        ("Six people are missing after the flood.", "missing"),
        ("Six people were killed or wounded in the blast.", "killed_or_injured"),
        ("The death toll rose to 30 from 12.", "killed"),
    ],
)
def test_the_words_tell_where_it_stands(claims: Claims, text: str, status: str) -> None:
    assert {claim["status"] for claim in claims(text)} == {status}


@pytest.mark.parametrize(
    ("text", "status", "modality"),
    [
        ("Doctors said that six people were seriously injured.", "injured", "reported"),
        ("The fire left six people badly hurt.", "injured", "asserted"),
        ("Divers went on with the search for six missing sailors off the coast.", "missing", "asserted"),
        ("In the crash of a bus on Sunday nobody was killed.", "killed", "negated"),
        ("The roof fell in, but no one was hurt.", "injured", "negated"),
    ],
)
def test_a_toll_is_one_also_behind_an_adverb_before_its_people_and_where_it_is_none(
    claims: Claims, text: str, status: str, modality: str
) -> None:
    (claim,) = claims(text)
    assert (claim["topic"], claim["status"], claim["modality"]) == ("casualties", status, modality)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Norway gave Malawi $40 million in aid.", "asserted"),
        ("Norway will give Malawi $40 million in aid.", "planned"),
        ("Norway could give Malawi $40 million in aid.", "possible"),
        ("If parliament agrees, Norway will give Malawi $40 million in aid.", "possible"),
        ("Norway did not give Malawi $40 million in aid.", "negated"),
        ("Norway denied that it had given Malawi $40 million in aid.", "negated"),
        ("According to the ministry, Norway gave Malawi $40 million in aid.", "reported"),
        ("No casualties were reported.", "negated"),
        ("In May Norway gave Malawi $40 million in aid.", "asserted"),
        ("Mrs May gave Malawi $40 million in aid.", "asserted"),
    ],
)
def test_the_words_tell_how_sure_it_is(claims: Claims, text: str, modality: str) -> None:
    (claim,) = claims(text)
    assert claim["modality"] == modality


def test_what_will_be_given_is_not_given_yet(claims: Claims) -> None:
    (claim,) = claims("Norway will provide $40 million in aid to Malawi.")
    assert (claim["status"], claim["modality"]) == ("pledged", "planned")


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Norway gave Malawi $40 million in aid in 2019.", "2019"),
        ("On Monday gunmen killed 14 villagers.", "Monday"),
        ("Gunmen killed 14 villagers, officials said on Tuesday.", None),
        ("Norway gave Malawi $40 million in aid.", None),
    ],
)
def test_the_date_is_that_of_the_event_and_never_that_of_the_telling(
    claims: Claims, text: str, dated: str | None
) -> None:
    (claim,) = claims(text)
    assert claim["date"] == dated


@pytest.mark.parametrize(
    "text",
    [
        "The road is 40 miles long and the drive takes two hours.",
        "She is 43 years old and was born on May 4, 1978.",
        "The law covers 28 members of the bloc.",
    ],
)
def test_measures_ages_and_mere_counts_make_no_claims(claims: Claims, text: str) -> None:
    assert claims(text) == []
