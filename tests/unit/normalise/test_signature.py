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
    assert hashlib.sha256(signature.encode()).hexdigest()[:16] == "69f1216c925d253e"


def test_a_signature_does_not_depend_on_the_other_articles() -> None:
    texts = [words("a", 300), "", NOTICE, words("b", 8)]
    assert sign(*texts) == [sign(text)[0] for text in texts]


def test_case_punctuation_and_white_space_do_not_count() -> None:
    assert agreement(NOTICE, NOTICE.upper().replace(" ", "\n  ").replace(",", " \u2013 ")) == 1


@pytest.mark.parametrize("text", ["", "...", "\u201c?\u201d", "Media caption", "Four words no more"])
def test_a_text_too_short_to_be_known_by_has_none(text: str) -> None:
    assert sign(text) == [None]


def test_five_words_are_enough_and_tell_texts_apart() -> None:
    assert agreement("Toll rises to thirty dead", "TOLL RISES TO THIRTY DEAD.") == 1
    assert agreement("Toll rises to thirty dead", "Toll rises to forty dead") == 0


def test_the_agreement_is_the_share_of_runs_in_common() -> None:
    shared = words("shared", 1000)
    assert agreement(shared, f"{shared} {words('more', 1000)}") == pytest.approx(0.5, abs=0.19)
    assert agreement(shared, f"{shared} {words('more', 111)}") == pytest.approx(0.9, abs=0.12)
    assert agreement(shared, words("other", 1000)) == pytest.approx(0, abs=0.05)


def test_every_signature_holds_its_contract() -> None:
    articles = pl.DataFrame({"article_id": [f"{n:016x}" for n in range(3)], "text": [NOTICE, "", words("c", 50)]})
    _, rejects = split_rows(sign_articles(articles), EtlArticleSignature)
    assert rejects.is_empty()
