"""The passages of an article that answer a query, with the places of its words."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import contains

from warehouse.search_query import Match

LONGEST = 400
"""Characters of a passage; of a longer sentence it is a piece around the first word that was found."""
BEFORE = 120
"""Characters that such a piece keeps before it."""

Span = tuple[int | None, int, int]
"""A sentence: its number, its first character, one past its last; a line has no number."""
Place = tuple[int, "Mark"]
"""Where a match stands: its number and its mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where words of the query stand: the first character and one past the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a piece of one.

    Attributes:
        sentence_no: its number in the article; None where the article has no sentences.
        start: its first character in the article's text.
        end: one past its last.
        text: itself.
        marks: where the words of the query stand, in the article's text as well.
    """

    sentence_no: int | None
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it is a word of the query: for highlighting."""
        return cut_at_marks(self.text, self.marks, self.start)


def cut_at_marks(text: str, marks: Sequence[Mark], start: int = 0) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is marked; `start` is where the text begins in what the marks count."""
    place = start
    for mark in marks:
        if mark.start > place:
            yield text[place - start : mark.start - start], False
        yield text[mark.start - start : mark.end - start], True
        place = mark.end
    if place < start + len(text):
        yield text[place - start :], False


def find_places(text: str, words: Sequence[str], matches: Sequence[Match]) -> list[Place]:
    """Where each match stands in a text, given all its words in order."""
    found, at, starts = [], 0, []
    for word in words:
        start = text.index(word, at)
        starts.append(start)
        at = start + len(word)
    for number, match in enumerate(matches):
        first, *others = match.spellings
        for place, word in enumerate(words):
            if word not in first:
                continue
            last = place + len(others)
            if last < len(words) and all(map(contains, others, words[place + 1 : last + 1])):
                found.append((number, Mark(starts[place], starts[last] + len(words[last]))))
    return sorted(found, key=lambda place: (place[1].start, place[1].end))


def joined(places: Sequence[Place]) -> tuple[Mark, ...]:
    """The marks of places, those that overlap as one."""
    marks: list[Mark] = []
    for _, mark in places:
        if marks and mark.start < marks[-1].end:
            marks[-1] = Mark(marks[-1].start, max(marks[-1].end, mark.end))
        else:
            marks.append(mark)
    return tuple(marks)


def best_passages(
    text: str, spans: Sequence[Span], places: Sequence[Place], matches: Sequence[Match], most: int
) -> tuple[Passage, ...]:
    """The sentences that hold the weightiest matches, the best first; the first one where none holds any.

    Args:
        text: the article's text.
        spans: its sentences; where there are none, its lines count as such.
        places: where the matches stand, in order.
        matches: what was looked for.
        most: passages at the most.
    """
    starts = [mark.start for _, mark in places]
    ranked = []
    for span in spans or _lines(text):
        inside = places[bisect_left(starts, span[1]) : bisect_left(starts, span[2])]
        weight = sum(matches[number].weight for number in {number for number, _ in inside})
        ranked.append((-weight, -len(inside), span, inside))
    ranked.sort(key=lambda row: (*row[:2], row[2][1]))
    chosen = [row for row in ranked if row[3]][:most] or ranked[:1]
    return tuple(_passage(text, span, joined(inside)) for _, _, span, inside in chosen)


def _passage(text: str, span: Span, marks: Sequence[Mark]) -> Passage:
    number, start, end = span
    if end - start > LONGEST:
        first = marks[0].start if marks else start
        if first - BEFORE > start:
            space = text.find(" ", first - BEFORE, first)
            start = first - BEFORE if space < 0 else space + 1
        end = min(end, start + LONGEST)
    kept = tuple(Mark(mark.start, min(mark.end, end)) for mark in marks if mark.start < end)
    return Passage(number, start, end, text[start:end], kept)


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((None, start, start + len(line)))
        start += len(line) + 1
    return spans
