import pytest

from flows.sources.reference import load_table
from schemas.contract import Contract, key, table_name
from schemas.reference.parse import PARSE_TABLES, HeaderField, Language, SentenceWord


@pytest.mark.parametrize("contract", PARSE_TABLES, ids=table_name)
def test_each_row_has_a_key_of_its_own(contract: type[Contract]) -> None:
    assert not load_table(contract).select(key(contract)).is_duplicated().any()


def test_no_word_both_opens_a_sentence_and_goes_on_with_one() -> None:
    words = load_table(SentenceWord).filter(load_table(SentenceWord)["role"].is_in(["opener", "noun", "continuer"]))
    assert words["word"].is_duplicated().sum() == 0


def test_every_code_is_known_under_itself() -> None:
    table = load_table(Language)
    assert set(table["code"]) <= set(table["language"])


def test_each_medium_ranks_the_names_of_a_field() -> None:
    assert not load_table(HeaderField).select("medium", "field", "rank").is_duplicated().any()
