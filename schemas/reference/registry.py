"""All reference tables."""

from schemas.contract import Contract

REFERENCE_TABLES: tuple[type[Contract], ...] = ()
"""Every contract of a CSV in seeds/reference/."""
