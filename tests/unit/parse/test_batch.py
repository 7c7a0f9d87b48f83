import polars as pl
import pytest

from flows.parse import batch, language
from flows.parse.batch import ParsedBatch, parse_articles
from flows.parse.rules import ParseRules, compile_parse_rules
from flows.sources.reference import load_reference

ENGLISH = (
    "The government said on Monday that it would send another shipment of generators to the east of the country,"
    " where the power stations had been hit in October. The first lorries are to leave before the end of the week."
)
GERMAN = (
    "Die Regierung kündigte am Montag an, weitere Generatoren in den Osten des Landes zu schicken, wo im Oktober"
    " mehrere Kraftwerke getroffen worden waren. Die ersten Lastwagen sollen noch in dieser Woche losfahren."
)


@pytest.fixture(scope="module")
def rules() -> ParseRules:
    return compile_parse_rules(load_reference())


def parse(rules: ParseRules, *texts: str, language: str | None = None) -> ParsedBatch:
    count = len(texts)
    fields = {name: [None] * count for name in ("published_on", "title", "url", "source_name")}
    articles = {"article_id": [f"{number:016x}" for number in range(count)], "text": list(texts)}
    raw = pl.DataFrame(
        {**articles, "language": [language] * count, **fields},
        schema_overrides={"language": pl.String, "text": pl.String},
    )
    return parse_articles(raw, rules)


def test_control_characters_become_one_space_each_and_all_else_stays(rules: ParseRules) -> None:
    text = "A\x00b\r\n\tc\x0b\x0c\x1f\x7fd  e\u200b\u0085f\ufeff."
    assert parse(rules, text).articles["text"].to_list() == ["A b \n\tc    d  e\u200b\u0085f\ufeff."]


def test_counts_of_characters_words_and_sentences(rules: ParseRules) -> None:
    counts = parse(rules, "Café ☕ 😀 opens. It is free.", "No end").dimension
    assert counts.select("char_count", "word_count", "sentence_count").rows() == [(27, 7, 2), (6, 2, 1)]


def test_articles_in_another_language_are_kept_without_sentences(rules: ParseRules) -> None:
    parsed = parse(rules, ENGLISH, GERMAN, ENGLISH)
    assert parsed.dimension["language"].to_list() == ["en", "de", "en"]
    assert parsed.dimension["extraction"].to_list() == ["done", "language", "done"]
    assert parsed.dimension["sentence_count"].to_list() == [2, 0, 2]
    assert parsed.articles["article_no"].to_list() == [0, 2]
    assert parsed.sentences["article_no"].to_list() == [0, 0, 2, 2]


@pytest.mark.parametrize(
    ("declared", "code"),
    [("de", "de"), ("DE-AT", "de"), ("ger", "de"), ("German", "de"), ("en_GB", "en"), (" English ", "en")],
)
def test_the_declared_language_decides(declared: str, code: str, rules: ParseRules) -> None:
    assert parse(rules, ENGLISH, language=declared).dimension["language"].to_list() == [code]


def test_an_unknown_declaration_is_as_good_as_none(rules: ParseRules) -> None:
    assert parse(rules, GERMAN, language="??").dimension["language"].to_list() == ["de"]
    assert parse(rules, GERMAN, language="").dimension["language"].to_list() == ["de"]


def test_short_texts_and_texts_without_a_clear_verdict_count_as_english(rules: ParseRules) -> None:
    scores = "; ".join(f"Arsenal {n} Chelsea {n + 1}" for n in range(20))
    assert parse(rules, GERMAN[:150], scores, "1 2 3 " * 100).dimension["language"].to_list() == ["en"] * 3


def test_english_of_few_function_words_is_known_without_the_model(
    rules: ParseRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "_detect", lambda _: pytest.fail("the model was asked"))
    prices = (
        "Shares fell on Friday and the dollar gained. Germany's DAX lost 0.8 percent, France's CAC 40 shed 0.6 percent,"
        " Britain's FTSE 100 dropped 0.7 percent. Futures augured modest gains: Dow futures rose 0.1 percent, said"
        " traders. Tokyo's Nikkei closed lower, Seoul's Kospi rose 0.2 percent after data from China."
    )
    assert parse(rules, prices).dimension["language"].to_list() == ["en"]


def test_a_text_of_words_that_english_shares_is_left_to_the_model(rules: ParseRules) -> None:
    dutch = (
        "De minister was gisteren in Groningen en had daar een gesprek met boeren. Het is niet bekend of de regering"
        " extra geld vrijmaakt voor schade door de droogte. Volgens de bond gaat het om tientallen miljoenen euro's."
    )
    assert parse(rules, dutch).dimension["language"].to_list() == ["nl"]


def test_only_the_start_of_a_text_tells_its_language(rules: ParseRules) -> None:
    assert parse(rules, GERMAN * 3 + ENGLISH * 30).dimension["language"].to_list() == ["de"]


def test_a_text_beyond_the_limit_is_kept_without_facts(rules: ParseRules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LONGEST", len(ENGLISH))
    parsed = parse(rules, ENGLISH, ENGLISH + ".")
    assert parsed.dimension["extraction"].to_list() == ["done", "too_long"]
    assert parsed.articles["article_no"].to_list() == [0]


def test_an_empty_batch_gives_empty_frames(rules: ParseRules) -> None:
    parsed = parse(rules)
    assert (parsed.articles.height, parsed.sentences.height, parsed.dimension.height) == (0, 0, 0)
