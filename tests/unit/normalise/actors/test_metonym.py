"""A capital that acts is its country; where something is, it is the place."""

from collections.abc import Callable

import pytest

Actors = Callable[..., list[dict[str, str]]]


@pytest.mark.parametrize(
    ("text", "actor_id"),
    [
        ("Beijing said that it would respond.", "country:chn"),
        ("On Monday Kyiv has repeatedly denied the report.", "country:ukr"),
        ("The bridge was hit by Moscow's ground forces.", "country:rus"),
        ("There was new pressure on Tehran to give in.", "country:irn"),
        ("A minister accused Washington of meddling.", "country:usa"),
        ("He said that Beijing has wide streets.", "place:beijing-chn"),
        ("The train to Kyiv left in the evening.", "place:kyiv-ukr"),
        ("Talks were held in Moscow, said a diplomat.", "place:moscow-rus"),
        ("Brussels said no.", "place:brussels-bel"),
        ("The Kremlin said no.", "org:kremlin"),
        ("Downing Street rejected the plan.", "org:downing-street"),
        ("The White House agreed.", "org:white-house"),
    ],
)
def test_who_or_where_a_capital_is(actors: Actors, text: str, actor_id: str) -> None:
    assert [mention["actor_id"] for mention in actors(text)] == [actor_id]


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Last week Movistar Venezuela said it had paid.", "Movistar Venezuela", "organisation"),
        ("The report of UNHCR Lebanon was late.", "UNHCR Lebanon", "organisation"),
    ],
)
def test_a_branch_is_an_organisation_of_its_own(actors: Actors, text: str, surface: str, kind: str) -> None:
    found = [(mention["surface"], mention["actor_kind"]) for mention in actors(text)]
    assert found == [(surface, kind)]
