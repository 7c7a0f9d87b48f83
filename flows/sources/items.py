"""What the readers of all formats give: records as the source wrote them, and refusals."""

from collections.abc import Mapping
from dataclasses import dataclass

FIELDS = ("text", "id", "title", "published_on", "url", "source", "author", "language")
"""The fields of an article that a source may give."""

LARGEST_ARTICLE = 20_000_000
"""Bytes: an article above it is refused as `too_large`. A novel has a twentieth of that."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as the source wrote it.

    Attributes:
        values: the source's values by our field names; `text` is what the article must have.
        place: where in the file it stands ("line 12"), or None for a file of one article.
        published_from: where the day of publication comes from, if it is given (a word of PUBLISHED_FROM).
    """

    values: Mapping[str, object]
    place: str | None = None
    published_from: str = "field"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was refused: reason and severity are words of schemas.vocabulary."""

    reason: str
    detail: str
    place: str | None = None
    raw: str | None = None
    severity: str = "error"
    article_id: str | None = None


Item = Record | Refusal


class SourceError(Exception):
    """A source that cannot be read, or not to its end; what was read before stands.

    Attributes:
        reason: a word of REJECT_REASON.
        detail: what exactly is wrong.
        place: where in the file, or None.
    """

    def __init__(self, reason: str, detail: str, place: str | None = None) -> None:
        """Name the reason, what is wrong, and where."""
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.place = place


def read_fields(values: Mapping[str, object], mapping: Mapping[str, str]) -> dict[str, object]:
    """Our fields from a source's values; `mapping` names those that the source calls otherwise (text -> body)."""
    return {field: value for field in FIELDS if (value := values.get(mapping.get(field, field))) is not None}
