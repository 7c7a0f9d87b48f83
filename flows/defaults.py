"""What holds where the user says nothing."""

from pathlib import Path

DEFAULT_WAREHOUSE = Path("warehouse/dateline.duckdb")
"""Where the warehouse lies, under the current folder."""
DEFAULT_BATCH_MB = 8.0
"""Text in one batch, in megabytes: bounds the memory of a run."""
