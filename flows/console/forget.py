"""`dateline forget`: remove an article for good, and say what was done."""

from rich.console import Console

from flows.forget import forget
from flows.settings import Settings


def forget_command(word: str, settings: Settings) -> int:
    """Forget the one article that the word names."""
    done = forget(word, settings)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(
        f"Forgotten: {done.article_id} ({done.rows} rows). No file of the warehouse holds its text any longer,"
    )
    console.print("and it is not loaded again. Who has the warehouse open keeps the old version until they close it.")
    if done.copies:
        console.print(f"(Near-)copies of it stay: {', '.join(done.copies)}. Forget these as well if it must go.")
    if done.corrected_in:
        console.print(f"{done.corrected_in} still names it: take its lines out.")
    return 0
