from datetime import UTC, date, datetime

import pytest

from flows.sources.published import Published, published_in_name, read_published

DAY = date(2023, 11, 6)

DAYS = [
    "2023-11-06",
    " 2023-11-06 ",
    "20231106",
    "2023/11/6",
    "6 November 2023",
    "06 Nov 2023",
    "November 6, 2023",
    "Nov. 6, 2023",
    "Monday, 6 November 2023",
    "Mon 6th November, 2023",
    "Nov 6, 2023, 4:45 p.m. ET",
    DAY,
]


@pytest.mark.parametrize("value", DAYS)
def test_days_are_read(value: object) -> None:
    assert read_published(value) == Published(DAY, None)


TIMES = [
    ("2023-11-06T10:30:00Z", "2023-11-06T10:30:00"),
    ("2023-11-06T10:30", "2023-11-06T10:30:00"),
    ("2023-11-06 10:30:00 UTC", "2023-11-06T10:30:00"),
    ("2023-11-06T10:30:00.25+02:00", "2023-11-06T08:30:00.250000"),
    ("2023-11-06T01:30:00+0300", "2023-11-05T22:30:00"),
    ("Mon, 06 Nov 2023 10:30:00 -0500", "2023-11-06T15:30:00"),
    ("6 November 2023, 4.45pm", "2023-11-06T16:45:00"),
    ("Nov 6, 2023 12:05 am GMT", "2023-11-06T00:05:00"),
    (1699266600, "2023-11-06T10:30:00"),
    ("1699266600000", "2023-11-06T10:30:00"),
    (datetime(2023, 11, 6, 10, 30, tzinfo=UTC), "2023-11-06T10:30:00"),
]


@pytest.mark.parametrize(("value", "time"), TIMES)
def test_times_are_brought_to_utc_and_the_day_stays_as_written(value: object, time: str) -> None:
    assert read_published(value) == Published(DAY, datetime.fromisoformat(time))


NO_DAYS = [
    "yesterday",
    "2023-02-30",
    "2023-13-01",
    "2023",
    "November 2023",
    "06/11/2023",
    "6 Brumaire 2023",
    "6 November 2023 (updated)",
    "2023-11-06T25:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "99999999999999999999",
    "٢٠٢٣",
    "",
    3.5,
    True,
    None,
    ["2023-11-06"],
]


@pytest.mark.parametrize("value", NO_DAYS)
def test_what_is_no_day_or_could_be_two_is_not_read(value: object) -> None:
    assert read_published(value) is None


@pytest.mark.parametrize("name", ["2023-11-06-talks.txt", "20231106.html", "2023_11_06 x.txt"])
def test_a_file_name_may_begin_with_the_day(name: str) -> None:
    assert published_in_name(name) == Published(DAY, None)


@pytest.mark.parametrize("name", ["2023-11-talks.txt", "202311061.txt", "2023-02-30-x.txt", "talks-2023-11-06.txt"])
def test_other_file_names_tell_no_day(name: str) -> None:
    assert published_in_name(name) is None
