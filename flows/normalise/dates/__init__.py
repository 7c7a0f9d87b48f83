"""Dates: every temporal expression of a text, with its ISO-TimeML type and value and plain first and last days."""

from flows.normalise.dates.extract import extract_dates
from flows.normalise.dates.rules import DateRules, compile_date_rules

__all__ = ["DateRules", "compile_date_rules", "extract_dates"]
