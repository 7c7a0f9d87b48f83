"""The project's own annotated passages: figures bound to topic, parties, status, modality and date."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import pytest

from flows.normalise.actors import compile_actor_rules, extract_actors
from flows.normalise.claims import compile_claim_rules, extract_claims
from flows.normalise.dates import compile_date_rules, extract_dates
from flows.normalise.figures import compile_figure_rules, extract_figures
from flows.sources.reference import load_reference
from tests.accuracy.gate import gold_frame, load_floors, load_passages, run_stages, set_hash

AREA = "claims"
LEAST_PASSAGES = 150
COLUMNS = {
    "figure": ("start", "end"),
    "subject": ("subject_start", "subject_end"),
    "object": ("object_start", "object_end"),
    "date": ("as_of_start", "as_of_end"),
}
TOLD = ["topic", "status", "modality"]
NOT_ASKED = ["none", "count"]


def comparable(claims: pl.DataFrame) -> pl.DataFrame:
    """The columns that are compared; a missing status and `none` are the same, and topics that nobody asks for go."""
    spans = [pl.col(name).cast(pl.Int32) for names in COLUMNS.values() for name in names]
    asked = claims.filter(~pl.col("topic").is_in(NOT_ASKED))
    return asked.select("article_no", *spans, "topic", pl.col("status").fill_null("none"), "modality")


@pytest.fixture(scope="module")
def gold() -> pl.DataFrame:
    return comparable(gold_frame(load_passages(AREA)))


@pytest.fixture(scope="module")
def system() -> pl.DataFrame:
    reference = load_reference()
    rules = (
        compile_date_rules(reference),
        compile_figure_rules(reference),
        compile_actor_rules(reference),
        compile_claim_rules(reference),
    )

    def extract(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
        dates = extract_dates(articles, sentences, rules[0])
        figures = extract_figures(articles, sentences, dates, rules[1])
        actors = extract_actors(articles, sentences, dates, rules[2])
        return extract_claims(articles, sentences, dates, figures, actors.mentions, rules[3]).claims

    found = run_stages(load_passages(AREA), extract)
    return comparable(found.rename({"date_start": "as_of_start", "date_end": "as_of_end"}))


def same_place(part: str) -> pl.Expr:
    """The two spans overlap, or neither side names one."""
    start, end = COLUMNS[part]
    overlap = (pl.col(start) < pl.col(f"{end}_s")) & (pl.col(f"{start}_s") < pl.col(end))
    return overlap.fill_null(value=False) | (pl.col(start).is_null() & pl.col(f"{start}_s").is_null())


@pytest.fixture(scope="module")
def scores(gold: pl.DataFrame, system: pl.DataFrame) -> Mapping[str, float]:
    """F1 of topics and parties in percent; of status, modality and date the share of the matched claims."""
    pairs = (
        gold.with_row_index("gold_row")
        .join(system.with_row_index("system_row"), on="article_no", suffix="_s")
        .filter(same_place("figure"), pl.col("topic") == pl.col("topic_s"))
        .unique("gold_row", keep="first", maintain_order=True)
        .unique("system_row", keep="first", maintain_order=True)
    )
    subject, both = same_place("subject"), same_place("subject") & same_place("object")
    hits = {"topic": pl.lit(value=True), "subject": subject, "object": both}
    told = {name: pl.col(name) == pl.col(f"{name}_s") for name in ("status", "modality")} | {"date": same_place("date")}
    f1 = {name: 200 * pairs.filter(hit).height / (gold.height + system.height) for name, hit in hits.items()}
    return f1 | {name: 100 * pairs.filter(hit).height / max(pairs.height, 1) for name, hit in told.items()}


def test_the_set_is_the_one_that_the_floors_were_measured_on() -> None:
    assert set_hash(AREA) == load_floors(AREA)["sha256"]


def spans(mention: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Every annotated span of a figure: its own, those of its parties and its date."""
    yield mention["start"], mention["end"], mention["surface"]
    for place in ("subject", "object", "as_of"):
        if mention[place] is not None:
            yield mention[f"{place}_start"], mention[f"{place}_end"], mention[place]
    for party in mention.get("parties", []):
        yield party["start"], party["end"], party["surface"]


def test_the_set_is_large_enough_and_its_spans_fit() -> None:
    passages = load_passages(AREA)
    assert len(passages) >= LEAST_PASSAGES
    for passage in passages:
        for mention in passage["mentions"]:
            for start, end, surface in spans(mention):
                assert passage["text"][start:end] == surface, passage["id"]


@pytest.mark.parametrize("measure", ["topic", "subject", "object", "status", "modality", "date"])
def test_accuracy_stays_above_its_floor(scores: Mapping[str, float], measure: str) -> None:
    assert scores[measure] >= load_floors(AREA)[measure]
