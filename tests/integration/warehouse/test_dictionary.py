"""The dictionary page: whole, true to the warehouse, and on its own; the diagrams draw every link."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from schemas.codebook import CODEBOOKS
from schemas.contract import columns, qualified_name
from schemas.diagram import svg
from schemas.registry import ALL_TABLES
from schemas.relations import DIAGRAMS, mermaid, relations
from schemas.vocabulary import VOCABULARIES
from warehouse.examples import VARYING, read_examples, take_examples
from warehouse.page.render import dictionary_page
from warehouse.reader import open_published
from warehouse.views import read_marts


class Page(HTMLParser):
    """The ids, the links and the words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            if name in {"href", "src", "action", "xlink:href"}:
                self.links.append(f"{tag} {value}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def text() -> str:
    return dictionary_page()


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_every_column_of_every_table_and_mart_has_its_place(page: Page) -> None:
    tables = [f"{qualified_name(contract)}.{column.name}" for contract in ALL_TABLES for column in columns(contract)]
    marts = [f"mart.{mart.name}.{name}" for mart in read_marts() for name in mart.columns]
    codes = [f"codebook.{book}.{value}" for book, entries in CODEBOOKS.items() for value in entries]
    assert {*tables, *marts, *codes} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_value_is_defined_where_a_column_takes_it(page: Page) -> None:
    said = " ".join(page.words)
    missing = [meaning for book in VOCABULARIES.values() for meaning in book.values() if meaning not in said]
    assert missing == []


def test_links_lead_somewhere_and_nothing_leaves_the_page(page: Page, text: str) -> None:
    targets = {link.split("#", 1)[1] for link in page.links if link.startswith("a #")}
    assert targets - {*page.ids} == set()
    assert [link for link in page.links if not link.startswith("a #")] == ["link data:,"]
    assert not re.search(r"https?:|@import|url\(", text)
    assert "default-src 'none'" in text


def test_examples_are_rows_of_the_sample_articles(samples: Path) -> None:
    with open_published(samples) as reader:
        taken = take_examples(reader)
    assert read_examples() == taken, "run `make examples`"


def test_every_table_of_main_shows_an_example_of_most_of_its_columns() -> None:
    for name, example in read_examples().items():
        contract = next((contract for contract in ALL_TABLES if qualified_name(contract) == name), None)
        if contract:
            shown = [column for column in columns(contract) if column.name not in VARYING and not column.nullable]
            assert {column.name for column in shown} <= set(example), name


def test_every_table_and_link_is_in_one_diagram() -> None:
    drawn = [contract for layout in DIAGRAMS.values() for group in layout for contract in group]
    assert sorted(map(qualified_name, drawn)) == sorted(map(qualified_name, ALL_TABLES))
    found = {(relation.source, relation.column.name) for layout in DIAGRAMS.values() for relation in relations(layout)}
    absent = {
        f"{qualified_name(contract)}.{column.name}"
        for contract in ALL_TABLES
        for column in columns(contract)
        if column.link and (contract, column.name) not in found and column.name != "run_id"
    }
    assert absent == {"main.dim_article.source_uri", "etl.article.article_id"}  # between the two diagrams


@pytest.mark.parametrize("title", DIAGRAMS)
def test_a_drawing_keeps_boxes_apart_and_lines_out_of_them(title: str) -> None:
    drawing = ET.fromstring(svg(title, DIAGRAMS[title]))  # noqa: S314  (our own)
    boxes = [tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height")) for rect in drawing.iter("rect")]
    width, height = map(float, drawing.attrib["viewBox"].split()[2:])
    for number, (x, y, wide, high) in enumerate(boxes):
        assert 0 < x < x + wide < width
        assert 0 < y < y + high < height
        for other_x, other_y, other_wide, other_high in boxes[number + 1 :]:
            assert x + wide < other_x or other_x + other_wide < x or y + high < other_y or other_y + other_high < y
    lines = [path.attrib["d"] for path in drawing.iter("path")]
    assert len(lines) == len(relations(DIAGRAMS[title]))
    for line in lines:
        points = [tuple(map(float, point.split(","))) for point in line.removeprefix("M").split(" L")]
        for (from_x, from_y), (to_x, to_y) in pairwise(points):
            for x, y, wide, high in boxes:
                across = min(from_x, to_x) < x + wide - 1 and max(from_x, to_x) > x + 1
                along = min(from_y, to_y) < y + high - 1 and max(from_y, to_y) > y + 1
                assert not (across and along), line


@pytest.mark.parametrize("title", DIAGRAMS)
def test_mermaid_names_every_table_and_link_in_its_notation(title: str) -> None:
    layout = DIAGRAMS[title]
    lines = mermaid(layout).strip().splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("```mermaid", "erDiagram", "```")
    assert sum(line.endswith("{") for line in lines) == sum(map(len, layout))
    drawn = [line for line in lines if re.fullmatch(r"    \w+ \|[|o](?:--|\.\.)o\{ \w+ : \w+", line)]
    assert len(drawn) == len(relations(layout))
    attributes = [line for line in lines if line.startswith(" " * 8)]
    assert all(re.fullmatch(r" {8}[A-Z]+ \w+(?: PK| FK| PK, FK)?", line) for line in attributes)
