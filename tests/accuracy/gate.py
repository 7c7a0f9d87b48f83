"""The accuracy gate: run the real stages on a set of annotated passages and compare the scores with their floors.

A set is `gold/AREA.jsonl`, one passage a line: `id`, `published_on`, `text` and `mentions`, each with `start` and `end`
(code points into `text`), `surface` and what the area annotates. `floors.json` holds under the area's name the set's
SHA-256 and the least score of each measure: a set that changes, or a floor that sinks, shows in that one file.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from flows.parse.rules import compile_parse_rules
from flows.parse.sentences import split_sentences
from flows.sources.reference import load_reference

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"

Passage = dict[str, Any]
Extract = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]
"""From articles and sentences to a mention frame."""


def set_path(area: str) -> Path:
    return HERE / "gold" / f"{area}.jsonl"


def load_passages(area: str) -> list[Passage]:
    """The annotated passages of an area."""
    return [json.loads(line) for line in set_path(area).read_text(encoding="utf-8").splitlines()]


def set_hash(area: str) -> str:
    """The SHA-256 of an area's set."""
    return hashlib.sha256(set_path(area).read_bytes()).hexdigest()


def load_floors(area: str) -> Mapping[str, Any]:
    """The area's entry in floors.json: `sha256`, and the least score by measure."""
    found: Mapping[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))[area]
    return found


def gold_frame(passages: list[Passage]) -> pl.DataFrame:
    """One row a mention: `article_no`, `start`, `end` and the other annotated fields."""
    return pl.DataFrame(
        [
            {"article_no": number, **mention}
            for number, passage in enumerate(passages)
            for mention in passage["mentions"]
        ],
        schema_overrides={"article_no": pl.UInt32, "start": pl.Int32, "end": pl.Int32},
        infer_schema_length=None,
    )


def run_stages(passages: list[Passage], extract: Extract) -> pl.DataFrame:
    """Split the passages and extract: the mention frame with `article_no`, `start` and `end` within the passage."""
    articles = pl.DataFrame(
        {
            "article_no": range(len(passages)),
            "article_id": [f"{number:016x}" for number in range(len(passages))],
            "text": [passage["text"] for passage in passages],
            "published_on": [_day(passage["published_on"]) for passage in passages],
        },
        schema={"article_no": pl.UInt32, "article_id": pl.String, "text": pl.String, "published_on": pl.Date},
    ).with_columns(pl.lit(None, pl.String).alias(name) for name in ("title", "url", "source_name", "language"))
    sentences = split_sentences(articles, compile_parse_rules(load_reference()))
    found = extract(articles, sentences).drop("article_no", strict=False)
    places = sentences.select("sentence_id", "article_no", offset="span_start")
    return found.join(places, on="sentence_id").with_columns(pl.col("start", "end") + pl.col("offset"))


def score(gold: pl.DataFrame, system: pl.DataFrame, *, strict: bool, equal: tuple[str, ...] = ()) -> dict[str, float]:
    """Precision, recall and F1 in percent, matching one to one within a passage.

    Args:
        gold: `article_no`, `start`, `end` and the columns of `equal`.
        system: the same columns.
        strict: whether the spans must be equal, or only overlap.
        equal: what else must be equal.
    """
    numbered = gold.with_row_index("gold_row"), system.with_row_index("system_row")
    pairs = numbered[0].join(numbered[1], on=["article_no", *equal], suffix="_s", nulls_equal=True)
    same = (pl.col("start") == pl.col("start_s")) & (pl.col("end") == pl.col("end_s"))
    overlap = (pl.col("start") < pl.col("end_s")) & (pl.col("start_s") < pl.col("end"))
    hits = (
        pairs.filter(same if strict else overlap)
        .sort(same, descending=True)
        .unique("gold_row", keep="first", maintain_order=True)
        .unique("system_row", keep="first", maintain_order=True)
        .height
    )
    precision = 100 * hits / max(system.height, 1)
    recall = 100 * hits / max(gold.height, 1)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": round(precision, 1), "recall": round(recall, 1), "f1": round(f1, 1)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
