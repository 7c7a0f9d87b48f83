"""Read when an article was published: a day, or a time, as sources write them."""

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

LONG_FORMS = tuple(
    f"{weekday}{form}"
    for weekday in ("", "%A ", "%a ")
    for form in ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y %B %d", "%Y %b %d")
)
EPOCH_DIGITS = {10: 1, 13: 1000}
"""Digits of a time in seconds or milliseconds since 1970, and how many of these units make a second."""

NAMED_UTC = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
SLASHES = re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})(.*)$", re.DOTALL)
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|[.,]", re.IGNORECASE)
WRITTEN_OUT = re.compile(r"^(.*?\b\d{4})\b\s*(.*)$", re.DOTALL)
CLOCK = re.compile(
    r"^(?:at )?(\d{1,2})[: ](\d{2})(?::(\d{2}))?\s*(?:([ap])\s?m\b)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*(.*)$",
    re.IGNORECASE,
)
FILE_NAME = re.compile(r"^(\d{4})([-_]?)(\d{2})\2(\d{2})(?!\d)")


class Published(NamedTuple):
    """When an article was published: the day as written, and the time in UTC without an offset, where it is given."""

    day: date
    time: datetime | None


def read_published(value: object) -> Published | None:
    """Read a day or a time; None where it is neither, or where day and month could be exchanged (06/11/2023).

    Read are ISO 8601, RFC 2822, seconds or milliseconds since 1970, and days written out in English ("Monday, 6
    November 2023", "Nov. 6, 2023, 4:45 p.m. GMT"). A time without a zone is taken as UTC; one with a zone known only
    by a name other than UTC or GMT gives its day alone.
    """
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return Published(value, None)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    try:
        return _from_digits(text) if text.isdecimal() and len(text) in EPOCH_DIGITS else _from_text(text)
    except (ValueError, OverflowError, OSError):
        return None


def published_in_name(name: str) -> Published | None:
    """The day with which a file's name begins: 2023-11-06-talks.txt, 20231106_talks.txt."""
    found = FILE_NAME.match(name)
    try:
        return Published(date(*(int(found[group]) for group in (1, 3, 4))), None) if found else None
    except ValueError:
        return None


def _from_digits(text: str) -> Published:
    return _from_datetime(datetime.fromtimestamp(int(text) / EPOCH_DIGITS[len(text)], UTC))


def _from_text(text: str) -> Published:
    iso = SLASHES.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}{found[4]}", text)
    try:
        moment = datetime.fromisoformat(NAMED_UTC.sub("Z", iso))
    except ValueError:
        return _from_long_form(text)
    has_time = re.search(r"\d[T ]\d", iso, re.IGNORECASE) is not None
    return _from_datetime(moment) if has_time else Published(moment.date(), None)


def _from_long_form(text: str) -> Published:
    found = WRITTEN_OUT.match(" ".join(ORDINAL.sub(" ", text).split()))
    if not found:
        raise ValueError(text)
    day = _from_words(re.sub(r"\bsept\b", "sep", found[1], flags=re.IGNORECASE))
    return _with_clock(day, found[2]) if found[2] else Published(day, None)


def _from_words(words: str) -> date:
    for form in LONG_FORMS:
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise ValueError(words)


def _with_clock(day: date, clock: str) -> Published:
    found = CLOCK.match(clock)
    if not found:
        raise ValueError(clock)
    hour, minute, second, half, zone, rest = found.groups()
    if half:
        hour = str(int(hour) % 12 + (12 if half.lower() == "p" else 0))
    offset = "+00:00" if zone is None or zone.isalpha() else zone
    moment = datetime.fromisoformat(f"{day.isoformat()}T{hour:0>2}:{minute}:{second or '00'}{offset}")
    return Published(day, None) if rest else _from_datetime(moment)


def _from_datetime(moment: datetime) -> Published:
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return Published(moment.date(), utc.replace(tzinfo=None))
