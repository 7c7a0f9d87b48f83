"""Whole runs, from files to the published warehouse, without Prefect: what is loaded, kept, refused and counted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows import extract as extraction
from flows import steps
from flows.batches import Batch
from flows.job import Job, now, open_job
from flows.parse.batch import ParsedBatch
from flows.settings import Settings
from flows.sources.discover import SourceFile, discover
from flows.steps import AllBatchesFailedError, Extracted, plan_only, run_plain
from schemas.contract import Contract, table_name
from schemas.validate import ContractError
from warehouse.audit import BlockingAuditError
from warehouse.publish import published_version
from warehouse.reader import ask_build, open_published

STORY = "Kenya received a loan of $2 billion from Japan on 3 March 2021. The money will build a port."


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def write_lines(file: Path, *records: dict[str, Any]) -> None:
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")


def record(number: int, text: str = STORY, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"id": str(number), "text": f"{text} Story {number}.", "published_on": "2021-03-05", **fields}


def run(inbox: Path, **options: Any) -> Job:  # noqa: ANN401
    return run_plain([str(inbox)], Settings(warehouse=inbox.parent / "news.duckdb", search_mb=0, **options))


def rows(job: Job, query: str) -> list[tuple[object, ...]]:
    with open_published(job.settings.warehouse) as reader:
        return reader.rows(query)


def balance(job: Job) -> int:
    r = job.record
    return r.articles_read - r.articles_loaded - r.articles_unchanged - r.articles_rejected - r.articles_failed


def test_a_run_loads_articles_with_their_facts_and_publishes(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), record(2))
    job = run(inbox)
    assert (job.record.state, job.record.articles_loaded, balance(job)) == ("published", 2, 0)
    assert rows(job, "SELECT DISTINCT value, unit FROM fact_figure WHERE dimension = 'money'") == [(2e9, "USD")]
    found = "SELECT DISTINCT starts_on::VARCHAR FROM fact_date_mention WHERE granularity = 'day'"
    assert rows(job, found) == [("2021-03-03",)]
    names = {name for (name,) in rows(job, "SELECT DISTINCT name FROM mart.actor_timeline")}
    assert {"Kenya", "Japan"} <= names


def test_a_second_run_extracts_nothing_and_publishes_nothing(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    first = run(inbox)
    before = first.settings.warehouse.readlink()
    second = run(inbox)
    assert (second.record.state, second.record.articles_read, second.record.changed) == ("unchanged", 0, False)
    assert second.settings.warehouse.readlink() == before


def test_a_file_that_grew_costs_only_its_new_lines(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), record(2))
    run(inbox)
    write_lines(inbox / "a.jsonl", record(1), record(2), record(3))
    job = run(inbox)
    assert (job.record.articles_loaded, job.record.articles_unchanged, balance(job)) == (1, 2, 0)
    assert rows(job, "SELECT count(*) FROM dim_article") == [(3,)]


def test_a_changed_article_replaces_its_facts(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), record(2))
    run(inbox)
    write_lines(inbox / "a.jsonl", record(1, "Kenya received $3 billion."), record(2))
    job = run(inbox)
    assert (job.record.articles_loaded, job.record.articles_unchanged) == (1, 1)
    found = "SELECT value FROM fact_figure WHERE dimension = 'money' ORDER BY value"
    assert rows(job, found) == [(2e9,), (3e9,)]
    assert rows(job, "SELECT count(*) FROM hist.fact_figure WHERE dimension = 'money'") == [(1,)]


def test_a_touched_file_with_the_same_content_loads_nothing(inbox: Path) -> None:
    file = inbox / "a.jsonl"
    write_lines(file, record(1))
    run(inbox)
    write_lines(file, record(1))
    job = run(inbox)
    assert (job.record.articles_loaded, job.record.articles_unchanged, job.record.changed) == (0, 1, False)


def test_of_two_articles_with_one_identity_the_smaller_hash_is_kept_whatever_the_order(tmp_path: Path) -> None:
    kept = []
    for order in ((1, 2), (2, 1)):
        inbox = tmp_path / f"inbox{order[0]}" / "in"
        inbox.mkdir(parents=True)
        texts = {1: STORY, 2: f"{STORY} A second telling."}
        write_lines(inbox / "a.jsonl", {"id": "x", "text": texts[order[0]]})
        write_lines(inbox / "b.jsonl", {"id": "x", "text": texts[order[1]]})
        job = run(inbox)
        assert (job.record.articles_loaded, job.record.articles_rejected, balance(job)) == (1, 1, 0)
        assert rows(job, "SELECT reason FROM etl.reject") == [("duplicate_id",)]
        kept.append(rows(job, "SELECT text FROM article_text"))
    assert kept[0] == kept[1]


def test_equal_copies_are_one_article_and_no_reject(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    write_lines(inbox / "b.jsonl", record(1))
    job = run(inbox)
    assert (job.record.articles_loaded, job.record.articles_unchanged, job.record.articles_rejected) == (1, 1, 0)


def test_an_article_in_another_language_is_loaded_without_facts(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1, "Kenia bekam am 3. März 2021 einen Kredit.", language="de"))
    job = run(inbox)
    assert rows(job, "SELECT language, extraction, sentence_count FROM dim_article") == [("de", "language", 0)]
    assert rows(job, "SELECT count(*) FROM mart.evidence") == [(0,)]


def test_without_a_day_of_publication_relative_dates_stay_unresolved(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", {"id": "1", "text": "Kenya received the loan yesterday, the ministry said."})
    job = run(inbox)
    assert rows(job, "SELECT starts_on, resolution FROM fact_date_mention") == [(None, "vague")]
    assert rows(job, "SELECT published_on, published_from FROM dim_article") == [(None, "none")]


def test_every_article_is_accounted_for_among_bad_input(inbox: Path) -> None:
    write_lines(
        inbox / "a.jsonl", record(1), {"id": "2"}, {"id": "3", "text": "  "}, record(4, published_on="2023-02-30")
    )
    with (inbox / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "5", "text": "cut\n')
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "nul.txt").write_bytes(b"\0" * 2000)
    job = run(inbox)
    assert (job.record.articles_read, job.record.articles_loaded, balance(job)) == (7, 2, 0)
    found = rows(job, "SELECT severity, reason FROM etl.reject ORDER BY ALL")
    assert found == [
        ("error", "bad_json"),
        ("error", "binary_content"),
        ("error", "empty_file"),
        ("error", "empty_text"),
        ("error", "missing_text"),
        ("warning", "bad_date"),
    ]


def test_a_source_that_vanished_is_marked_and_its_facts_stay(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    write_lines(inbox / "b.jsonl", record(2))
    run(inbox)
    (inbox / "b.jsonl").unlink()
    job = run(inbox)
    found = ask_build(job.settings.warehouse, "SELECT parse_filename(source_uri), state FROM etl.source ORDER BY ALL")
    assert found is not None
    assert found[1] == [("a.jsonl", "read"), ("b.jsonl", "gone")]
    assert rows(job, "SELECT count(*) FROM dim_article") == [(2,)]


def test_small_batches_give_the_same_facts_as_one(inbox: Path, tmp_path: Path) -> None:
    write_lines(inbox / "a.jsonl", *(record(number) for number in range(30)))
    query = "SELECT * EXCLUDE (run_id) FROM fact_figure ORDER BY figure_id"
    one = rows(run(inbox), query)
    many = run_plain([str(inbox)], Settings(warehouse=tmp_path / "many.duckdb", batch_mb=0.001))
    assert rows(many, query) == one


def test_a_blocking_audit_leaves_the_published_file_and_a_record_of_the_run(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    first = run(inbox)
    version = published_version(first.paths)
    write_lines(inbox / "b.jsonl", record(2))
    honest = steps.load_packages

    def lose_a_text(job: Job, *rest: Any) -> None:  # noqa: ANN401
        job.connection.execute("DELETE FROM article_text")
        honest(job, *rest)

    monkeypatch.setattr(steps, "load_packages", lose_a_text)
    with pytest.raises(BlockingAuditError, match="article_is_complete"):
        run(inbox)
    assert published_version(first.paths) == version
    assert rows(first, "SELECT count(*) FROM dim_article") == [(1,)]


def test_a_run_that_died_between_load_and_publish_is_finished_by_the_next(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(inbox / "a.jsonl", record(1))

    def die(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(steps, "publish", die)
        with pytest.raises(OSError, match="No space"):
            run(inbox)
    job = run(inbox)
    assert job.record.articles_read == 0
    assert rows(job, "SELECT count(*) FROM dim_article") == [(1,)]


def test_a_finished_package_of_an_interrupted_run_is_used_again(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    with monkeypatch.context() as patch:
        patch.setattr(steps, "load_packages", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(inbox)
    monkeypatch.setattr("flows.batches.extract", lambda *_: pytest.fail("extracted again"))
    job = run(inbox)
    assert job.record.articles_loaded == 1


def failing(batch: Batch) -> Extracted:
    return Extracted(batch, None, "ValueError: planted")


def test_a_failed_batch_is_named_and_taken_again_by_the_next_run(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    write_lines(inbox / "b.jsonl", *(record(number) for number in range(2, 6)))
    options = Settings(warehouse=inbox.parent / "news.duckdb", batch_mb=0.0001)
    with open_job(options) as job:
        work = steps.read_sources(job, discover([str(inbox)], Path.cwd()), [inbox])
        good, *bad = work.batches
        done = Extracted(good, job.workers.extract(good, job.paths.stage))
        steps.load_packages(job, work, [done, *(failing(batch) for batch in bad)])
        steps.publish_version(job)
    assert (job.record.state, job.record.articles_loaded, job.record.articles_failed) == ("partial", 1, 4)
    assert job.record.failed_batches == " ".join(batch.key for batch in bad)
    assert balance(job) == 0
    again = run(inbox)
    assert (again.record.articles_loaded, again.record.articles_unchanged, again.record.state) == (4, 0, "published")
    assert rows(again, "SELECT count(*) FROM dim_article") == [(5,)]


def test_when_every_batch_fails_nothing_is_published_and_the_run_fails(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    with open_job(Settings(warehouse=inbox.parent / "news.duckdb")) as job:
        work = steps.read_sources(job, discover([str(inbox)], Path.cwd()), [inbox])
        with pytest.raises(AllBatchesFailedError, match="planted"):
            steps.load_packages(job, work, [failing(batch) for batch in work.batches])
    assert not (inbox.parent / "news.duckdb").exists()


def test_a_lost_build_file_is_made_anew_from_what_is_published(inbox: Path, tmp_path: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    run(inbox).paths.build.unlink()
    other = tmp_path / "other"
    other.mkdir()
    write_lines(other / "b.jsonl", record(2))
    job = run_plain([str(other)], Settings(warehouse=inbox.parent / "news.duckdb"))
    assert rows(job, "SELECT count(*) FROM dim_article") == [(2,)]


def test_a_source_is_read_again_when_its_columns_are_named_otherwise(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", {"id": "1", "body": STORY})
    assert run(inbox).record.articles_rejected == 1
    again = run(inbox, map=("text=body",))
    assert (again.record.articles_loaded, rows(again, "SELECT count(*) FROM etl.reject")) == (1, [(0,)])


def test_a_run_is_published_although_the_clock_was_set_back(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    first = run(inbox)
    hour_ago = now() - timedelta(hours=1)
    monkeypatch.setattr("flows.job.now", lambda: hour_ago)
    write_lines(inbox / "b.jsonl", record(2))
    second = run(inbox)
    assert second.record.run_id > first.record.run_id
    assert rows(second, "SELECT count(*) FROM dim_article") == [(2,)]


def test_reading_everything_again_reverts_no_correction(inbox: Path) -> None:
    texts = [STORY, f"{STORY} Corrected."]
    for first, second in (texts, texts[::-1]):
        write_lines(inbox / "1.jsonl", {"id": f"of {first}", "text": first})
        run(inbox)
        write_lines(inbox / "2.jsonl", {"id": f"of {first}", "text": second})
        run(inbox)
        job = run(inbox, full=True)
        found = "SELECT text FROM article_text JOIN dim_article USING (article_id) WHERE external_id = $id"
        with open_published(job.settings.warehouse) as reader:
            assert reader.rows(found, {"id": f"of {first}"}) == [(second,)]


def test_a_failed_batch_of_a_full_run_is_taken_again_although_its_articles_were_known(inbox: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    run(inbox)
    write_lines(inbox / "b.jsonl", record(2))
    with open_job(Settings(warehouse=inbox.parent / "news.duckdb", batch_mb=0.0001, full=True)) as job:
        work = steps.read_sources(job, discover([str(inbox)], Path.cwd()), [inbox])
        bad, good = work.batches
        done = Extracted(good, job.workers.extract(good, job.paths.stage))
        steps.load_packages(job, work, [failing(bad), done])
    assert job.record.state == "partial"
    assert run(inbox).record.articles_loaded == 1


def break_contract(monkeypatch: pytest.MonkeyPatch, table: str, column: str, value: object) -> None:
    """Make extraction stage a row that breaks a contract, as a fault of a rule would."""
    honest = extraction._article_tables  # noqa: SLF001  (the place where the fault is planted)

    def broken(parsed: ParsedBatch) -> Mapping[type[Contract], pl.DataFrame]:
        return {
            contract: frame.with_columns(pl.lit(value).cast(frame.schema[column]).alias(column))
            if table_name(contract) == table
            else frame
            for contract, frame in honest(parsed).items()
        }

    monkeypatch.setattr(extraction, "_article_tables", broken)


@pytest.mark.parametrize(("table", "column"), [("dim_article", "char_count"), ("article_sentence", "span_start")])
def test_an_article_that_breaks_its_contract_is_rejected_whole_and_blocks_nothing(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, table: str, column: str
) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    run(inbox)
    write_lines(inbox / "a.jsonl", record(1, "Kenya received $3 billion."))
    with monkeypatch.context() as patch:
        break_contract(patch, table, column, -1)
        job = run(inbox)
    assert (job.record.articles_loaded, job.record.articles_rejected, balance(job)) == (0, 1, 0)
    assert rows(job, "SELECT count(*) FROM mart.evidence") == [(0,)]
    assert rows(job, "SELECT DISTINCT reason, place FROM etl.reject") == [("contract", table)]
    write_lines(inbox / "a.jsonl", record(1, "Kenya received $3 billion."), record(2))
    assert run(inbox).record.articles_loaded == 2


def test_a_plan_tells_what_a_run_would_do_and_writes_nothing(inbox: Path, tmp_path: Path) -> None:
    write_lines(inbox / "a.jsonl", record(1), {"id": "2"})
    warehouse = tmp_path / "news.duckdb"
    plan = plan_only([str(inbox)], Settings(warehouse=warehouse), tmp_path / "plan")
    assert (plan.sources_to_read, plan.articles_to_extract, plan.articles_rejected) == (1, 1, 1)
    assert not warehouse.exists()


@pytest.mark.parametrize(
    ("function", "named"),
    [
        ("flows.plan.file_sha256", "etl.source: content_sha256"),
        ("flows.sources.read.reject_id", "etl.reject: reject_id"),
        ("flows.sources.records._digest", "etl.article: content_sha256"),
    ],
)
def test_a_row_of_the_ledgers_that_breaks_its_contract_stops_the_run(
    inbox: Path, function: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(inbox / "a.jsonl", record(1))
    before = run(inbox)
    (inbox / "b.jsonl").write_text(f"{json.dumps(record(2))}\n{{broken\n", encoding="utf-8")
    monkeypatch.setattr(function, lambda *_: "no hash")
    with pytest.raises(ContractError, match=named):
        run(inbox)
    monkeypatch.undo()
    assert rows(before, "SELECT external_id FROM dim_article") == [("1",)]
    assert run(inbox).record.articles_loaded == 1


@pytest.mark.parametrize("seconds", [-400_000_000_000, 400_000_000_000])
def test_a_file_changed_in_a_year_that_no_calendar_has_is_read_once(
    inbox: Path, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(inbox / "a.jsonl", record(1))

    def dated(sources: Sequence[str], base: Path) -> list[SourceFile]:
        return [replace(file, modified_ns=seconds * 10**9) for file in discover(sources, base)]

    monkeypatch.setattr(steps, "discover", dated)
    assert run(inbox).record.articles_loaded == 1
    assert run(inbox).record.articles_read == 0
