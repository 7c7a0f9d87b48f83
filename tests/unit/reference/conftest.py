"""The actor tables as they ship, read once."""

import polars as pl
import pytest

from schemas.reference.registry import Reference


@pytest.fixture(scope="session")
def actors(reference: Reference) -> pl.DataFrame:
    return reference["actor"]


@pytest.fixture(scope="session")
def aliases(reference: Reference) -> pl.DataFrame:
    return reference["actor_alias"].join(reference["actor"], on="actor_id", validate="m:1")


@pytest.fixture(scope="session")
def offices(reference: Reference) -> pl.DataFrame:
    return reference["actor_office"]
