"""`dateline doctor`: what is checked, what was found, and how to mend what is wrong."""

from rich.console import Console
from rich.text import Text

from flows.console.tables import print_rows
from flows.doctor import Finding, examine
from flows.errors import FAILED
from flows.settings import Settings


def doctor_command(settings: Settings) -> int:
    """Print every check; the exit code is 1 where one found something wrong."""
    findings = list(examine(settings))
    console = Console()
    print_rows(console, ["", "check", "found"], [_row(finding) for finding in findings])
    wrong = sum(1 for finding in findings if finding.remedy)
    console.print(f"{wrong} of {len(findings)} checks found something wrong" if wrong else "Nothing is wrong")
    return FAILED if wrong else 0


def _row(finding: Finding) -> tuple[Text, str, Text]:
    """The mark, the check, and what was found, with the remedy below it."""
    if finding.remedy is None:
        return Text("ok", "green"), finding.check, Text(finding.found)
    remedy = Text(f"\n-> {finding.remedy}", "bold")
    return Text("wrong", "red"), finding.check, Text(finding.found) + remedy
