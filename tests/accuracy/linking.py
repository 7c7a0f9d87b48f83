"""The part of the accuracy report on links: which annotated items are found, and what the missing ones are."""

import json
from collections import Counter
from pathlib import Path

from warehouse.reader import Reader

ITEMS = "SELECT DISTINCT wikidata_id FROM dim_actor WHERE wikidata_id IS NOT NULL"
MENTIONS = """
SELECT external_id, span_start, span_end, wikidata_id
FROM fact_actor_mention
JOIN dim_actor USING (actor_id)
JOIN dim_article USING (article_id)
WHERE mention_type = 'name' AND wikidata_id IS NOT NULL
"""
LINKED = "linked (overlap + same QID)"
"""The measure of the sets with links."""
SORTS = {"Q215627": "person", "Q27096213": "place", "Q43229": "organisation", "Q2424752": "product or medium"}
"""Wikidata's classes that the sets name, the most telling first."""


def link_section(reader: Reader, gold: Path, names: list[str]) -> str:
    """Annotated links by the sort of their item: found, missing though the tables have the item, missing from them."""
    known = {str(item) for (item,) in reader.rows(ITEMS)}
    linked: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for article, start, end, item in reader.rows(MENTIONS):
        linked.setdefault((str(article), str(item)), []).append((int(str(start)), int(str(end))))
    counts: dict[str, Counter[str]] = {}
    for name in names:
        for line in (gold / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            item = row["wikidata_id"]
            if not (item.startswith("Q") and item[1:].isdigit()):
                continue
            spans = linked.get((row["article_id"], item), [])
            found = any(start < row["end"] and row["start"] < end for start, end in spans)
            state = "found" if found else "known" if item in known else "unknown"
            counts.setdefault(sort_of(row["kind"]), Counter())[state] += 1
    lines = [
        f"| {sort} | {count.total()} | {count['found']} | {count['known']} | {count['unknown']} |"
        for sort, count in sorted(counts.items())
    ]
    head = (
        "## Actors: annotated links by the sort of their item\n\n"
        "| sort | links | found | missing, in the tables | missing, in no table |\n|---|---|---|---|---|"
    )
    return "\n".join([head, *lines, ""])


def sort_of(classes: str) -> str:
    """The sort of an item by its classes; what is none of them is mostly a common noun (a game, a boss, a fire)."""
    given = classes.split("|")
    return next((sort for name, sort in SORTS.items() if name in given), "other")
