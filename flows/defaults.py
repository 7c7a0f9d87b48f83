"""What holds where the user says nothing."""

from pathlib import Path

DEFAULT_WAREHOUSE = Path("warehouse/dateline.duckdb")
"""Where the warehouse lies, under the current folder."""
