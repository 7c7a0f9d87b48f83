"""Help for the tests of reading: write a file, read it whole."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from flows.sources.discover import discover
from flows.sources.read import ReadBatch, read_articles


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, mapping: Mapping[str, str] | None = None, batch_bytes: int = 1_000_000) -> ReadBatch:
    """All batches of all files of a source, as one."""
    batches = [
        batch for file in discover([str(path)], Path.cwd()) for batch in read_articles(file, mapping or {}, batch_bytes)
    ]
    return ReadBatch(
        pl.concat(batch.articles for batch in batches),
        pl.concat(batch.rejects for batch in batches),
        sum(batch.text_bytes for batch in batches),
    )


def refused(batch: ReadBatch) -> list[tuple[str, str | None]]:
    """Reason and place of each reject."""
    return batch.rejects.select("reason", "place").rows()
