"""The data dictionaries as Markdown, made from the contracts and the vocabularies."""

from inspect import cleandoc

from schemas.codebook import CODEBOOKS, Entry
from schemas.contract import Column, Contract, columns, description, key, qualified_name, table_name
from schemas.reference.registry import REFERENCE_TABLES
from schemas.registry import ALL_TABLES
from schemas.relations import DIAGRAMS, mermaid
from schemas.vocabulary import VOCABULARIES

HEAD = """# Data dictionary

Made by `make docs` from the contracts in schemas/: change them, not this page.
Offsets are code points into `article_text.text`; `substring(text, span_start + 1, span_end - span_start) = surface`.
Times are UTC.
"""


DIAGRAM_HEAD = """# Diagrams

Each with the keys and the columns that name rows of other tables; a broken line where some values have no row there.
"""


def dictionary() -> str:
    """The whole page: diagrams, each table with its columns, then each vocabulary with its definitions."""
    tables = "\n".join(_table(contract) for contract in ALL_TABLES)
    vocabularies = "\n".join(_vocabulary(name) for name in VOCABULARIES)
    diagrams = "\n".join(f"## {title}\n\n{mermaid(layout)}" for title, layout in DIAGRAMS.items())
    return f"{HEAD}\n{DIAGRAM_HEAD}\n{diagrams}\n# Tables\n\n{tables}\n# Vocabularies\n\n{vocabularies}"


REFERENCE_HEAD = """# The reference tables

Made by `make docs` from the contracts in schemas/reference/: change them, not this page.
"""


def reference_dictionary() -> str:
    """The page of the reference tables: what each holds, where it comes from, and its columns."""
    tables = sorted(REFERENCE_TABLES, key=table_name)
    return f"{REFERENCE_HEAD}\n" + "\n".join(_reference_table(contract) for contract in tables)


CODEBOOK_HEAD = """# Codebook of claims

Made by `make docs` from schemas/codebook.py: change it, not this page. Each value of fact_claim's `topic`, `status` and
`modality`: what it means, where it applies, and where it looks as if it did (with the value that applies instead).
IATI: transaction types of the IATI Standard 2.03; FTS: the flows of UN OCHA's Financial Tracking Service.
"""


def codebook() -> str:
    """The page of the values that claims carry, with definitions, examples and counter-examples."""
    parts = (f"## {name}\n\n" + "\n".join(_entry(*item) for item in book.items()) for name, book in CODEBOOKS.items())
    return f"{CODEBOOK_HEAD}\n" + "\n".join(parts)


def _entry(value: str, entry: Entry) -> str:
    lines = [f"### {value}", "", f"{entry.definition}.", ""]
    lines += [f"- {name}: {text}" for name, text in (("subject", entry.subject), ("object", entry.object)) if text]
    lines += [f"- yes: {text}" for text in entry.examples]
    lines += [f"- no: {text}" for text in entry.counter_examples]
    lines += [f"- {name}: {text}" for name, text in (("IATI", entry.iati), ("FTS", entry.fts)) if text]
    return "\n".join([*lines, ""])


def _reference_table(contract: type[Contract]) -> str:
    rows = "\n".join(_row(column) for column in columns(contract))
    head = (
        f"## {table_name(contract)}.csv\n\n{cleandoc(contract.__doc__ or '')}\n\nKey: {', '.join(key(contract))}.\n\n"
    )
    return f"{head}| column | type | empty | description |\n|---|---|---|---|\n{rows}\n"


def _table(contract: type[Contract]) -> str:
    head = f"## {qualified_name(contract)}\n\n{description(contract)} Key: {', '.join(key(contract))}.\n\n"
    rows = "\n".join(_row(column) for column in columns(contract))
    return f"{head}| column | type | null | description |\n|---|---|---|---|\n{rows}\n"


def _row(column: Column) -> str:
    unit = f" [{column.unit}]" if column.unit else ""
    allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
    link = f" Names {column.link.table.removeprefix('main.')}.{column.link.columns[-1]}." if column.link else ""
    return (
        f"| {column.name} | {column.duckdb_type} | {'yes' if column.nullable else 'no'} "
        f"| {column.description}{unit}.{allowed}{link} |"
    )


def _vocabulary(name: str) -> str:
    rows = "\n".join(f"| {value} | {meaning} |" for value, meaning in VOCABULARIES[name].items())
    return f"## {name}\n\n| value | meaning |\n|---|---|\n{rows}\n"
