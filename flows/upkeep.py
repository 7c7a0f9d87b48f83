"""What a run takes again beside what is new at the sources: stale rules, rejects, corrections, failed batches."""

from dataclasses import dataclass

import polars as pl

from flows.corrections import altered_articles, corrections_file, read_corrections
from flows.job import Job
from flows.stored import rejected_rows, rejected_sources, stale_articles
from schemas.contract import polars_schema
from schemas.etl import EtlReject
from warehouse.ledger import known_articles, known_corrections, known_rejects, known_sources


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The ledgers as a run finds them, and what it takes again.

    Attributes:
        sources: etl.source; one that is to be read again is in the state `rejected`.
        articles: etl.article.
        rejects: etl.reject where they are to be tried again, else empty.
        wanted: the corrections in their file, but for those of forgotten articles, which they quote.
        held: etl.correction.
        again: ids of the articles to extract from their stored text.
    """

    sources: pl.DataFrame
    articles: pl.DataFrame
    rejects: pl.DataFrame
    wanted: pl.DataFrame
    held: pl.DataFrame
    again: pl.Series

    @property
    def present(self) -> pl.Series:
        """The articles whose facts are in the warehouse."""
        return self.articles.filter(pl.col("state").is_in(["loaded", "stale"]))["article_id"]


def plan_upkeep(job: Job) -> Upkeep:
    """Read the ledgers and the file of corrections, and tell what is to be taken again.

    Raises:
        CorrectionFileError: the file of corrections cannot be used.
    """
    connection, settings = job.connection, job.settings
    articles, held = known_articles(connection), known_corrections(connection)
    file = corrections_file(settings.corrections, job.paths.published)
    wanted = read_corrections(file, held, named=settings.corrections is not None)
    wanted = wanted.join(articles.filter(pl.col("state") == "forgotten"), on="article_id", how="anti")
    retry = settings.retry_rejects
    rejects = known_rejects(connection) if retry else polars_schema(EtlReject).to_frame()
    read_again = pl.col("source_uri").is_in(rejected_sources(rejects))
    stale = stale_articles(articles, job.record.rules_version if settings.refresh else None)
    return Upkeep(
        sources=known_sources(connection).with_columns(
            state=pl.when(read_again & (pl.col("state") == "read")).then(pl.lit("rejected")).otherwise("state")
        ),
        articles=articles,
        rejects=rejects,
        wanted=wanted,
        held=held,
        again=pl.concat([stale, altered_articles(wanted, held), rejected_rows(rejects)]),
    )
