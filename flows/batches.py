"""The work on one batch, as tasks run it: landed articles in, a package of staged tables out."""

import hashlib
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import polars as pl

from flows.extract import Extraction, Extractor, extract
from flows.normalise.actors.dimension import actor_dimensions
from flows.normalise.dates.calendar import calendar
from flows.normalise.figures.units import unit_dimension
from flows.plan import Choice, Landing
from schemas.actors import DimActor, DimActorAlias, DimActorOffice
from schemas.articles import DimArticle
from schemas.contract import table_name
from schemas.dates import DimDate
from schemas.figures import DimFxRate, DimUnit
from schemas.validate import split_rows
from warehouse.packages import Manifest, read_manifest, write_package


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch to extract: its package's key, the folder of the landed files, the file that names its rows in them."""

    key: str
    landing: Path
    chosen: Path
    articles: int
    text_bytes: int


SMALLEST_SHARE = 1_000_000
"""Bytes of text below which a worker of its own is not worth its start."""


class DimensionError(RuntimeError):
    """A row made from the reference data breaks the contract of its dimension."""


def plan_batches(landing: Landing, choice: Choice, version: str, most_bytes: int, workers: int) -> list[Batch]:
    """Cut the chosen articles into batches of equal size: few, none above `most_bytes`, the same number a worker.

    The key is a hash of the batch's content and of the rules' version, so that a package that an interrupted run
    left behind is found and used again.
    """
    if choice.chosen.is_empty():
        return []
    total = int(choice.chosen["text_bytes"].sum())
    wanted = max(ceil(total / most_bytes), min(workers, ceil(total / SMALLEST_SHARE)))
    wanted = ceil(wanted / workers) * workers if wanted > workers else wanted
    before = pl.col("text_bytes").cum_sum() - pl.col("text_bytes")
    numbered = choice.chosen.with_columns(part=before * wanted // (total + 1))
    return [
        _batch(landing.folder, int(str(part)), rows, version)
        for (part,), rows in numbered.group_by("part", maintain_order=True)
    ]


def extract_to_package(batch: Batch, stage: Path, extractor: Extractor) -> Path:
    """Extract one batch into a package; a finished package of the same key is used as it is."""
    if read_manifest(stage / batch.key):
        return stage / batch.key
    extraction = extract(_read_chosen(batch), extractor)
    return write_package(stage, extraction.tables, _manifest(batch, extraction, extractor.rules_version))


def dimension_package(stage: Path, extractor: Extractor, rates: pl.DataFrame) -> Path:
    """The package of the dimension tables, made from the reference data and the exchange rates of this run.

    Raises:
        DimensionError: a row breaks its contract.
    """
    digest = hashlib.sha256(rates.write_csv().encode()).hexdigest()
    key = f"dimensions-{extractor.rules_version}-{digest[:16]}"
    if read_manifest(stage / key):
        return stage / key
    actors, aliases, offices = actor_dimensions(extractor.reference)
    made = {
        DimActor: actors,
        DimActorAlias: aliases,
        DimActorOffice: offices,
        DimUnit: unit_dimension(extractor.reference),
        DimFxRate: rates,
        DimDate: calendar(),
    }
    for contract, frame in made.items():
        _, rejects = split_rows(frame, contract)
        if rejects.height:
            message = f"{table_name(contract)}: {rejects['detail'][0]}: {rejects['raw'][0]}"
            raise DimensionError(message)
    tables = {table_name(contract): frame for contract, frame in made.items()}
    rows = {name: frame.height for name, frame in tables.items()}
    return write_package(stage, tables, Manifest(key, extractor.rules_version, rows, 0, 0, 0, {}))


def _batch(folder: Path, part: int, rows: pl.DataFrame, version: str) -> Batch:
    digest = hashlib.sha256(version.encode())
    for content in (
        rows.sort("article_id").select(pl.concat_str("article_id", "content_sha256", "source_uri")).to_series()
    ):
        digest.update(content.encode())
    chosen = folder / f"chosen-{part:06}.parquet"
    rows.select("batch", "row").write_parquet(chosen)
    return Batch(digest.hexdigest()[:32], folder, chosen, rows.height, int(rows["text_bytes"].sum()))


def _read_chosen(batch: Batch) -> pl.DataFrame:
    chosen = pl.read_parquet(batch.chosen, glob=False).group_by("batch", maintain_order=True)
    return pl.concat(_rows_of(batch.landing / str(name), rows) for (name,), rows in chosen)


def _rows_of(landed: Path, rows: pl.DataFrame) -> pl.DataFrame:
    return pl.read_parquet(landed, glob=False).with_row_index("row").join(rows, on="row", how="semi").drop("row")


def _manifest(batch: Batch, extraction: Extraction, version: str) -> Manifest:
    return Manifest(
        key=batch.key,
        rules_version=version,
        rows={name: frame.height for name, frame in extraction.tables.items()},
        rows_rejected=extraction.rows_rejected,
        articles=extraction.tables[table_name(DimArticle)].height,
        text_bytes=batch.text_bytes,
        seconds=extraction.seconds,
    )
