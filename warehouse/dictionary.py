"""Write the data dictionaries: `python -m warehouse.dictionary`."""

from collections.abc import Mapping
from pathlib import Path

from schemas.dictionary import codebook, dictionary, reference_dictionary
from warehouse.page.render import dictionary_page
from warehouse.views import mart_page

HERE = Path(__file__).parent


def pages() -> Mapping[Path, str]:
    """Each page by the file it is written to."""
    return {
        HERE / "DICTIONARY.md": dictionary(),
        HERE / "dictionary.html": dictionary_page(),
        HERE / "CODEBOOK.md": codebook(),
        HERE / "MARTS.md": mart_page(),
        HERE.parent / "seeds" / "reference" / "TABLES.md": reference_dictionary(),
    }


def write_pages() -> None:
    """Write all pages."""
    for file, text in pages().items():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages()
