"""`dateline show ARTICLE --claims` and `dateline explain CLAIM_ID`: claims beside the words that make them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows.console.tables import counted, print_hanging
from flows.errors import UsageError
from schemas.codebook import MODALITY, STATUS, TOPIC
from warehouse.questions import ARTICLE_CLAIMS, CLAIM_EVIDENCE, CLAIM_MARKS, CLAIM_TELLINGS, FIND_CLAIM
from warehouse.reader import Reader, open_published

STYLES = {
    "figure": "black on green",
    "subject": "black on cyan",
    "object": "black on magenta",
    "date": "black on yellow",
}
"""How the parts of a claim are highlighted."""
LABEL = 12
"""Width of what stands before the values of a claim."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a claim and where it stands in the article."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as it is shown; parties and date in words."""

    claim_id: str
    sentence_no: int
    surface: str
    topic: str
    status: str | None
    modality: str
    subject: str | None
    object: str | None
    value: str
    day: str | None
    rule: str
    claim_key: str


def print_claims(reader: Reader, article: str, text: str, sentences: Sequence[tuple[int, int, int]]) -> None:
    """Print the sentences of an article that make claims, each with its claims below."""
    console = Console()
    console.print(Text.assemble(*((f" {kind} ", style) for kind, style in STYLES.items())), end="\n\n")
    claims = [ShownClaim(*row) for row in reader.rows(ARTICLE_CLAIMS, {"article": article})]  # type: ignore[arg-type]
    marks = _marks(reader, [claim.claim_id for claim in claims])
    if not claims:
        console.print(Text("no claims", style="dim"))
    for number, start, end in sentences:
        made = [claim for claim in claims if claim.sentence_no == number]
        if made:
            parts = [mark for claim in made for mark in marks[claim.claim_id]]
            print_hanging(console, _highlighted(text, start, end, parts))
            for claim in made:
                said = Text.assemble((f" {claim.surface} ", STYLES["figure"]), " ", _summary(claim))
                print_hanging(console, said, 4, 4)
            console.print()


def explain_command(claim_id: str, warehouse: Path) -> int:
    """Print one claim: what it says, by which rule, the words that make it, and who else tells it.

    Raises:
        UsageError: no claim has the id.
    """
    console = Console()
    with open_published(warehouse) as reader:
        found = reader.rows(FIND_CLAIM, {"claim": claim_id})
        if not found:
            message = f"no claim has the id {claim_id!r}: dateline show ARTICLE --claims prints the ids of an article"
            raise UsageError(message)
        claim = ShownClaim(*found[0])  # type: ignore[arg-type]
        ((text, title, published, start, end),) = reader.rows(CLAIM_EVIDENCE, {"claim": claim_id})
        marks = _marks(reader, [claim_id])[claim_id]
        tellings = reader.rows(CLAIM_TELLINGS, {"key": claim.claim_key, "claim": claim_id})
    print_hanging(console, Text(f"{title} · {published or 'no day of publication'}", style="bold"))
    print_hanging(console, _highlighted(str(text), int(str(start)), int(str(end)), marks))
    console.print()
    for name, value, meaning in _rows(claim):
        label = Text.assemble((f" {name} ", STYLES.get(name, "bold")), " " * (LABEL - len(name) - 2))
        print_hanging(console, label + Text.assemble(value, (meaning, "dim")), hang=LABEL)
    console.print()
    console.print(f"told by {counted(len(tellings) + 1, 'article')}")
    for telling in tellings:
        print_hanging(console, Text("  ".join(map(str, telling))), 4, 4)
    return 0


def _rows(claim: ShownClaim) -> list[tuple[str, str, str]]:
    """What is said of a claim: name, value, and what the codebook says of it."""
    topic = TOPIC[claim.topic]
    status = STATUS[claim.status].definition if claim.status else ""
    return [
        ("figure", f"{claim.surface} = {claim.value}", ""),
        ("topic", claim.topic, f": {topic.definition}"),
        ("subject", claim.subject or "-", f" ({topic.subject})"),
        ("object", claim.object or "-", f" ({topic.object})"),
        ("status", claim.status or "-", f": {status}" if status else ""),
        ("modality", claim.modality, f": {MODALITY[claim.modality].definition}"),
        ("date", claim.day or "-", ""),
        ("rule", claim.rule, ""),
        ("key", claim.claim_key, ""),
    ]


def _summary(claim: ShownClaim) -> str:
    said = " ".join(part for part in (claim.topic, claim.status, f"({claim.modality})") if part)
    parties = f"{claim.subject or '-'} > {claim.object or '-'}"
    return " · ".join(part for part in (claim.value, said, parties, claim.day, claim.claim_id) if part)


def _marks(reader: Reader, claims: Sequence[str]) -> dict[str, list[Mark]]:
    """The parts of claims by claim."""
    found: dict[str, list[Mark]] = {claim: [] for claim in claims}
    for claim, kind, start, end in reader.rows(CLAIM_MARKS, {"claims": list(claims)}):
        found[str(claim)].append(Mark(str(kind), int(str(start)), int(str(end))))
    return found


def _highlighted(text: str, start: int, end: int, marks: Sequence[Mark]) -> Text:
    """A stretch of the article's text with the parts highlighted that lie in it."""
    shown = Text(text[start:end].replace("\n", " "))
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            shown.stylize(STYLES[mark.kind], mark.start - start, mark.end - start)
    return shown
