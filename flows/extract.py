"""From articles to the rows of every table: parse, normalise, validate. Pure, and without Prefect."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from flows.normalise.actors import ActorRules, compile_actor_rules, extract_actors
from flows.normalise.actors.rules import CompiledNames
from flows.normalise.claims import ClaimRules, compile_claim_rules, extract_claims, stage_claims
from flows.normalise.dates import DateRules, compile_date_rules, extract_dates
from flows.normalise.facts import stage_facts
from flows.normalise.figures import FigureRules, compile_figure_rules, extract_figures
from flows.normalise.signature import sign_articles
from flows.parse.batch import ParsedBatch, parse_articles
from flows.parse.rules import ParseRules, compile_parse_rules
from flows.sources.reference import load_reference
from flows.version import rules_version
from schemas.actors import DimActor, FactActorMention
from schemas.articles import ArticleSentence, ArticleText, DimArticle
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import Contract, columns, key, polars_schema, table_name
from schemas.dates import FactDateMention
from schemas.etl import EtlArticle, EtlReject
from schemas.figures import FactFigure
from schemas.reference.registry import Reference
from schemas.registry import ARTICLE_TABLES, DISCOVERED_ACTORS
from schemas.stories import EtlArticleSignature
from schemas.validate import reject_rows, require_rows, split_rows

PARENTS: tuple[type[Contract], ...] = (FactDateMention, FactFigure, FactClaim)
"""The tables of a batch whose rows others name, in the order in which they are checked."""


@dataclass(frozen=True, slots=True)
class Extractor:
    """The compiled rules of all stages: made once a process, used for every batch."""

    reference: Reference
    rules_version: str
    parse: ParseRules
    dates: DateRules
    figures: FigureRules
    actors: ActorRules
    claims: ClaimRules


@dataclass(slots=True)
class Extraction:
    """The staged rows of one batch by table, seconds a stage, and how many rows broke a contract."""

    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    rows_rejected: int = 0

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Note how long a stage takes."""
        start = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - start


@cache
def default_extractor() -> Extractor:
    """The extractor over the reference tables that ship with Dateline."""
    return build_extractor(load_reference())


def build_extractor(reference: Reference, version: str | None = None, names: CompiledNames | None = None) -> Extractor:
    """Compile the rules of every stage.

    Args:
        reference: the reference tables, the user's own actors among them where there are some.
        version: the version of the rules, where it is not that of the shipped tables.
        names: the names of the actors, where they were compiled before.
    """
    return Extractor(
        reference=reference,
        rules_version=version or rules_version(),
        parse=compile_parse_rules(reference),
        dates=compile_date_rules(reference),
        figures=compile_figure_rules(reference),
        actors=compile_actor_rules(reference, names),
        claims=compile_claim_rules(reference),
    )


def extract(raw_articles: pl.DataFrame, extractor: Extractor) -> Extraction:
    """Extract everything from a batch of articles as the sources gave them.

    Args:
        raw_articles: the columns that flows.sources.read gives.
        extractor: the compiled rules.

    Returns:
        The staged tables: every row holds its contract, the others are in `reject`.

    Raises:
        ContractError: a row of the ledger or of the rejects breaks its contract.
    """
    extraction = Extraction()
    with extraction.timed("parse"):
        parsed = parse_articles(raw_articles, extractor.parse)
    with extraction.timed("dates"):
        dates = extract_dates(parsed.articles, parsed.sentences, extractor.dates)
    with extraction.timed("figures"):
        figures = extract_figures(parsed.articles, parsed.sentences, dates, extractor.figures)
    with extraction.timed("actors"):
        actors = extract_actors(parsed.articles, parsed.sentences, dates, extractor.actors)
    with extraction.timed("claims"):
        found = extract_claims(parsed.articles, parsed.sentences, dates, figures, actors.mentions, extractor.claims)
    with extraction.timed("validate"):
        tables: dict[type[Contract], pl.DataFrame] = {
            **_article_tables(parsed),
            FactDateMention: stage_facts(dates, parsed.articles, parsed.sentences, FactDateMention, "d"),
            FactFigure: stage_facts(figures, parsed.articles, parsed.sentences, FactFigure, "f"),
            FactActorMention: stage_facts(actors.mentions, parsed.articles, parsed.sentences, FactActorMention, "m"),
        }
        tables[FactClaim], tables[ClaimParty] = stage_claims(
            found, parsed.articles, parsed.sentences, tables[FactFigure], tables[FactDateMention]
        )
        _validate(extraction, tables, actors.actors)
        extraction.tables[table_name(EtlArticle)] = require_rows(_ledger(extraction, parsed, extractor), EtlArticle)
    return extraction


