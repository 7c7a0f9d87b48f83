"""`dateline show --claims` and `dateline explain`, as a user calls them."""

from pathlib import Path

import pytest

from flows.settings import Settings
from flows.steps import run_plain
from tests.integration.flows.office import call_dateline, rows, write_story

STORY = "Norway pledged $40 million in aid for Malawi and Zambia on Friday. Gunmen killed 14 villagers."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one article, loaded."""
    folder = tmp_path_factory.mktemp("claims")
    write_story(folder / "inbox", 1, STORY)
    run_plain([str(folder / "inbox")], Settings(warehouse=folder / "news.duckdb"))
    return folder


def said(office: Path, *arguments: str) -> tuple[int, str]:
    done = call_dateline(*arguments, "--warehouse", "news.duckdb", cwd=office)
    return done.returncode, done.stdout + done.stderr


def test_show_prints_each_claim_below_its_sentence(office: Path) -> None:
    code, shown = said(office, "show", "1", "--claims")
    assert code == 0
    assert "Norway pledged $40 million in aid for Malawi and Zambia on Friday." in shown
    assert "aid pledged (asserted)" in shown
    assert "Norway [country:nor] > Malawi [country:mwi] and Zambia [country:zmb]" in shown
    assert "casualties killed" in shown


def test_explain_shows_figure_parties_rule_and_evidence(office: Path) -> None:
    ((claim,),) = rows(office / "news.duckdb", "SELECT claim_id FROM fact_claim WHERE topic = 'aid'")
    code, shown = said(office, "explain", str(claim))
    assert code == 0
    for words in ("$40 million = 40,000,000 USD", "Norway [country:nor]", "claim_give", "2023-11-03", "told by 1"):
        assert words in shown


def test_an_unknown_claim_is_a_wrong_use_that_says_what_to_do(office: Path) -> None:
    code, shown = said(office, "explain", "nobody")
    assert code == 2
    assert "--claims" in shown
