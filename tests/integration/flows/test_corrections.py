"""An analyst's corrections: in the facts after each run, visible, and loud when what they expect is not there."""

from pathlib import Path

import polars as pl
import pytest

from flows.correct import UnmetCorrectionError
from flows.corrections import CorrectionFileError
from schemas.contract import polars_schema
from schemas.upkeep import Correction
from tests.integration.flows.upkeep_runs import article_id, balance, record, rows, write_lines
from tests.integration.flows.upkeep_runs import run_unindexed as run

FIGURE = "SELECT value, value_high, rule FROM fact_figure WHERE dimension = 'money'"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    write_lines(folder / "a.jsonl", record(1), record(2))
    run(folder)
    return folder


def line(inbox: Path, surface: str, column: str | None, expected: str | None, value: str | None) -> dict[str, object]:
    """A correction of article 1's figure or mention with that surface."""
    table = "fact_figure" if surface.startswith("$") else "fact_actor_mention"
    ((start, end),) = rows(
        inbox,
        f"SELECT span_start, span_end FROM {table} WHERE surface = '{surface}' "
        f"AND article_id = '{article_id(inbox, 1)}'",
    )
    return {
        "article_id": article_id(inbox, 1),
        "fact_table": table,
        "span_start": start,
        "span_end": end,
        "column_name": column,
        "expected": expected,
        "value": value,
        "reason": "the ministry's statement says so",
        "author": "Ana",
    }


def correct(inbox: Path, *lines: dict[str, object], separator: str = ",") -> None:
    frame = pl.DataFrame(list(lines), schema=polars_schema(Correction))
    frame.write_csv(inbox.parent / "news.corrections.csv", separator=separator)


def figures(inbox: Path) -> list[tuple[object, ...]]:
    return rows(inbox, f"{FIGURE} AND article_id = '{article_id(inbox, 1)}'")


def states(inbox: Path) -> list[tuple[object, ...]]:
    return rows(inbox, "SELECT column_name, state FROM etl.correction ORDER BY ALL")


def test_a_correction_stands_after_each_run_and_goes_with_its_line(inbox: Path) -> None:
    before = figures(inbox)
    loan = [line(inbox, "$2 billion", column, "2000000000", "2500000000") for column in ("value", "value_low")]
    loan.append(line(inbox, "$2 billion", "value_high", "2000000000", "2500000000"))
    correct(inbox, *loan)
    job = run(inbox)
    assert (job.record.state, job.record.articles_loaded, balance(job)) == ("published", 1, 0)
    assert figures(inbox) == [(2.5e9, 2.5e9, "correction")]
    assert states(inbox) == [("value", "applied"), ("value_high", "applied"), ("value_low", "applied")]
    assert run(inbox).record.state == "unchanged"
    run(inbox, full=True)
    assert figures(inbox) == [(2.5e9, 2.5e9, "correction")]
    write_lines(inbox / "a.jsonl", record(1, title="Another title"), record(2))
    run(inbox)
    assert figures(inbox) == [(2.5e9, 2.5e9, "correction")]
    correct(inbox)
    run(inbox)
    assert figures(inbox) == before
    assert states(inbox) == []


def test_a_dropped_fact_is_gone_and_what_was_made_of_it_too(inbox: Path) -> None:
    claims = f"SELECT count(*) FROM fact_claim WHERE article_id = '{article_id(inbox, 1)}'"
    assert rows(inbox, claims) != [(0,)]
    correct(inbox, line(inbox, "$2 billion", None, "$2 billion", "drop"))
    run(inbox)
    assert figures(inbox) == []
    assert rows(inbox, claims) == [(0,)]


def test_an_expectation_that_is_not_met_is_told_by_each_run_until_it_is_mended(inbox: Path) -> None:
    correct(inbox, line(inbox, "$2 billion", "value", "7", "8"))
    for _ in range(2):
        job = run(inbox)
        assert job.record.state == "partial"
        assert job.record.message is not None
        assert "1 corrections do not find what they expect" in job.record.message
    assert figures(inbox)[0][0] == 2e9
    ((detail,),) = rows(inbox, "SELECT detail FROM etl.reject WHERE reason = 'correction'")
    assert detail == "Ana expects 7; value is 2000000000.0"
    with pytest.raises(UnmetCorrectionError, match="1 corrections"):
        run(inbox, strict=True)
    correct(inbox)
    assert run(inbox).record.state == "published"
    assert rows(inbox, "SELECT count(*) FROM etl.reject") == [(0,)]


def test_a_value_that_breaks_the_contract_leaves_the_fact_as_extracted(inbox: Path) -> None:
    correct(inbox, line(inbox, "$2 billion", "unit", "USD", "dollars"))
    assert run(inbox).record.state == "partial"
    assert figures(inbox)[0][0] == 2e9
    ((detail,),) = rows(inbox, "SELECT detail FROM etl.reject WHERE reason = 'correction'")
    assert "breaks the contract" in str(detail)


def test_a_correction_waits_for_its_article(inbox: Path) -> None:
    known = line(inbox, "$2 billion", "value", "2000000000", "2000000000")
    correct(inbox, {**known, "article_id": "00000000000000aa"})
    assert run(inbox).record.state == "published"
    assert states(inbox) == [("value", "waiting")]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"fact_table": "fact_rumour"}, "no fact table fact_rumour"),
        ({"column_name": "surface"}, "surface of fact_figure cannot be put right"),
        ({"value": "much"}, "'much' is no Float64"),
        ({"column_name": None}, "drop_names_no_column"),
        ({"author": ""}, "author"),
    ],
)
def test_a_line_that_cannot_be_is_refused_before_anything_is_done(
    inbox: Path, change: dict[str, object], says: str
) -> None:
    correct(inbox, {**line(inbox, "$2 billion", "value", "2000000000", "3000000000"), **change})
    with pytest.raises(CorrectionFileError, match=says):
        run(inbox)
    assert figures(inbox)[0][0] == 2e9


def test_one_value_that_two_lines_write_in_two_ways_is_refused(inbox: Path) -> None:
    low = line(inbox, "$2 billion", "value_low", "2000000000", "1000000000")
    correct(inbox, low, {**low, "expected": "2e9", "value": "1500000000"})
    with pytest.raises(CorrectionFileError, match="put right twice"):
        run(inbox)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_file_as_spreadsheets_write_it_is_read(inbox: Path, separator: str) -> None:
    loan = line(inbox, "$2 billion", "value_low", "2000000000", "1000000000")
    correct(inbox, {**loan, "reason": "as said, in full, by the ministry"}, separator=separator)
    run(inbox)
    assert states(inbox) == [("value_low", "applied")]


def test_a_folder_in_the_place_of_the_file_is_told(inbox: Path) -> None:
    (inbox.parent / "news.corrections.csv").mkdir()
    with pytest.raises(CorrectionFileError, match="cannot be read as corrections"):
        run(inbox)


def test_a_lost_file_of_corrections_does_not_undo_them(inbox: Path) -> None:
    correct(inbox, line(inbox, "$2 billion", "counted", None, "loan"))
    run(inbox)
    (inbox.parent / "news.corrections.csv").unlink()
    with pytest.raises(CorrectionFileError, match="1 stand in the warehouse"):
        run(inbox)
