"""`dateline rollback`: put an earlier published version back."""

from rich.console import Console

from flows.rollback import rollback
from flows.settings import Settings


def rollback_command(settings: Settings, version: str | None) -> int:
    """Put a version back, and say what the next run will do."""
    chosen, before = rollback(settings, version)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(f"Published again: {chosen} (it was {before}).")
    console.print("The next run loads what came since once more: mend or take away what brought it in before.")
    return 0
