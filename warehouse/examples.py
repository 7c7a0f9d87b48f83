"""Example rows for the dictionary: one a table, about one claim of the sample articles.

`python -m warehouse.examples FILE` takes them from a warehouse of those articles. They stand in examples.json, and a
test compares the two.
"""

import json
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from schemas.contract import columns, qualified_name
from schemas.registry import ALL_TABLES
from warehouse.reader import Reader, open_published

Examples = Mapping[str, Mapping[str, str]]
"""By table and column, the value as text; what is null, or differs from run to run, is not there."""

FILE = "examples.json"
LONGEST = 60
"""Longest value, in characters; what is longer is cut."""
ANCHOR = """
SELECT claim_id, claim_id AS first_claim_id, figure_id, figure_id AS fact_id, date_id, claim.article_id,
       claim.article_id AS story_id, sentence_no, claim_key, unit, 'EUR' AS currency, topic, status,
       object_actor_id AS actor_id, object_actor_id AS of_actor_id, object_actor_id AS receiver_actor_id,
       published_on, published_on AS day, date_trunc('year', published_on)::DATE AS starts_on, 157 AS number
FROM fact_claim AS claim JOIN fact_figure AS figure USING (figure_id, article_id, sentence_no)
JOIN dim_article USING (article_id)
WHERE claim.surface = '$43.9 billion' ORDER BY claim_id LIMIT 1
"""
"""The claim that the examples are about; a table's row is that which agrees with most of these columns."""
VARYING = frozenset({"source_uri"}).union(
    column.name for contract in ALL_TABLES for column in columns(contract) if column.filled_by_load
)
"""Columns whose values depend on when and where a run ran, as those of schema etl do."""


def read_examples() -> Examples:
    """The examples of every table and mart of main and mart."""
    found: Examples = json.loads((files("warehouse") / FILE).read_text(encoding="utf-8"))
    return found


def take_examples(reader: Reader) -> Examples:
    """The examples that a warehouse of the sample articles gives."""
    names, (values,) = reader.fetch(ANCHOR)
    anchor = dict(zip(names, values, strict=True))
    tables = [qualified_name(contract) for contract in ALL_TABLES]
    marts = reader.rows(
        "SELECT DISTINCT 'mart.' || table_name FROM duckdb_columns() WHERE schema_name = 'mart' ORDER BY 1"
    )
    shown = [name for name in tables if name.startswith("main.")] + [str(name) for (name,) in marts]
    return {name: _example(reader, name, anchor) for name in shown}


def _example(reader: Reader, table: str, anchor: Mapping[str, object]) -> dict[str, str]:
    """The row that agrees with the anchor in most columns; of several the one with fewest nulls, then the least."""
    described = [str(name) for name, *_ in reader.rows(f"DESCRIBE FROM {table}")]
    names = [name for name in described if name not in VARYING]
    known = {name: anchor[name] for name in names if name in anchor}
    agree = " + ".join([*(f"({name} IS NOT DISTINCT FROM ${name})::INTEGER" for name in known), "0"])
    filled = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in names)
    texts = ", ".join(f"{name}::VARCHAR AS {name}" for name in names)
    query = f"SELECT {texts} FROM (FROM {table} ORDER BY {agree} DESC, {filled} DESC, {', '.join(names)} LIMIT 1)"
    found = reader.rows(query, known)
    return {
        name: _cut(str(value)) for row in found for name, value in zip(names, row, strict=True) if value is not None
    }


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


if __name__ == "__main__":
    with open_published(Path(sys.argv[1])) as opened:
        text = json.dumps(take_examples(opened), ensure_ascii=False, indent=1)
    (Path(__file__).parent / FILE).write_text(f"{text}\n", encoding="utf-8")
