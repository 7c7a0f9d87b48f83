"""Signatures of articles: the same on every machine, close for close texts, far for others."""

import hashlib

import polars as pl
import pytest

from flows.normalise.signature import sign_articles
from schemas.stories import SIGNATURE_DIGITS, SIGNATURE_PLACES, EtlArticleSignature
from schemas.validate import split_rows

NOTICE = "Floods on the lower Zambezi have cut the road between Caia and Sena, the provincial governor said on Tuesday."


def words(seed: str, count: int) -> str:
    """A text of so many words that only this seed gives."""
    return " ".join(hashlib.sha256(f"{seed}-{number}".encode()).hexdigest()[:6] for number in range(count))


def sign(*texts: str) -> list[str]:
    articles = pl.DataFrame({"article_id": [f"{number:016x}" for number in range(len(texts))], "text": texts})
    return sign_articles(articles)["signature"].to_list()


def agreement(one: str, other: str) -> float:
    first, second = sign(one, other)
    starts = range(0, SIGNATURE_PLACES * SIGNATURE_DIGITS, SIGNATURE_DIGITS)
    return sum(first[n : n + SIGNATURE_DIGITS] == second[n : n + SIGNATURE_DIGITS] for n in starts) / SIGNATURE_PLACES


def test_a_text_has_this_signature_on_every_machine_and_with_every_library() -> None:
    (signature,) = sign(NOTICE)
    assert hashlib.sha256(signature.encode()).hexdigest()[:16] == "e7990fa187e271f5"


def test_a_signature_does_not_depend_on_the_other_articles() -> None:
    texts = [words("a", 300), "", NOTICE, words("b", 3)]
    assert sign(*texts) == [sign(text)[0] for text in texts]


def test_case_punctuation_and_white_space_do_not_count() -> None:
    assert agreement(NOTICE, NOTICE.upper().replace(" ", "\n  ").replace(",", " \u2013 ")) == 1


@pytest.mark.parametrize("text", ["", "...", "\u201c?\u201d"])
def test_a_text_without_a_word_has_none(text: str) -> None:
    assert sign(text) == [None]


def test_one_word_is_enough_and_tells_texts_apart() -> None:
    assert agreement("Obituary", "obituary.") == 1
    assert agreement("Obituary", "Weather") == 0


def test_the_agreement_is_the_share_of_runs_in_common() -> None:
    shared = words("shared", 1000)
    assert agreement(shared, f"{shared} {words('more', 1000)}") == pytest.approx(0.5, abs=0.19)
    assert agreement(shared, f"{shared} {words('more', 111)}") == pytest.approx(0.9, abs=0.12)
    assert agreement(shared, words("other", 1000)) == pytest.approx(0, abs=0.05)


def test_every_signature_holds_its_contract() -> None:
    articles = pl.DataFrame({"article_id": [f"{n:016x}" for n in range(3)], "text": [NOTICE, "", words("c", 50)]})
    _, rejects = split_rows(sign_articles(articles), EtlArticleSignature)
    assert rejects.is_empty()
