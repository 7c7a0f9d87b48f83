"""Take out the articles whose sources vanished: only where the user asks for it."""

import duckdb

from schemas.registry import ARTICLE_TABLES, FACT_TABLES
from warehouse.replace import CHANGED, Fill, remove_rows

MOVE_TO_A_COPY = """
UPDATE etl.article AS ledger SET source_uri = copy.source_uri
FROM (
    SELECT article_id, min(source_uri) AS source_uri
    FROM etl.article_copy JOIN etl.source AS source USING (source_uri)
    WHERE source.state <> 'gone'
    GROUP BY article_id
) AS copy
WHERE copy.article_id = ledger.article_id
  AND ledger.source_uri IN (SELECT source_uri FROM etl.source WHERE state = 'gone')
"""
"""An article that another source holds as well belongs to that one from now on."""

MARK_VANISHED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT article_id FROM etl.article
WHERE state IN ('loaded', 'stale') AND source_uri IN (SELECT source_uri FROM etl.source WHERE state = 'gone')
"""


def prune_vanished(connection: duckdb.DuckDBPyConnection, fill: Fill) -> int:
    """Take out every article that no source holds any longer; its facts move to `hist`.

    The ledger keeps it as `pruned`: when it comes back, it is loaded again. Rejects of vanished sources go.

    Returns:
        How many articles were taken out.
    """
    connection.execute(MOVE_TO_A_COPY)
    connection.execute(
        "DELETE FROM etl.reject WHERE source_uri IN (SELECT source_uri FROM etl.source WHERE state = 'gone')"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE loaded AS FROM changed")
    connection.execute(MARK_VANISHED)
    for contract in (*ARTICLE_TABLES, *FACT_TABLES):
        remove_rows(connection, contract, fill)
    pruned: int = connection.execute(f"UPDATE etl.article SET state = 'pruned' WHERE {CHANGED}").fetchall()[0][0]
    connection.execute("INSERT INTO changed FROM loaded")
    return pruned
