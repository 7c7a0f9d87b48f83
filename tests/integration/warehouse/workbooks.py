"""Read an Excel workbook with the standard library: what a cell holds, and of which kind it is."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cell = tuple[str, str]
"""Kind (s text, n number, b flag) and content of a cell."""


def read_sheets(file: Path) -> dict[str, list[dict[str, Cell]]]:
    """The rows of each sheet by its name, each cell by the letters of its column."""
    with ZipFile(file) as book:
        shared = _texts(book)
        names = [sheet.attrib["name"] for sheet in _xml(book, "xl/workbook.xml").iter(f"{MAIN}sheet")]
        return {name: _rows(_sheet(book, number), shared) for number, name in enumerate(names, 1)}


def sheet_xml(file: Path, number: int) -> str:
    """A sheet as it is written."""
    with ZipFile(file) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def _rows(sheet: ET.Element, shared: list[str]) -> list[dict[str, Cell]]:
    return [
        {re.sub(r"\d", "", cell.attrib["r"]): _cell(cell, shared) for cell in row.iter(f"{MAIN}c")}
        for row in sheet.iter(f"{MAIN}row")
    ]


def _cell(cell: ET.Element, shared: list[str]) -> Cell:
    kind = cell.attrib.get("t", "n")
    text = "".join(cell.itertext())
    if kind == "s":
        return "s", shared[int(text)]
    return ("s" if kind == "inlineStr" else kind), text


def _texts(book: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return ["".join(text.itertext()) for text in _xml(book, "xl/sharedStrings.xml").iter(f"{MAIN}si")]


def _sheet(book: ZipFile, number: int) -> ET.Element:
    return _xml(book, f"xl/worksheets/sheet{number}.xml")


def _xml(book: ZipFile, name: str) -> ET.Element:
    return ET.fromstring(book.read(name))  # noqa: S314  (our own file)
