"""`dateline doctor`: what is checked, what was found, and how to mend what is wrong."""

from rich.console import Console
from rich.table import Table

from flows.doctor import examine
from flows.errors import FAILED
from flows.settings import Settings


def doctor_command(settings: Settings) -> int:
    """Print every check; the exit code is 1 where one found something wrong."""
    findings = list(examine(settings))
    table = Table("", "check", "found", "what to do")
    for finding in findings:
        mark = "[red]wrong[/]" if finding.remedy else "[green]ok[/]"
        table.add_row(mark, finding.check, finding.found, finding.remedy or "")
    console = Console()
    console.print(table)
    wrong = sum(1 for finding in findings if finding.remedy)
    console.print(f"{wrong} of {len(findings)} checks found something wrong" if wrong else "Nothing is wrong")
    return FAILED if wrong else 0