def _article_tables(parsed: ParsedBatch) -> Mapping[type[Contract], pl.DataFrame]:
    identified = parsed.sentences.join(parsed.articles.select("article_no", "article_id"), on="article_no")
    return {
        DimArticle: parsed.dimension.select(polars_schema(DimArticle, staged=True).names()),
        ArticleText: parsed.dimension.select("article_id", "text"),
        ArticleSentence: identified.select(polars_schema(ArticleSentence, staged=True).names()),
        EtlArticleSignature: sign_articles(parsed.dimension),
    }


def _validate(extraction: Extraction, tables: Mapping[type[Contract], pl.DataFrame], found: pl.DataFrame) -> None:
    """Keep the rows that hold; what hangs on a row that breaks its contract goes with it.

    An article whose own rows break a contract takes all its rows with it, a discovered actor its mentions.
    """
    rejects = [split_rows(tables[contract], contract)[1] for contract in ARTICLE_TABLES]
    broken = pl.concat(rejects)["article_id"].unique()
    actors, actor_rejects = split_rows(found, DimActor)
    unknown = found.join(actors, on="actor_id", how="anti")["actor_id"]
    lost = {table_name(DimActor): unknown}
    for contract, frame in tables.items():
        kept = frame.filter(~pl.col("article_id").is_in(broken.implode())) if len(broken) else frame
        for column, parent in _named_rows(contract).items():
            if len(lost.get(parent, ())):
                hangs = pl.col(column).is_in(lost[parent].implode()).fill_null(value=False)
                detail = f"{column} names a row that breaks the contract of {parent}"
                rejects.append(reject_rows(kept.filter(hangs), contract, detail))
                kept = kept.filter(~hangs)
        extraction.tables[table_name(contract)], refused = split_rows(kept, contract)
        rejects.append(refused)
        if contract in PARENTS and extraction.tables[table_name(contract)].height < frame.height:
            ids = key(contract)[0]
            lost[table_name(contract)] = frame.join(extraction.tables[table_name(contract)], on=ids, how="anti")[ids]
    extraction.tables[DISCOVERED_ACTORS] = actors
    extraction.tables[table_name(EtlReject)] = require_rows(pl.concat([*rejects, actor_rejects]), EtlReject)
    extraction.rows_rejected = sum(frame.height for frame in (*rejects[len(ARTICLE_TABLES) :], actor_rejects))


def _named_rows(contract: type[Contract]) -> Mapping[str, str]:
    """The columns that name rows of other tables, each with its table: a row goes with the row that it names."""
    return {column.name: column.link.table.rpartition(".")[2] for column in columns(contract) if column.link}


def _ledger(extraction: Extraction, parsed: ParsedBatch, extractor: Extractor) -> pl.DataFrame:
    loaded = extraction.tables[table_name(DimArticle)].get_column("article_id").implode()
    return parsed.dimension.select(
        "article_id",
        "content_sha256",
        rules_version=pl.lit(extractor.rules_version),
        state=pl.when(pl.col("article_id").is_in(loaded)).then(pl.lit("loaded")).otherwise(pl.lit("rejected")),
        source_uri="source_uri",
    )
