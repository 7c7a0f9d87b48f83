"""`dateline show`: an article in the terminal, its facts highlighted, their normalised values under each sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows.console.claims import print_claims
from flows.console.tables import print_hanging
from flows.errors import UsageError
from warehouse.questions import ARTICLE_FACTS, ARTICLE_HEAD, ARTICLE_SENTENCES, FIND_ARTICLE
from warehouse.reader import Reader, open_published

STYLES = {"date": "black on yellow", "figure": "black on green", "actor": "black on cyan"}
FACTS = 4
"""How far below a sentence its facts stand from the left."""
MANY = 10
"""Articles that a message lists when a word fits several."""


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact as it is shown: its kind, place, surface and normalised value."""

    kind: str
    sentence_no: int
    start: int
    end: int
    surface: str
    meaning: str


def show_command(word: str, warehouse: Path, *, claims: bool = False) -> int:
    """Print the one article that the word names, with all its facts or only with its claims.

    Raises:
        UsageError: no article fits, or several do.
    """
    console = Console()
    with open_published(warehouse) as reader:
        article = {"article": find_article(reader, word)}
        (head,) = reader.rows(ARTICLE_HEAD, article)
        sentences = [
            (int(str(number)), int(str(start)), int(str(end)))
            for number, start, end in reader.rows(ARTICLE_SENTENCES, article)
        ]
        if claims:
            _print_head(console, article["article"], *head[:-1], kinds={})
            print_claims(reader, article["article"], str(head[-1]), sentences)
            return 0
        facts = [ShownFact(*row[:6]) for row in reader.rows(ARTICLE_FACTS, article)]  # type: ignore[arg-type]
    text = str(head[-1])
    _print_head(console, article["article"], *head[:-1])
    if not sentences:
        console.print(Text(text))
    for number, start, end in sentences:
        _print_sentence(console, text[start:end], start, [fact for fact in facts if fact.sentence_no == number])
    return 0


def find_article(reader: Reader, word: str) -> str:
    """The id of the one article that a word names.

    Raises:
        UsageError: no article fits, or several do.
    """
    found = reader.rows(FIND_ARTICLE, {"word": word})
    if len(found) == 1:
        return str(found[0][0])
    if not found:
        message = f"no article fits {word!r}: dateline sql 'FROM dim_article' lists them"
        raise UsageError(message)
    first = f"; the first {MANY}" if len(found) > MANY else ""
    message = f"{len(found)} articles fit {word!r}, name one by its id{first}:"
    raise UsageError(message, [f"{article_id}  {name}" for article_id, name in found[:MANY]])


def _print_head(console: Console, article_id: str, *head: object, kinds: Mapping[str, str] = STYLES) -> None:
    title, source, published, origin, extraction = head
    day = f"published {published} (from {origin})" if published else "no day of publication"
    print_hanging(console, Text(str(title), style="bold"))
    print_hanging(console, Text(" · ".join(str(part) for part in (source, day, article_id) if part), style="dim"))
    if extraction != "done":
        console.print(Text(f"no facts were extracted: {extraction}", style="dim"))
    if kinds:
        console.print(Text.assemble(*((f" {kind} ", style) for kind, style in kinds.items())))
    console.print()


def _print_sentence(console: Console, sentence: str, offset: int, facts: list[ShownFact]) -> None:
    shown = Text(sentence.replace("\n", " "))
    for fact in facts:
        shown.stylize(STYLES[fact.kind], fact.start - offset, fact.end - offset)
    print_hanging(console, shown)
    for fact in facts:
        surface = f" {fact.surface} ".replace("\n", " ")
        print_hanging(console, Text.assemble((surface, STYLES[fact.kind]), " ", fact.meaning), FACTS, FACTS)
    console.print()
