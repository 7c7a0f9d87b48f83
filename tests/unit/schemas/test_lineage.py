"""What the dictionary says of where rows come from is what the code does."""

from collections.abc import Callable, Iterable

import pytest

from flows.normalise.actors import compile_actor_rules
from flows.normalise.claims import compile_claim_rules
from flows.normalise.dates import compile_date_rules
from flows.normalise.figures import compile_figure_rules
from flows.parse.rules import compile_parse_rules
from schemas.actors import FactActorMention
from schemas.articles import ArticleSentence, DimArticle
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import table_name
from schemas.dates import FactDateMention
from schemas.figures import FactFigure
from schemas.lineage import ORIGINS
from schemas.reference.registry import REFERENCE_TABLES, Reference
from schemas.registry import ALL_TABLES

Compile = Callable[[Reference], object]
BY_SOURCES = {"header_field"}
"""Read while articles are read, not compiled with the rules of parsing."""
RULES: dict[str, tuple[Compile, set[str]]] = {
    "parse": (compile_parse_rules, {*ORIGINS[DimArticle].reads, *ORIGINS[ArticleSentence].reads} - BY_SOURCES),
    "dates": (compile_date_rules, set(ORIGINS[FactDateMention].reads)),
    "figures": (compile_figure_rules, set(ORIGINS[FactFigure].reads)),
    "actors": (compile_actor_rules, set(ORIGINS[FactActorMention].reads)),
    "claims": (compile_claim_rules, set(ORIGINS[FactClaim].reads)),
}


def only(reference: Reference, names: Iterable[str]) -> Reference:
    return {name: reference[name] for name in names}


def test_every_table_says_where_its_rows_come_from_and_every_reference_table_is_read() -> None:
    assert set(ORIGINS) == set(ALL_TABLES)
    assert ORIGINS[ClaimParty].reads == ORIGINS[FactClaim].reads
    read = {name for origin in ORIGINS.values() for name in origin.reads}
    assert read == {table_name(contract) for contract in REFERENCE_TABLES}


@pytest.mark.parametrize("stage", RULES)
def test_rules_read_the_tables_that_are_named(stage: str, reference: Reference) -> None:
    compile_rules, names = RULES[stage]
    compile_rules(only(reference, names))


@pytest.mark.parametrize(
    ("stage", "name"), [(stage, name) for stage, (_, names) in RULES.items() for name in sorted(names)]
)
def test_rules_read_no_fewer(stage: str, name: str, reference: Reference) -> None:
    compile_rules, names = RULES[stage]
    with pytest.raises(KeyError, match=name):
        compile_rules(only(reference, names - {name}))
