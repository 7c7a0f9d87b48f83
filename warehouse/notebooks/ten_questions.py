"""Ten questions of a daily user as a marimo notebook over the published warehouse, which it opens read-only.

    marimo edit warehouse/notebooks/ten_questions.py -- --warehouse news.duckdb
    marimo export html warehouse/notebooks/ten_questions.py -o ten_questions.html -- --warehouse news.duckdb
    python warehouse/notebooks/ten_questions.py --warehouse news.duckdb

Questions and queries stand in ten_questions.sql; README shows the same with what the sample articles answer.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Ten questions")

with app.setup:
    from pathlib import Path

    import duckdb
    import marimo as mo
    import polars as pl


@app.function
def read_questions() -> list[tuple[str, str]]:
    """Each question with its query, as ten_questions.sql has them."""
    blocks = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").strip().removesuffix(";").split(";\n")
    asked = (block.strip().partition("\n") for block in blocks)
    return [(question.removeprefix("-- "), query) for question, _, query in asked]


@app.function
def answer(connection: duckdb.DuckDBPyConnection, question: str, query: str) -> mo.Html:
    """Question, query and result; run as a script, the notebook prints the result as well."""
    result: pl.DataFrame = connection.sql(query).pl()
    if mo.app_meta().mode == "script":
        with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=120, fmt_float="full", thousands_separator=True):
            print(f"{question}\n{result}\n")
    return mo.vstack([mo.md(f"## {question}\n```sql\n{query}\n```"), mo.ui.table(result, selection=None)])


@app.cell
def _():
    warehouse = Path(str(mo.cli_args().get("warehouse") or "warehouse/dateline.duckdb"))
    connection = duckdb.connect(str(warehouse), read_only=True)
    mo.md(f"# Ten questions to {warehouse.name}")
    return (connection,)


@app.cell
def _(connection):
    mo.vstack([answer(connection, question, query) for question, query in read_questions()], gap=2)
    return


if __name__ == "__main__":
    app.run()
