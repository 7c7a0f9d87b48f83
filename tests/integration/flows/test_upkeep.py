"""Keeping a warehouse right: prune, refresh, retry, hold and roll back, on real files, without Prefect."""

import shutil
import time
from pathlib import Path

import pytest

from flows import steps
from flows.job import Job, open_job
from flows.plan import EmptyFolderError
from flows.rollback import rollback
from flows.settings import Settings
from tests.integration.flows.upkeep_runs import (
    STORY,
    balance,
    build_rows,
    make_stale,
    record,
    rows,
    warehouse,
    write_lines,
)
from tests.integration.flows.upkeep_runs import run_unindexed as run
from warehouse.diff import compare
from warehouse.paths import WarehousePaths
from warehouse.publish import published_version
from warehouse.rollback import NoSuchVersionError

MONEY = "SELECT value FROM fact_figure WHERE dimension = 'money' ORDER BY value"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_prune_takes_out_what_vanished_and_takes_it_in_again(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    write_lines(inbox / "b.jsonl", record(2))
    run(inbox)
    (inbox / "b.jsonl").unlink()
    assert run(inbox).record.changed is False
    job = run(inbox, prune=True)
    assert job.record.state == "published"
    assert rows(inbox, "SELECT external_id FROM dim_article") == [("1",)]
    assert rows(inbox, "SELECT DISTINCT replaced_by_run_id FROM hist.fact_figure") == [(job.record.run_id,)]
    assert rows(inbox, "SELECT state FROM etl.article ORDER BY ALL") == [("loaded",), ("pruned",)]
    write_lines(inbox / "b.jsonl", record(2))
    assert run(inbox).record.articles_loaded == 1
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(2,)]


def test_prune_keeps_what_was_moved_and_what_another_source_holds(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), record(2))
    write_lines(inbox / "b.jsonl", record(2))
    run(inbox)
    (inbox / "moved").mkdir()
    (inbox / "a.jsonl").rename(inbox / "moved" / "a.jsonl")
    run(inbox, prune=True)
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(2,)]
    (inbox / "moved" / "a.jsonl").unlink()
    run(inbox, prune=True)
    assert rows(inbox, "SELECT external_id FROM dim_article") == [("2",)]


def test_prune_stops_before_a_folder_that_is_empty_all_at_once(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    run(inbox)
    (inbox / "a.jsonl").unlink()
    with pytest.raises(EmptyFolderError, match="is it mounted"):
        run(inbox, prune=True)
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(1,)]


def test_refresh_makes_anew_what_other_rules_made_from_the_stored_text(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), record(2))
    first = run(inbox)
    make_stale(inbox, "UPDATE fact_figure SET value = 3e9, value_low = 3e9, value_high = 3e9 WHERE value = 2e9")
    shutil.rmtree(inbox)
    inbox.mkdir()
    job = run(inbox, refresh=True)
    assert (job.record.articles_read, job.record.articles_loaded, balance(job)) == (2, 2, 0)
    assert rows(inbox, MONEY) == [(2e9,), (2e9,)]
    assert rows(inbox, "SELECT DISTINCT value, replaced_by_run_id FROM hist.fact_figure") == [(3e9, job.record.run_id)]
    made_by = "SELECT DISTINCT run_id FROM fact_actor_mention"
    assert rows(inbox, made_by) == [(first.record.run_id,)]
    assert rows(inbox, "SELECT DISTINCT rules_version FROM etl.article") == [(job.record.rules_version,)]
    again = run(inbox, refresh=True)
    assert (again.record.articles_read, again.record.state) == (0, "unchanged")


