"""The project's own annotated passages: figures bound to topic, parties, status, modality and date."""

from collections.abc import Iterator
from typing import Any

from tests.accuracy.gate import load_passages

AREA = "claims"
LEAST_PASSAGES = 150
PLACES = ("subject", "object", "as_of")


def spans(mention: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Every annotated span of a figure: its own, those of its parties and its date."""
    yield mention["start"], mention["end"], mention["surface"]
    for place in PLACES:
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
