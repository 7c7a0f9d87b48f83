"""How search cuts text into words and folds them, as expressions of SQL: the index and every query use the same."""

from importlib.util import find_spec
from pathlib import Path

import duckdb

from warehouse.reader import OFFLINE

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_OTHER = "|".join(rf"[^\P{{{kind}}}{_UNSPACED}]" for kind in "LMN")
UNSPACED = f"[{_UNSPACED}]"
"""A character of a script that puts no space between words: each is taken as a word of its own."""
WORD = f"{UNSPACED}|(?:{_OTHER})+"
"""A word: letters, marks and digits; RE2 knows no difference of classes, hence the double negation."""
BETWEEN = r"[^\p{L}\p{M}\p{N}]"
"""A character that parts words."""
_ACCENTED = r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}]"


def folded(word: str) -> str:
    """SQL: a word in small letters and without accents, so that "Erdoğan" and "erdogan" are one.

    Marks that are vowels, as in Hindi, stay. The four letters have a stroke, or no dot, that Unicode does not part.
    """
    bare = f"CASE WHEN regexp_matches({word}, '{_ACCENTED}') THEN strip_accents({word}) ELSE {word} END"
    return f"translate(lower({bare}), 'łøđıς', 'lodiσ')"  # noqa: RUF001  (a Greek letter)


def roughly_folded(text: str) -> str:
    """SQL: a whole text in small letters and without marks, for plain matching."""
    return f"lower(strip_accents({text}))"


class NoStemmerError(RuntimeError):
    """The package with DuckDB's full-text extension is missing, or is for another version of DuckDB."""


def load_stemmer(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a connection know `stem`, from the package of the extension: nothing is fetched.

    Raises:
        NoStemmerError: it is not there, or DuckDB refuses it.
    """
    package = find_spec("duckdb_extension_fts")
    folders = (package.submodule_search_locations if package else None) or []
    files = [Path(folder) / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension" for folder in folders]
    found = next((file for file in files if file.exists()), None)
    if found is None:
        message = f"the package duckdb-extension-fts=={duckdb.__version__} is not installed"
        raise NoStemmerError(message)
    path = str(found).replace("'", "''")
    try:
        connection.execute(f"LOAD '{path}'")
    except duckdb.Error as error:
        message = f"the package duckdb-extension-fts does not fit DuckDB {duckdb.__version__}: {error}"
        raise NoStemmerError(message.splitlines()[0]) from error


def check_stemmer() -> None:
    """Load the stemmer once.

    Raises:
        NoStemmerError: it cannot be loaded.
    """
    with duckdb.connect(config=OFFLINE) as connection:
        load_stemmer(connection)
