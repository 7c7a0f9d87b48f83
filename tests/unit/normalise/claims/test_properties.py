import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.normalise.claims.conftest import Extract

PIECES = (
    "Norway", "Malawi's", "the government", "gunmen", "killed", "gave", "was", "been", "$40 million", "12", "people",
    "(", ")", ",", "and", "to", "of", "for", "that", "by", "will", "not", "no", "41%", "in 2019", "on Friday", "said",
    "$1.2bn (€1bn)", "51-49", "\n\n", ". ", "’s", "'", "—", " - ", "soldiers", "votes", "aid", "budget", "a third",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map(" ".join)
PROPERTY = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PROPERTY
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_gives_claims_that_hold_their_contract_and_stand_where_they_say(
    extraction: Extract, texts: list[str]
) -> None:
    found = extraction(texts)
    assert found.rows_rejected == 0
    bodies = dict(found.tables["article_text"].iter_rows())
    parties = found.tables["claim_party"]
    for party in parties.iter_rows(named=True):
        assert bodies[party["article_id"]][party["part_start"] : party["part_end"]] == party["surface"]
    for claim in found.tables["fact_claim"].iter_rows(named=True):
        for role in ("subject", "object"):
            start, end = claim[f"{role}_start"], claim[f"{role}_end"]
            if start is not None:
                assert bodies[claim["article_id"]][start:end] == claim[f"{role}_surface"]
    assert set(found.tables["fact_claim"]["figure_id"]) <= set(found.tables["fact_figure"]["figure_id"])
    assert set(parties["claim_id"]) <= set(found.tables["fact_claim"]["claim_id"])


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_what_a_text_claims_depends_on_no_other_text(extraction: Extract, order: list[int]) -> None:
    texts = [
        "Norway gave Malawi $40 million in aid.",
        "About $5 million of it remains.",
        "Gunmen killed 14 villagers on Monday.",
    ]
    alone = [
        extraction([text]).tables["fact_claim"].drop("article_id", "claim_id", "figure_id", "date_id") for text in texts
    ]
    together = extraction([texts[number] for number in order]).tables["fact_claim"]
    for place, number in enumerate(order):
        own = together.filter(article_id=f"{place:016x}").drop("article_id", "claim_id", "figure_id", "date_id")
        assert own.drop("claim_key").equals(alone[number].drop("claim_key"))
