"""Write the data dictionary beside the warehouse: `python -m warehouse.dictionary`."""

from pathlib import Path

from schemas.dictionary import dictionary

TARGET = Path(__file__).with_name("DICTIONARY.md")


def write_dictionary(target: Path = TARGET) -> None:
    """Write the page."""
    target.write_text(dictionary(), encoding="utf-8")


if __name__ == "__main__":
    write_dictionary()
