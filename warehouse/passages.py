"""The passages of an article that answer a query, with the places of its words."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.reader import Reader
from warehouse.search_query import Match
from warehouse.words import WORD

LONGEST = 400
"""Characters of a passage; of a longer sentence it is a piece around the first word that was found."""
BEFORE = 120
"""Characters that such a piece keeps before it."""
MARK = f"'({WORD})', chr(1) || '\\1' || chr(2), 'g'"
"""What encloses every word of a text in control characters, which no text has."""
TEXTS = f"""
SELECT article_id, regexp_replace(coalesce(title, ''), {MARK}), regexp_replace(text, {MARK}), text
FROM main.dim_article JOIN main.article_text USING (article_id)
WHERE article_id IN (SELECT unnest($articles::VARCHAR[]))
"""
SENTENCES = """
SELECT article_id, sentence_no, span_start, span_end FROM main.article_sentence
WHERE article_id IN (SELECT unnest($articles::VARCHAR[])) ORDER BY ALL
"""


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


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is shown of an article: where its title is marked, and its passages, the best first."""

    title_marks: tuple[Mark, ...]
    passages: tuple[Passage, ...]


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


def quote(reader: Reader, articles: Sequence[str], matches: Sequence[Match], most: int) -> Mapping[str, Quoted]:
    """The passages of articles that hold the weightiest parts of a query, at most so many an article."""
    chosen = {"articles": list(articles)}
    spans: dict[str, list[tuple[int | None, int, int]]] = {article: [] for article in articles}
    for article, number, start, end in reader.rows(SENTENCES, chosen):
        spans[str(article)].append((int(str(number)), int(str(start)), int(str(end))))
    quoted = {}
    for article, title, marked, text in reader.rows(TEXTS, chosen):
        found = _Text(str(text), _places(str(marked), matches), matches)
        in_title = tuple(_joined([mark for _, mark in _places(str(title), matches)]))
        quoted[str(article)] = Quoted(in_title, found.best(spans[str(article)] or _lines(str(text)), most))
    return quoted


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with what was found in it: the number of the match and its place, by place."""

    text: str
    places: Sequence[tuple[int, Mark]]
    matches: Sequence[Match]

    def best(self, spans: Sequence[tuple[int | None, int, int]], most: int) -> tuple[Passage, ...]:
        starts = [mark.start for _, mark in self.places]
        ranked = []
        for number, start, end in spans:
            inside = self.places[bisect_left(starts, start) : bisect_left(starts, end)]
            weight = sum(self.matches[match].weight for match in {match for match, _ in inside})
            ranked.append((-weight, -len(inside), start, end, number, [mark for _, mark in inside]))
        ranked.sort(key=lambda row: row[:4])
        chosen = [row for row in ranked if row[1]][:most] or ranked[:1]
        return tuple(self._passage(number, start, end, marks) for _, _, start, end, number, marks in chosen)

    def _passage(self, number: int | None, start: int, end: int, marks: Sequence[Mark]) -> Passage:
        if end - start > LONGEST:
            first = marks[0].start if marks else start
            start = self._word_start(max(start, first - BEFORE), first) if first - BEFORE > start else start
            end = min(end, start + LONGEST)
        kept = [Mark(mark.start, min(mark.end, end)) for mark in _joined(marks) if mark.start < end]
        return Passage(number, start, end, self.text[start:end], tuple(kept))

    def _word_start(self, place: int, latest: int) -> int:
        """The next place after a space, or this one where there is none before the latest."""
        space = self.text.find(" ", place, latest)
        return place if space < 0 else space + 1


def _places(marked: str, matches: Sequence[Match]) -> list[tuple[int, Mark]]:
    """Where each match stands in a text whose words are enclosed in control characters."""
    words = list(_words(marked))
    found = []
    for number, match in enumerate(matches):
        first, *others = match.spellings
        for place, (word, start, end) in enumerate(words):
            if word not in first:
                continue
            following = words[place + 1 : place + 1 + len(others)]
            if len(following) == len(others) and all(w in o for (w, _, _), o in zip(following, others, strict=True)):
                found.append((number, Mark(start, following[-1][2] if following else end)))
    return sorted(found, key=lambda row: (row[1].start, row[1].end))


def _words(marked: str) -> Iterator[tuple[str, int, int]]:
    head, *pieces = marked.split("\x01")
    place = len(head)
    for piece in pieces:
        word, _, rest = piece.partition("\x02")
        yield word, place, place + len(word)
        place += len(word) + len(rest)


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that overlap as one."""
    joined: list[Mark] = []
    for mark in marks:
        if joined and mark.start < joined[-1].end:
            joined[-1] = Mark(joined[-1].start, max(joined[-1].end, mark.end))
        else:
            joined.append(mark)
    return joined


def _lines(text: str) -> list[tuple[int | None, int, int]]:
    spans: list[tuple[int | None, int, int]] = []
    place = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((None, place, place + len(line)))
        place += len(line) + 1
    return spans
