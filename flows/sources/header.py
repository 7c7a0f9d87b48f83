"""Take the header off a plain text: YAML front matter, header lines, or a date before the first word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import yaml

from flows.sources.items import Refusal
from flows.sources.published import read_published
from flows.sources.reference import load_table
from schemas.reference.parse import HeaderField

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
LONGEST_FRONT_MATTER = 50_000
"""Characters: a longer block between dashes is no header."""
HEADER_LINE = re.compile(r"[ \t]*([^\W\d_][\w .-]{0,30}?)[ \t]*:[ \t]*(.{0,1000}?)[ \t]*(?:\n|\Z)")
DATED_LINE = re.compile(
    r"\A\s*([^\W\d_]+):?[ \t]+"
    r"((\d{4}-\d{2}-\d{2}\S*|\d{1,2} [^\W\d_]+ \d{4}|[^\W\d_]+\.? \d{1,2}, \d{4})(?!\S)[ \t]*(.*))"
)
SHORTEST_BODY = 40
"""Characters: what follows a date on its line begins the text if it is so long, or if nothing stands below it."""
BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")


class PlainLoader(yaml.SafeLoader):
    """YAML without aliases, of which a few hundred bytes stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse an alias; all else as YAML has it."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(problem="an alias")
        return super().compose_node(parent, index)


@dataclass(slots=True)
class Header:
    """Our fields from a header, the text below it, and what of it could not be read."""

    body: str
    values: dict[str, object] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


def take_header(text: str) -> Header:
    """Read and take off the header of a text whose lines end in LF.

    A text may begin with YAML front matter between lines of dashes; or with lines such as `Date: 6 November 2023`,
    the first of which must be a field that the table header_field knows, up to the last such line before a blank one;
    or with `date 2023-11-06` and the text on the same line. The blank lines below a header belong to it.
    """
    names = field_names("text")
    if front := FRONT_MATTER.match(text[:LONGEST_FRONT_MATTER]):
        return _from_yaml(front[1] or "", _below(text, front.end()), names)
    dated = DATED_LINE.match(text)
    if dated is None or names.get(dated[1].lower()) != "published_on":
        return _from_lines(Header(text), names)
    alone = not text[dated.end() :].strip()
    if dated[4] and (alone or len(dated[4]) >= SHORTEST_BODY) and read_published(dated[2]) is None:
        return Header(text[dated.start(4) :], {"published_on": dated[3]})
    header = _from_lines(Header(text[dated.end() + 1 :], {"published_on": dated[2].rstrip()}), names)
    header.body = _below(header.body, 0)
    return header


@cache
def field_names(medium: str) -> Mapping[str, str]:
    """Our fields by the names that a medium (text, html) uses, the name that decides first."""
    table = load_table(HeaderField)
    rows = table.filter(table["medium"] == medium).sort("rank", maintain_order=True)
    return dict(zip(rows["name"], rows["field"], strict=True))


def _below(text: str, end: int) -> str:
    found = BLANK_LINES.match(text, end)
    return text[found.end() if found else end :]


def _from_yaml(block: str, body: str, names: Mapping[str, str]) -> Header:
    try:
        loader = PlainLoader(block)
        loader.yaml_implicit_resolvers = {}  # all stays text: a date that is none must not spoil the other fields
        read = loader.get_single_data()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return Header(body, {}, [_bad_header(f"no YAML: {' '.join(str(error).split())[:200]}", block)])
    if not isinstance(read, dict):
        return Header(body, {}, [_bad_header("no fields", block)] if block.strip() else [])
    header = Header(body)
    for name, value in read.items():
        if value and (our := names.get(str(name).lower())):
            header.values.setdefault(our, value)
    return header


def _bad_header(detail: str, block: str) -> Refusal:
    return Refusal("bad_header", f"front matter: {detail}", "front matter", block, "warning")


def _from_lines(header: Header, names: Mapping[str, str]) -> Header:
    """Add the header lines at the start of the body; lines of unknown names are taken off between known ones."""
    text = header.body
    start = BLANK_LINES.match(text)
    position = start.end() if start and not header.values else 0
    while line := HEADER_LINE.match(text, position):
        our = names.get(line[1].lower())
        if (our is None and not header.values) or line.end() == position:
            break
        position = line.end()
        if our:
            header.values.setdefault(our, line[2])
            header.body = _below(text, position)
    return header
