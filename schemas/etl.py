"""Contracts of the run's own record: runs, ledgers, rejects, audit results."""

import pandera.polars as pa
import polars as pl

from schemas.articles import SHA256
from schemas.contract import ARTICLE_ID, Contract, joins, run_at_load
from schemas.vocabulary import ARTICLE_STATE, CHECK_SEVERITY, REJECT_REASON, REJECT_SEVERITY, RUN_STATE, SOURCE_STATE


class EtlRun(Contract):
    """One row a run: what it took in, what it did with it, how long each stage took."""

    class Config:
        """The table and its key."""

        name = "run"
        metadata = {"schema": "etl", "key": ("run_id",)}

    run_id: str = pa.Field(description="start time and a random part")
    started_at: pl.Datetime = pa.Field(description="UTC")
    finished_at: pl.Datetime = pa.Field(description="UTC")
    state: str = pa.Field(isin=list(RUN_STATE), description="how it ended")
    changed: bool = pa.Field(description="whether it changed what readers see; such a run names a published version")
    rules_version: str = pa.Field(description="hash of the code and the reference data that extracted")
    dateline_version: str = pa.Field(description="version of Dateline")
    articles_read: pl.Int32 = pa.Field(ge=0, description="articles found in new or changed sources")
    articles_loaded: pl.Int32 = pa.Field(ge=0, description="articles new or changed, now in the warehouse")
    articles_unchanged: pl.Int32 = pa.Field(ge=0, description="held already, or equal copies")
    articles_rejected: pl.Int32 = pa.Field(ge=0, description="articles refused; etl.reject says why")
    articles_failed: pl.Int32 = pa.Field(ge=0, description="articles of failed batches; the next run takes them again")
    rows_loaded: pl.Int32 = pa.Field(ge=0, description="rows of fact tables loaded")
    rows_rejected: pl.Int32 = pa.Field(ge=0, description="rows that broke a contract")
    bytes_read: pl.Int64 = pa.Field(ge=0, description="size of the texts read", metadata={"unit": "bytes"})
    read_seconds: float = pa.Field(ge=0, description="discover and read", metadata={"unit": "seconds"})
    extract_seconds: float = pa.Field(ge=0, description="parse to stage", metadata={"unit": "seconds"})
    load_seconds: float = pa.Field(ge=0, description="load and audit", metadata={"unit": "seconds"})
    publish_seconds: float = pa.Field(
        ge=0, nullable=True, description="publish; null in the copy that it published", metadata={"unit": "seconds"}
    )
    index_seconds: float = pa.Field(
        ge=0,
        nullable=True,
        description="search index; null where none was built, and in the published copy",
        metadata={"unit": "seconds"},
    )
    failed_batches: str = pa.Field(nullable=True, description="keys of the batches that failed, separated by spaces")
    message: str = pa.Field(nullable=True, description="what went wrong, in one line")


class EtlSource(Contract):
    """The ledger of sources: one row a file or feed."""

    class Config:
        """The table and its key."""

        name = "source"
        metadata = {"schema": "etl", "key": ("source_uri",)}

    source_uri: str = pa.Field(description="path or address")
    size_bytes: pl.Int64 = pa.Field(ge=0, description="size when it was read", metadata={"unit": "bytes"})
    modified_at: pl.Datetime = pa.Field(description="time of its last change, UTC")
    content_sha256: str = pa.Field(nullable=True, str_matches=SHA256, description="SHA-256 of its bytes")
    mapping: str = pa.Field(description="names of its columns that were given for ours (ours=theirs), or empty")
    state: str = pa.Field(isin=list(SOURCE_STATE), description="what became of it")
    run_id: str = run_at_load("the run that last read it")


class EtlArticle(Contract):
    """The ledger of articles: one row an article, with the content and the rules that its facts come from."""

    class Config:
        """The table and its key."""

        name = "article"
        metadata = {"schema": "etl", "key": ("article_id",)}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="the article", metadata=joins("dim_article.article_id")
    )
    content_sha256: str = pa.Field(str_matches=SHA256, description="SHA-256 of text and fields")
    rules_version: str = pa.Field(description="hash of the code and the reference data that extracted")
    state: str = pa.Field(isin=list(ARTICLE_STATE), description="what became of it")
    source_uri: str = pa.Field(
        description="the file or feed it was last read from", metadata=joins("etl.source.source_uri")
    )
    run_id: str = run_at_load("the run that last changed it")


class EtlReject(Contract):
    """Everything that was refused: article, line or row, with reason, place and raw text."""

    class Config:
        """The table and its key."""

        name = "reject"
        metadata = {"schema": "etl", "key": ("reject_id",)}

    reject_id: str = pa.Field(description="start of the SHA-256 of place, reason and raw text", str_matches=ARTICLE_ID)
    severity: str = pa.Field(isin=list(REJECT_SEVERITY), description="whether all or a part was refused")
    reason: str = pa.Field(isin=list(REJECT_REASON), description="reason code")
    detail: str = pa.Field(description="what exactly was wrong")
    source_uri: str = pa.Field(nullable=True, description="the file or feed", metadata=joins("etl.source.source_uri"))
    place: str = pa.Field(nullable=True, description="line or row number, field, or table of the row")
    article_id: str = pa.Field(
        nullable=True,
        str_matches=ARTICLE_ID,
        description="the article, where it is known",
        metadata=joins("etl.article.article_id"),
    )
    raw: str = pa.Field(nullable=True, description="the refused text, at most 10,000 characters")
    run_id: str = run_at_load("the run that refused it")


class EtlCheck(Contract):
    """Results of the audits of each run."""

    class Config:
        """The table and its key."""

        name = "check"
        metadata = {"schema": "etl", "key": ("run_id", "audit")}

    audit: str = pa.Field(description="name of the audit")
    severity: str = pa.Field(isin=list(CHECK_SEVERITY), description="what a bad row causes")
    bad_rows: pl.Int32 = pa.Field(ge=0, description="rows that the audit returned")
    sample: str = pa.Field(nullable=True, description="the first of them, as JSON")
    run_id: str = run_at_load("the run")
