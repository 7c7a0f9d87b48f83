"""The entity-relation diagrams, drawn from the links that the contracts declare: which tables, and as Mermaid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from schemas.actors import DimActor, DimActorAlias, DimActorOffice, FactActorMention
from schemas.articles import ArticleSentence, ArticleText, DimArticle
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import Column, Contract, columns, key, qualified_name
from schemas.dates import DimDate, FactDateMention
from schemas.etl import EtlArticle, EtlCheck, EtlReject, EtlRun, EtlSource
from schemas.figures import DimFxRate, DimUnit, FactFigure
from schemas.stories import ArticleStory, EtlArticleSignature
from schemas.upkeep import EtlArticleCopy, EtlCorrection, EtlSchemaVersion

Layout = tuple[tuple[type[Contract], ...], ...]
"""The tables of a diagram by its columns, from left to right, each from top to bottom."""

DIAGRAMS: Final[Mapping[str, Layout]] = {
    "Articles, facts and claims": (
        (ArticleText, ArticleSentence, DimArticle, ArticleStory, EtlArticleSignature),
        (FactFigure, FactDateMention, FactActorMention),
        (FactClaim, ClaimParty),
        (DimUnit, DimFxRate, DimDate, DimActor, DimActorAlias, DimActorOffice),
    ),
    "The run's record": (
        (EtlSource, EtlArticleCopy),
        (EtlArticle, EtlReject, EtlCorrection),
        (EtlRun, EtlCheck, EtlSchemaVersion),
    ),
}
"""Every table of the warehouse stands in one diagram; run_id leads to etl.run from the tables of both."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two tables of one diagram: the column that names a row, and the table and column of the row."""

    source: type[Contract]
    column: Column
    target: type[Contract]
    named: str
    total: bool


def relations(layout: Layout) -> list[Relation]:
    """The links whose both ends are in the diagram."""
    return [relation for group in layout for contract in group for relation in _relations_of(contract, layout)]


def shown_columns(contract: type[Contract], layout: Layout) -> list[Column]:
    """The columns that a diagram shows of a table: its key, what links it, and what others name."""
    found = relations(layout)
    linking = {relation.column.name for relation in found if relation.source is contract}
    named = {relation.named for relation in found if relation.target is contract}
    return [column for column in columns(contract) if column.name in {*key(contract), *linking, *named}]


def mermaid(layout: Layout) -> str:
    """A diagram in Mermaid's notation: solid where every value names a row, dotted where some may lack."""
    tables = "\n".join(_entity(contract, layout) for group in layout for contract in group)
    lines = "\n".join(_line(relation) for relation in relations(layout))
    return f"```mermaid\nerDiagram\n{tables}\n{lines}\n```\n"


def _relations_of(contract: type[Contract], layout: Layout) -> Iterator[Relation]:
    tables = {qualified_name(other): other for group in layout for other in group}
    for column in columns(contract):
        if column.link and column.link.table in tables:
            yield Relation(contract, column, tables[column.link.table], column.link.columns[-1], column.link.total)


def _entity(contract: type[Contract], layout: Layout) -> str:
    linking = {relation.column.name for relation in relations(layout) if relation.source is contract}
    marks = {
        column.name: ", ".join(
            mark for mark, holds in (("PK", column.name in key(contract)), ("FK", column.name in linking)) if holds
        )
        for column in shown_columns(contract, layout)
    }
    rows = "\n".join(
        f"        {column.duckdb_type} {column.name} {marks[column.name]}".rstrip()
        for column in shown_columns(contract, layout)
    )
    return f"    {_name(contract)} {{\n{rows}\n    }}"


def _line(relation: Relation) -> str:
    one = "|o" if relation.column.nullable or not relation.total else "||"
    dash = "--" if relation.total else ".."
    return f"    {_name(relation.target)} {one}{dash}o{{ {_name(relation.source)} : {relation.column.name}"


def _name(contract: type[Contract]) -> str:
    """The table's name as Mermaid takes it: letters and underscores, without main's name."""
    return qualified_name(contract).removeprefix("main.").replace(".", "_")
