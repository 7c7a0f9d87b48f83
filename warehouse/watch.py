"""What a run's report and its warnings ask of the build file: its rejects, its audits, its forerunners."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

HISTORY = 20
"""Runs before this one that tell what is usual."""

REJECTS_OF = """
SELECT severity, reason, count(*) AS rejects, min(detail) AS for_example
FROM etl.reject WHERE run_id = $run GROUP BY ALL ORDER BY rejects DESC, reason
"""
CHECKS_OF = "SELECT audit, severity, bad_rows, sample FROM etl.check WHERE run_id = $run ORDER BY bad_rows DESC, audit"
NEWEST = """
SELECT max(coalesce(published_at, published_on + INTERVAL 1 DAY - INTERVAL 1 SECOND)) FROM main.dim_article
"""
"""The latest moment at which the newest article may have been published: a day without a time lasts to its end."""
FORERUNNERS = """
SELECT run_id, articles_read, articles_loaded, articles_rejected,
       (SELECT count(*) FROM main.fact_figure AS figure WHERE figure.run_id = run.run_id) AS figures,
       (SELECT count(*) FROM main.dim_article AS article WHERE article.run_id = run.run_id) AS standing
FROM etl.run AS run
WHERE run_id < $run AND state IN ('published', 'partial', 'unchanged')
ORDER BY run_id DESC LIMIT $most
"""


@dataclass(frozen=True, slots=True)
class RunNumbers:
    """What a run took in; `figures` and `standing` are the figures and articles that still stand as it loaded them."""

    run_id: str
    articles_read: int
    articles_loaded: int
    articles_rejected: int
    figures: int
    standing: int


def rejects_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """Severity, reason, number and an example of what a run refused."""
    return _rows(connection, REJECTS_OF, {"run": run_id})


def checks_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """The results of a run's audits."""
    return _rows(connection, CHECKS_OF, {"run": run_id})


def newest_article(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the newest article was published, UTC."""
    found: datetime | None = connection.execute(NEWEST).fetchall()[0][0]
    return found


def forerunners(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[RunNumbers]:
    """The numbers of the runs before this one, the latest first."""
    rows = connection.execute(FORERUNNERS, {"run": run_id, "most": HISTORY}).fetchall()
    return [RunNumbers(*row) for row in rows]


def figures_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> int:
    """How many figures stand as a run loaded them."""
    found: int = connection.execute("SELECT count(*) FROM main.fact_figure WHERE run_id = ?", [run_id]).fetchall()[0][0]
    return found


def _rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, object]) -> list[dict[str, Any]]:
    found = connection.execute(query, parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
