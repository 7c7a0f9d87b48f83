"""The filters of a view: days, source, actor and claim, as they stand in its address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol, Self
from urllib.parse import urlencode

FIRST_DAY, LAST_DAY, SOURCE, ACTOR, CLAIM = "since", "until", "source", "actor", "claim"
"""The names of the filters: in the address, in the header of a chart, and as parameters of its SQL."""
LONGEST = 500
"""Characters that the value of a filter may have."""


class FilterError(ValueError):
    """A filter that cannot be read; the message says why and what can."""


class Query(Protocol):
    """The query string of a request, as Starlette gives it: several values a name."""

    def getlist(self, key: str, /) -> list[str]:
        """All values of a name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a view is limited to; None is no limit. Days count the day of publication, the last one included."""

    since: date | None = None
    until: date | None = None
    source: str | None = None
    actor: str | None = None
    claim: str | None = None

    @classmethod
    def from_query(cls, query: Query) -> Self:
        """The filters of a query string; a name without a value is no filter, other names are not looked at.

        Raises:
            FilterError: a value that is no day, too long, given twice, or days in the wrong order.
        """
        since, until = (_day(name, read_text(query, name)) for name in (FIRST_DAY, LAST_DAY))
        if since and until and since > until:
            message = f"since={since} comes after until={until}: exchange them"
            raise FilterError(message)
        source, actor, claim = (read_text(query, name) for name in (SOURCE, ACTOR, CLAIM))
        return cls(since=since, until=until, source=source, actor=actor, claim=claim)

    def parameters(self) -> Mapping[str, date | str | None]:
        """The value of every filter by its name, to be bound in SQL."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def to_query(self) -> str:
        """The query string of the filters that limit something, without a question mark; empty where none does."""
        return urlencode({name: str(value) for name, value in self.parameters().items() if value is not None})


def read_number(query: Query, name: str, most: int) -> int:
    """A number from 1 of a query string, 1 where it is not there.

    Raises:
        FilterError: it is no number from 1 to `most`.
    """
    value = read_text(query, name) or "1"
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(most)) and 1 <= int(value) <= most):
        message = f"{name}={value} is no number from 1 to {most}"
        raise FilterError(message)
    return int(value)


def read_text(query: Query, name: str) -> str | None:
    """A text of a query string without white space around it, or None.

    Raises:
        FilterError: it is given twice, or too long.
    """
    values = query.getlist(name)
    if len(values) > 1:
        message = f"{name} is given {len(values)} times: give it once"
        raise FilterError(message)
    value = values[0].strip() if values else ""
    if len(value) > LONGEST or "\0" in value:
        message = f"{name} has {len(value)} characters, or some that no name has: give at most {LONGEST}"
        raise FilterError(message)
    return value or None


def _day(name: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        message = f"{name}={value} is no day: write it like 2017-01-31"
        raise FilterError(message)
    return day
