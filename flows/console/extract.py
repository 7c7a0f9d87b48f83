"""`dateline extract`: the facts of some text, printed or written as Parquet, without warehouse and without Prefect."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from rich.console import Console

from flows.console.tables import print_rows
from flows.errors import UsageError
from flows.extract import default_extractor, extract
from flows.sources.discover import discover
from flows.sources.read import read_articles
from schemas.actors import FactActorMention
from schemas.contract import table_name
from schemas.dates import FactDateMention
from schemas.etl import EtlArticle, EtlReject
from schemas.figures import FactFigure
from schemas.registry import FACT_TABLES

BATCH_BYTES = 8_000_000
SHOWN = {
    FactDateMention: ("surface", "timex_type", "timex_value", "timex_mod", "starts_on", "ends_on", "resolution"),
    FactFigure: ("surface", "bound", "value", "unit", "counted", "per_unit", "direction", "dimension"),
    FactActorMention: ("surface", "actor_id", "actor_kind", "mention_type", "role", "resolution"),
}
"""The columns that the table on the terminal shows, those that are empty throughout left out."""

LEDGER_TABLES = {table_name(EtlArticle), table_name(EtlReject)}
"""What a package holds for the load only."""

Tables = Mapping[str, pl.DataFrame]


def extract_command(sources: Sequence[str], to: Path | None, form: str, mapping: Mapping[str, str]) -> int:
    """Extract the facts of the sources and print them, or write them into the folder `to`.

    Raises:
        UsageError: no source was named.
    """
    if not sources:
        message = "name files, folders or globs to extract from, or - to read standard input"
        raise UsageError(message)
    with TemporaryDirectory(prefix="dateline-") as folder:
        found = [_from_stdin(Path(folder)) if source == "-" else source for source in sources]
        for number, tables in enumerate(_extracted(found, mapping)):
            if to:
                _write(tables, to, number)
            elif form == "jsonl":
                _print_lines(tables)
            else:
                _print_tables(tables)
    return 0


def _extracted(sources: Sequence[str], mapping: Mapping[str, str]) -> Iterator[Tables]:
    """The staged tables of the sources, batch after batch, small sources together; what is refused is said."""
    waiting: list[pl.DataFrame] = []
    waiting_bytes = 0
    for file in discover(sources, Path.cwd()):
        for batch in read_articles(file, mapping, BATCH_BYTES):
            _print_rejects(batch.rejects)
            waiting.append(batch.articles)
            waiting_bytes += batch.text_bytes
            if waiting_bytes >= BATCH_BYTES:
                yield from _extract_batch(waiting)
                waiting, waiting_bytes = [], 0
    yield from _extract_batch(waiting)


def _extract_batch(waiting: list[pl.DataFrame]) -> Iterator[Tables]:
    articles = pl.concat(waiting) if waiting else pl.DataFrame()
    if articles.height:
        tables = extract(articles, default_extractor()).tables
        _print_rejects(tables[table_name(EtlReject)])
        yield {name: frame for name, frame in tables.items() if name not in LEDGER_TABLES}


def _print_rejects(rejects: pl.DataFrame) -> None:
    for refused in rejects.select("severity", "reason", "source_uri", "place", "detail").iter_rows():
        severity, reason, uri, place, detail = (part or "" for part in refused)
        sys.stderr.write(f"dateline: {severity}: {reason} in {uri} {place}: {detail}\n")


def _from_stdin(folder: Path) -> str:
    file = folder / "stdin.txt"
    file.write_bytes(sys.stdin.buffer.read())
    return str(file)


def _write(tables: Tables, folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}-{number:04}.parquet")


def _print_lines(tables: Tables) -> None:
    for contract in FACT_TABLES:
        frame = tables[table_name(contract)].with_columns(table=pl.lit(table_name(contract)))
        sys.stdout.write(frame.select("table", pl.exclude("table")).write_ndjson())


def _print_tables(tables: Tables) -> None:
    console = Console()
    for contract, names in SHOWN.items():
        frame = tables[table_name(contract)].select(names)
        title = f"{table_name(contract)} ({frame.height:,})"
        if not frame.height:
            console.print(f"{table_name(contract)}: none\n")
            continue
        filled = frame.select(series for series in frame if series.null_count() < frame.height)
        print_rows(console, filled.columns, filled.rows(), title)
        console.print()
