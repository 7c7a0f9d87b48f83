"""All reference tables."""

from schemas.contract import Contract
from schemas.reference.parse import PARSE_TABLES

REFERENCE_TABLES: tuple[type[Contract], ...] = (*PARSE_TABLES,)
"""Every contract of a CSV in seeds/reference/."""
