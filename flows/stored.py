"""What a run takes again: articles from the text that the warehouse keeps, lines from what etl.reject keeps."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from flows.plan import INDEX_SCHEMA, Choice, Landing, write_batch
from flows.sources.discover import SourceFile, format_of
from flows.sources.read import read_articles
from flows.sources.records import ARTICLE_SCHEMA
from schemas.validate import RAW_LENGTH
from warehouse.connection import Connection
from warehouse.ledger import stored_articles

ROWS = 200
"""Articles that are fetched at once."""
SETTLED = ("duplicate_id", "forgotten", "correction")
"""Reasons that reading the source again would not change."""

WHOLE_LINES = ("bad_json", "not_an_object")
"""Reasons of rejects that keep the line as it stood; others keep a field, or what was decoded of unreadable bytes."""
REPLACED = "\ufffd"


def rejected_sources(rejects: pl.DataFrame) -> list[str]:
    """The sources of which something was refused that may be read now.

    Args:
        rejects: etl.reject.
    """
    return rejects.filter(~pl.col("reason").is_in(SETTLED))["source_uri"].drop_nulls().unique().to_list()


def stale_articles(ledger: pl.DataFrame, version: str | None) -> pl.Series:
    """The articles whose batch failed when they were last taken; with a version, those of other rules as well."""
    other = pl.col("rules_version") != version if version else pl.lit(value=False)
    stale = (pl.col("state") == "stale") | ((pl.col("state") == "loaded") & other)
    return ledger.filter(stale)["article_id"]


def rejected_rows(rejects: pl.DataFrame) -> pl.Series:
    """The articles with rows that broke a contract."""
    return rejects.filter(pl.col("reason") == "contract")["article_id"].drop_nulls()


def take_stored(connection: Connection, articles: pl.Series, choice: Choice, batch_bytes: int, folder: Path) -> Choice:
    """Choose articles of the warehouse as well, but for those that a source brings anyway."""
    wanted = set(articles) - set(choice.chosen["article_id"])
    if not wanted:
        return choice
    return replace(choice, chosen=pl.concat([choice.chosen, _land_stored(connection, wanted, batch_bytes, folder)]))


def land_lines(
    rejects: pl.DataFrame, landing: Landing, found: Collection[str], mapping: Mapping[str, str], batch_bytes: int
) -> Landing:
    """Read again the refused lines of JSON whose files are gone, from etl.reject; it keeps those that are short enough.

    Returns:
        The landing with the articles in them, what is refused still, and the ids of the rejects that were read again.
    """
    kept = rejects.filter(
        ~pl.col("source_uri").is_in(list(found)),
        pl.col("reason").is_in(WHOLE_LINES),
        pl.col("place").str.contains("^line [0-9]+$"),
        pl.col("raw").str.len_chars() < RAW_LENGTH,
        ~pl.col("raw").str.contains(REPLACED, literal=True),
    ).filter(pl.col("source_uri").map_batches(_are_jsonl, return_dtype=pl.Boolean))
    indexes, refused = [landing.index], [landing.rejects]
    for number, ((uri,), lines) in enumerate(kept.group_by("source_uri", maintain_order=True)):
        file = _lines_file(Path(str(uri)), lines, landing.folder / f"lines-{number:06}.jsonl")
        for part, batch in enumerate(read_articles(file, mapping, batch_bytes)):
            indexes.append(write_batch([batch.articles], landing.folder / f"lines-{number:06}-{part:06}.parquet"))
            refused.append(batch.rejects)
    return replace(landing, index=pl.concat(indexes), rejects=pl.concat(refused), retried=kept.select("reject_id"))


def _are_jsonl(uris: pl.Series) -> pl.Series:
    return pl.Series([(format_of(Path(uri)) or ("",))[0] == "jsonl" for uri in uris], dtype=pl.Boolean)


def _lines_file(source: Path, lines: pl.DataFrame, path: Path) -> SourceFile:
    """The refused lines of a file, each at its number, so that its place is told as before."""
    numbered = lines.with_columns(number=pl.col("place").str.extract("([0-9]+)").cast(pl.Int64)).sort("number")
    with path.open("w", encoding="utf-8") as file:
        written = 0
        for number, raw in numbered.select("number", "raw").iter_rows():
            file.write("\n" * (number - 1 - written) + raw + "\n")
            written = number
    status = path.stat()
    return SourceFile(str(source), path, source.name, status.st_size, status.st_mtime_ns, "jsonl", None)


def _land_stored(connection: Connection, articles: Collection[str], batch_bytes: int, folder: Path) -> pl.DataFrame:
    """Land articles in files of about `batch_bytes` of text, in the order of their ids; returns their index.

    The order makes the batches the same in a run that goes on where an interrupted one stopped.
    """
    indexes, waiting, size = [INDEX_SCHEMA.to_frame()], [], 0
    for frame in _fetched(connection, articles):
        waiting.append(frame)
        size += int(frame["text"].str.len_bytes().sum())
        if size >= batch_bytes:
            indexes.append(write_batch(waiting, folder / f"stored-{len(indexes):06}.parquet"))
            waiting, size = [], 0
    indexes.append(write_batch(waiting, folder / f"stored-{len(indexes):06}.parquet"))
    return pl.concat(indexes)


def _fetched(connection: Connection, articles: Collection[str]) -> Iterator[pl.DataFrame]:
    result = stored_articles(connection, articles, ARTICLE_SCHEMA.names())
    while rows := result.fetchmany(ROWS):
        yield pl.DataFrame(rows, schema=ARTICLE_SCHEMA, orient="row")