def test_an_interrupted_refresh_goes_on_with_the_packages_that_are_finished(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(inbox / "a.jsonl", *(record(number) for number in range(6)))
    run(inbox)
    make_stale(inbox)
    with monkeypatch.context() as patch:
        patch.setattr(steps, "load_packages", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(inbox, refresh=True, batch_mb=0.0002)
    stage = WarehousePaths.of(warehouse(inbox)).stage
    finished = {folder.name for folder in stage.iterdir()}
    assert len(finished) >= 2
    monkeypatch.setattr("flows.batches.extract", lambda *_: pytest.fail("extracted again"))
    assert run(inbox, refresh=True, batch_mb=0.0002).record.articles_loaded == 6


def test_full_twice_leaves_hist_and_the_published_version_as_they_are(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), record(2))
    run(inbox)
    version = published_version(WarehousePaths.of(warehouse(inbox)))
    for _ in range(2):
        job = run(inbox, full=True)
        assert (job.record.articles_loaded, job.record.state) == (2, "unchanged")
    assert published_version(job.paths) == version
    for table in ("date_mention", "figure", "actor_mention"):
        assert build_rows(inbox, f"SELECT count(*) FROM hist.fact_{table}") == [(0,)]


def test_retry_reads_a_refused_source_again_although_it_is_unchanged(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", {"id": "1", "body": STORY})
    assert run(inbox).record.articles_rejected == 1
    with open_job(Settings(warehouse=warehouse(inbox))) as job:
        job.connection.execute("UPDATE etl.source SET mapping = 'text=body'")
    assert run(inbox, map=("text=body",)).record.articles_read == 0
    again = run(inbox, map=("text=body",), retry_rejects=True)
    assert (again.record.articles_loaded, balance(again)) == (1, 0)
    assert rows(inbox, "SELECT count(*) FROM etl.reject") == [(0,)]


def test_retry_takes_lines_from_the_rejects_where_their_file_is_gone(inbox: Path) -> None:
    good = '{"id": "7", "text": "Peru lent $5 billion to Chile."}'
    (inbox / "a.jsonl").write_text(f'{{"id": "1"\n\n{{"id": "2"\n{good}\n', encoding="utf-8")
    run(inbox)
    (inbox / "a.jsonl").unlink()
    write_lines(inbox / "b.jsonl", record(9))
    with open_job(Settings(warehouse=warehouse(inbox))) as job:  # a reader of then could not read the line
        job.connection.execute("UPDATE etl.reject SET raw = ? WHERE place = 'line 3'", [good.replace("7", "8")])
    job = run(inbox, retry_rejects=True)
    assert (job.record.articles_loaded, balance(job)) == (2, 0)
    assert rows(inbox, "SELECT external_id FROM dim_article ORDER BY ALL") == [("7",), ("8",), ("9",)]
    assert rows(inbox, "SELECT place, raw FROM etl.reject") == [("line 1", '{"id": "1"')]


def test_retry_takes_no_part_of_a_line_for_a_line_where_its_file_is_gone(inbox: Path) -> None:
    part, noise = b'{"id": "1", "text": {"text": "no"}}', b'{"id": "2", "text": "\x81\x8d\x8f\x90"\n'
    (inbox / "a.jsonl").write_bytes(part + b"\n" + noise)
    run(inbox)
    kept = "SELECT reason, place, raw FROM etl.reject ORDER BY place"
    before = rows(inbox, kept)
    assert [place for _, place, _ in before] == ["line 1", "line 2"]
    (inbox / "a.jsonl").unlink()
    write_lines(inbox / "b.jsonl", record(9))
    run(inbox)
    run(inbox, retry_rejects=True)
    assert rows(inbox, kept) == before


def test_retry_extracts_again_the_articles_with_rows_that_broke_a_contract(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    run(inbox)
    with open_job(Settings(warehouse=warehouse(inbox))) as job:
        job.connection.execute("DELETE FROM fact_figure")
        job.connection.execute(
            "INSERT INTO etl.reject SELECT '00000000000000aa', 'error', 'contract', 'planted', NULL, 'fact_figure', "
            "article_id, '{}', run_id FROM dim_article"
        )
    assert run(inbox, retry_rejects=True).record.articles_loaded == 1
    assert rows(inbox, MONEY) == [(2e9,)]
    assert rows(inbox, "SELECT count(*) FROM etl.reject") == [(0,)]


def test_a_held_run_is_compared_before_the_next_one_publishes_it(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    first = run(inbox)
    write_lines(inbox / "a.jsonl", record(1, "Kenya received $3 billion in March 2021."), record(2))
    held = run(inbox, hold=True)
    assert (held.record.state, held.record.publish_seconds) == ("held", None)
    assert rows(inbox, MONEY) == [(2e9,)]
    found = compare(warehouse(inbox), held.paths.build, 10)
    counts = {count.table: count for count in found.counts if count.table == "dim_article"}
    assert (counts["dim_article"].added, counts["dim_article"].changed) == (1, 1)
    assert run(inbox).record.publish_seconds is not None
    assert rows(inbox, MONEY) == [(2e9,), (3e9,)]
    assert published_version(first.paths) == held.record.run_id


def versions(job: Job) -> list[str]:
    return sorted(folder.name for folder in job.paths.versions.iterdir())


def test_a_rollback_is_the_state_from_which_the_next_run_goes_on(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    first = run(inbox)
    write_lines(inbox / "b.jsonl", record(2, "Kenya received $9 billion."))
    second = run(inbox)
    assert rollback(Settings(warehouse=warehouse(inbox)), None) == (first.record.run_id, second.record.run_id)
    assert rows(inbox, MONEY) == [(2e9,)]
    states = build_rows(inbox, "SELECT state, changed FROM etl.run ORDER BY run_id")
    assert states == [("published", True), ("published", False), ("rolled_back", False)]
    (inbox / "b.jsonl").unlink()
    assert run(inbox).record.state == "unchanged"
    assert rows(inbox, MONEY) == [(2e9,)]
    write_lines(inbox / "b.jsonl", record(2, "Kenya received $4 billion."))
    third = run(inbox)
    assert rows(inbox, MONEY) == [(2e9,), (4e9,)]
    assert versions(third) == [first.record.run_id, third.record.run_id]


def test_a_rollback_goes_forward_again_and_names_what_is_kept(inbox: Path) -> None:
    settings = Settings(warehouse=warehouse(inbox))
    write_lines(inbox / "a.jsonl", record(1))
    first = run(inbox)
    with pytest.raises(NoSuchVersionError, match=f"kept are {first.record.run_id}"):
        rollback(settings, None)
    write_lines(inbox / "a.jsonl", record(1), record(2))
    second = run(inbox)
    rollback(settings, None)
    rollback(settings, second.record.run_id)
    assert rows(inbox, "SELECT count(*) FROM dim_article") == [(2,)]
    assert run(inbox).record.articles_read == 0
    with pytest.raises(NoSuchVersionError, match="published now"):
        rollback(settings, second.record.run_id)


def test_as_many_versions_are_kept_as_the_settings_say(inbox: Path) -> None:
    for number in range(4):
        write_lines(inbox / f"{number}.jsonl", record(number))
        job = run(inbox, keep_versions=3)
    assert len(versions(job)) == 3


def test_a_run_that_changes_nothing_drops_the_versions_that_are_too_many(inbox: Path) -> None:
    for number in range(3):
        write_lines(inbox / f"{number}.jsonl", record(number))
        newest = run(inbox, keep_versions=3)
    job = run(inbox, keep_versions=1)
    assert job.record.state == "unchanged"
    assert versions(job) == [newest.record.run_id]


@pytest.mark.parametrize("files", [1_000, pytest.param(100_000, marks=pytest.mark.full)])
def test_a_run_over_known_files_with_nothing_new_takes_seconds(
    inbox: Path, files: int, measured: dict[str, object]
) -> None:
    for number in range(files):
        folder = inbox / f"{number // 1000:03}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number:06}.txt").write_text(f"Story {number}.", encoding="utf-8")
    assert run(inbox).record.articles_loaded == files
    start = time.process_time()
    job = run(inbox)
    seconds = time.process_time() - start
    measured[f"processor seconds for {files} known files"] = round(seconds, 2)
    assert (job.record.articles_read, job.record.state) == (0, "unchanged")
    assert seconds < 2 + files / 5_000
