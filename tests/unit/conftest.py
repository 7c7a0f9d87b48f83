"""The reference tables as they ship, and the rules that more than one stage needs: made once for all tests."""

import pytest

from flows.normalise.dates import DateRules, compile_date_rules
from flows.parse.rules import ParseRules, compile_parse_rules
from flows.sources.reference import load_reference
from schemas.reference.registry import Reference


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def date_rules(reference: Reference) -> DateRules:
    return compile_date_rules(reference)


@pytest.fixture(scope="session")
def parse_rules(reference: Reference) -> ParseRules:
    return compile_parse_rules(reference)
