"""All reference tables."""

from collections.abc import Mapping

import polars as pl

from schemas.contract import Contract
from schemas.reference.actor_import import IMPORT_TABLES
from schemas.reference.actor_tables import ACTOR_TABLES
from schemas.reference.actors import LINGUISTIC_TABLES
from schemas.reference.claims import CLAIM_TABLES
from schemas.reference.dates import DATE_TABLES
from schemas.reference.figures import FIGURE_TABLES
from schemas.reference.parse import PARSE_TABLES

REFERENCE_TABLES: tuple[type[Contract], ...] = (
    *ACTOR_TABLES,
    *LINGUISTIC_TABLES,
    *IMPORT_TABLES,
    *DATE_TABLES,
    *FIGURE_TABLES,
    *CLAIM_TABLES,
    *PARSE_TABLES,
)
"""Every contract of a CSV in seeds/reference/."""

Reference = Mapping[str, pl.DataFrame]
"""Reference tables by name."""
