"""Packages as extraction stages them, made by hand: a few articles with one fact of each kind."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from flows.normalise.signature import sign_articles
from schemas.actors import DimActor, FactActorMention
from schemas.articles import ArticleSentence, ArticleText, DimArticle
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import Contract, polars_schema, table_name
from schemas.dates import FactDateMention
from schemas.etl import EtlArticle, EtlReject, EtlSource
from schemas.figures import FactFigure
from schemas.registry import DIMENSION_TABLES, DISCOVERED_ACTORS
from schemas.stories import EtlArticleSignature
from warehouse.packages import Manifest, write_package

RULES = "rules0"
TEXT = "Japan pledged $2 billion in 2023."


def identity(number: int) -> str:
    return f"{number:016x}"


def staged(contract: type[Contract], *rows: dict[str, Any]) -> pl.DataFrame:
    schema = polars_schema(contract, staged=True)
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def article_tables(number: int, text: str = TEXT, version: str = "a") -> dict[str, pl.DataFrame]:
    article = identity(number)
    place = {"article_id": article, "sentence_no": 0, "rule": "test"}
    row = {
        "article_id": article,
        "source_uri": f"file-{number}.txt",
        "language": "en",
        "published_on": date(2023, 11, 6),
        "published_from": "header",
        "extraction": "done",
        "char_count": len(text),
        "word_count": len(text.split()),
        "sentence_count": 1,
        "content_sha256": version * 64,
        "rules_version": RULES,
        "state": "loaded",
        "text": text,
        "sentence_no": 0,
        "paragraph_no": 0,
        "span_start": 0,
        "span_end": len(text),
    }
    year = text.index("2023")
    mention = {**place, "mention_id": f"{article}-m-0-5-0", "span_start": 0, "span_end": 5, "surface": text[:5]}
    day = {**place, "date_id": f"{article}-d", "span_start": year, "span_end": year + 4, "surface": "2023"}
    money = text.index("$")
    figure = {**place, "figure_id": f"{article}-f", "span_start": money, "span_end": money + 10}
    claim = {**figure, "claim_id": f"{article}-c", "surface": text[money : money + 10], "topic": "aid"}
    claim |= {"status": "pledged", "modality": "asserted", "date_id": f"{article}-d", "claim_key": "aid/pledged"}
    party = {"subject_surface": text[:5], "subject_actor_id": "country:jpn"}
    return {
        table_name(DimArticle): staged(DimArticle, row),
        table_name(ArticleText): staged(ArticleText, row),
        table_name(ArticleSentence): staged(ArticleSentence, row),
        table_name(EtlArticleSignature): sign_articles(pl.DataFrame({"article_id": [article], "text": [text]})),
        table_name(EtlArticle): staged(EtlArticle, row),
        table_name(FactDateMention): staged(
            FactDateMention,
            {**day, "timex_type": "DATE", "timex_value": "2023", "granularity": "year", "resolution": "explicit"}
            | {"starts_on": date(2023, 1, 1), "ends_on": date(2023, 12, 31)},
        ),
        table_name(FactFigure): staged(
            FactFigure,
            {**figure, "surface": text[money : money + 10], "value": 2e9, "value_low": 2e9, "value_high": 2e9}
            | {"bound": "exact", "dimension": "money", "unit": "USD"},
        ),
        table_name(FactActorMention): staged(
            FactActorMention,
            {**mention, "actor_id": "country:jpn", "actor_kind": "country", "mention_type": "name"}
            | {"resolution": "reference", "confidence": 1.0},
        ),
        table_name(FactClaim): staged(FactClaim, claim | {"subject_start": 0, "subject_end": 5, **party}),
        table_name(ClaimParty): staged(
            ClaimParty,
            {
                **claim,
                "role": "subject",
                "part_start": 0,
                "part_end": 5,
                "surface": text[:5],
                "actor_id": "country:jpn",
            },
        ),
        DISCOVERED_ACTORS: staged(DimActor),
        table_name(EtlReject): staged(EtlReject),
    }


def package(stage: Path, key: str, tables: dict[str, pl.DataFrame]) -> Path:
    rows = {name: frame.height for name, frame in tables.items()}
    return write_package(stage, tables, Manifest(key, RULES, rows, 0, 1, 100, {}))


def dimensions(stage: Path) -> Path:
    tables = {table_name(contract): staged(contract) for contract in DIMENSION_TABLES}
    japan = {"actor_id": "country:jpn", "name": "Japan", "actor_kind": "country", "origin": "reference"}
    tables[table_name(DimActor)] = staged(DimActor, japan)
    return package(stage, "dimensions", tables)


def ledgers(folder: Path, sources: pl.DataFrame | None = None, rejects: pl.DataFrame | None = None) -> Path:
    folder.mkdir()
    (staged(EtlSource) if sources is None else sources).write_parquet(folder / "source.parquet")
    (staged(EtlReject) if rejects is None else rejects).write_parquet(folder / "reject.parquet")
    return folder
