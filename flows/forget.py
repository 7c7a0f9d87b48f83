"""Forget an article: out of every table, then out of every file of the warehouse."""

import html
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.corrections import corrections_file
from flows.indexing import index_published
from flows.job import open_job
from flows.settings import Settings
from warehouse.connection import open_build
from warehouse.forget import copies_of, find_to_forget, forget_article, quotes, traces_of
from warehouse.lock import writer_lock
from warehouse.packages import clear_stage
from warehouse.paths import WarehousePaths
from warehouse.publish import publish, version_due
from warehouse.purge import ask_for_purge
from warehouse.storage import storage_errors
from warehouse.transaction import transaction

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten: the article, how many rows of it; which copies of it stay, and who must be told."""

    article_id: str
    rows: int
    copies: list[str]
    corrected_in: Path | None


def forget(word: str, settings: Settings) -> Forgotten:
    """Remove an article and every trace of its text; the ledger keeps it out from now on.

    Done again, it only finishes what was interrupted; so does the next run.

    Raises:
        UnknownArticleError: no article fits the word, or several do.
        WarehouseLockedError: another run is writing to the warehouse.
    """
    paths = WarehousePaths.of(settings.warehouse)
    with storage_errors(), writer_lock(paths.lock), open_build(paths) as connection:
        article_id = find_to_forget(connection, word)
        copies = copies_of(connection, article_id)
    with open_job(settings) as job:
        ask_for_purge(paths)
        drop_pages(paths.pages, *traces_of(job.connection, article_id))
        with transaction(job.connection):
            rows = forget_article(job.connection, article_id)
            job.record.state, job.record.changed = "forgotten", True
            job.record.message = f"forgot {article_id}"
            job.write_record()
        clear_stage(paths.stage)
    finish_purge(paths)
    with writer_lock(paths.lock):
        index_published(paths, settings.search_mb)
    return Forgotten(article_id, rows, copies, _corrected_in(article_id, settings, paths))


def drop_pages(folder: Path, addresses: Collection[str], sentences: Sequence[str]) -> None:
    """Remove the landed page of an article, and every other landed file that quotes it, such as the copy of a feed."""
    for record in sorted(folder.rglob("*.json")):
        if _address(_text(record)) in addresses:
            record.with_suffix(".page").unlink(missing_ok=True)
            record.unlink()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if quotes(html.unescape(TAG.sub(" ", _text(file))), sentences):
            file.unlink()


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def _address(text: str) -> object:
    try:
        about = json.loads(text)
    except ValueError:
        return None
    return about.get("url") if isinstance(about, dict) and "pages" not in about else None


def finish_purge(paths: WarehousePaths) -> None:
    """Write the build file anew, which opening it does, and publish it as the only version."""
    with storage_errors(), writer_lock(paths.lock), open_build(paths) as connection:
        version = version_due(connection, paths)
        if version is not None:
            publish(connection, paths, version)


def _corrected_in(article_id: str, settings: Settings, paths: WarehousePaths) -> Path | None:
    """The file of corrections, where it names the article."""
    file = corrections_file(settings.corrections, paths.published)
    return file if file.exists() and article_id in file.read_text(encoding="utf-8", errors="replace") else None
