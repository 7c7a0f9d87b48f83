"""The command `dateline`. Only commands that start flows import Prefect, and each imports just what it needs."""

# ruff: noqa: PLC0415  (a command imports what it needs when it is called: the others start fast)

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, MissingArgumentError, Parameter
from cyclopts.validators import Number

from flows.cli_actors import actors
from flows.errors import FAILED, WRONG_USE, exit_code_of
from flows.options import ExportOptions, Flag, Flags, Mapping, ReportOptions, SearchOptions, Warehouse
from flows.settings import fault_of, in_force

app = App(
    name="dateline", help="From raw news text to an analytical DuckDB warehouse, with exact offsets for every fact."
)
app.command(actors)


@app.command
def run(
    *sources: str,
    settings: Flags = None,
    dry_run: Annotated[bool, Flag] = False,
) -> int:
    """Bring the facts of all new and changed articles into the warehouse (the Prefect flow `ingest`).

    Example: dateline run archive/ --warehouse news.duckdb

    Args:
        sources: Files, folders, globs, or addresses of feeds and sitemaps; the sample articles where none is named.
        settings: What holds for this run; the environment (DATELINE_WAREHOUSE) and dateline.toml hold otherwise.
        dry_run: Say what would be read and extracted; write nothing.
    """
    from flows.console.run import run_command

    return run_command(in_force(settings, sources=sources or None), dry_run=dry_run)


@app.command
def extract(
    *sources: Annotated[str, Parameter(allow_leading_hyphen=True)],
    to: Path | None = None,
    format_: Annotated[Literal["table", "jsonl"], Parameter(name="--format")] = "table",
    map_: Mapping = (),
) -> int:
    """Print the facts of some text, without warehouse and without Prefect; `-` reads standard input.

    Example: echo "date 2023-11-06 Japan pledged $2 billion on Friday." | dateline extract -

    Args:
        sources: Files, folders or globs; - reads standard input.
        to: Write Parquet files into this folder instead, one a table and batch.
        format_: A table to read, or JSON Lines to process.
        map_: OURS=THEIRS, such as text=body: our field under the source's name.
    """
    from flows.console.extract import extract_command

    return extract_command(sources, to, format_, in_force(map=map_ or None).mapping)


@app.command
def show(article: str, *, claims: Annotated[bool, Flag] = False, warehouse: Warehouse = None) -> int:
    """Print an article with its dates, figures and actors highlighted where they stand.

    Example: dateline show ukraine-peace --claims

    Args:
        article: Its article_id or the start of it, the source's own id, its URL, or a part of its title or source.
        claims: Print the sentences that make claims, each claim with its parties, status and date.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.show import show_command

    return show_command(article, in_force(warehouse=warehouse).warehouse, claims=claims)


@app.command(name="explain")
def explain_claim(claim_id: str, *, warehouse: Warehouse = None) -> int:
    """Print one claim with the words that make it highlighted, its rule, and who else tells it.

    Example: dateline explain ed4a0233b30e701a-c-3475-3488-0

    Args:
        claim_id: The claim, as fact_claim or `dateline show ARTICLE --claims` names it.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.claims import explain_command

    return explain_command(claim_id, in_force(warehouse=warehouse).warehouse)


@app.command
def sql(
    query: str,
    *,
    warehouse: Warehouse = None,
    format_: Annotated[Literal["table", "csv", "json", "parquet"], Parameter(name="--format")] = "table",
    to: Path | None = None,
) -> int:
    """Query the published warehouse, read-only.

    Example: dateline sql "SELECT surface, value, unit FROM fact_figure WHERE dimension = 'money'"

    Args:
        query: One SELECT statement.
        warehouse: The warehouse file, if not that of the settings.
        format_: How to print the result.
        to: Write the result into this file.
    """
    from flows.console.sql import sql_command

    return sql_command(query, in_force(warehouse=warehouse).warehouse, format_, to)


@app.command
def explore(
    *,
    warehouse: Warehouse = None,
    host: str = "127.0.0.1",
    port: Annotated[int, Parameter(validator=Number(gte=0, lte=65535))] = 8765,
    no_browser: Annotated[bool, Flag] = False,
) -> int:
    """Look at the published warehouse in the browser: charts, actors, claims, and articles with their facts.

    Example: dateline explore --warehouse news.duckdb

    Args:
        warehouse: The warehouse file, if not that of the settings.
        host: The address to listen at; any but this machine's own lets others in.
        port: The port; 0 takes any that is free.
        no_browser: Only print the address.
    """
    from flows.console.explore import explore_command

    return explore_command(in_force(warehouse=warehouse).warehouse, host, port, browser=not no_browser)


@app.command
def report(*, to: Path, options: ReportOptions | None = None, warehouse: Warehouse = None) -> int:
    """Write the explorer's charts into one static page that asks for nothing, to be mailed or kept.

    Example: dateline report --to march.html --since 2017-03-01 --until 2017-03-31

    Args:
        to: The page; a file of that name is replaced when all is written.
        options: What the page is limited to, and its heading.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.report import report_command

    return report_command(to, in_force(warehouse=warehouse).warehouse, options or ReportOptions())


@app.command
def export(folder: Path, *, options: ExportOptions | None = None, warehouse: Warehouse = None) -> int:
    """Write tables and marts of the published warehouse into a folder, with a datapackage.json that describes them.

    Example: dateline export out/ --format csv --table mart.claims --table dim_article

    Args:
        folder: A new or empty folder, or an earlier export, which is replaced when all is written.
        options: What to write, and how.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.export import export_command

    return export_command(folder, in_force(warehouse=warehouse).warehouse, options or ExportOptions())


@app.command(name="search")
def search_articles(
    *words: Annotated[str, Parameter(allow_leading_hyphen=True)],
    options: SearchOptions | None = None,
    warehouse: Warehouse = None,
) -> int:
    """Search the articles, titles included: all words must stand there, in any form; the best match comes first.

    A phrase stands in quotes, within those of the shell; -word leaves out the articles that hold it.

    Example: dateline search '"prime minister" sanctions -oil' --since 2023-01-01

    Args:
        words: Words and phrases.
        options: Which articles, how many, and how to print them.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.search import search_command

    return search_command(words, in_force(warehouse=warehouse).warehouse, options or SearchOptions())


@app.command
def status(*sources: str, warehouse: Warehouse = None) -> int:
    """Print the last runs, what is new at the sources, rows a table, rejects by reason, age of the newest article.

    Example: dateline status archive/

    Args:
        sources: Files, folders or globs to compare with the ledger; the sample articles where none is named.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.status import status_command

    settings = in_force(sources=sources or None, warehouse=warehouse)
    return status_command(settings.sources, settings.warehouse)


@app.command
def serve(
    *,
    every: str | None = None,
    cron: str | None = None,
    source: Annotated[tuple[str, ...], Parameter(negative="", show_default=False)] = (),
    settings: Flags = None,
) -> int:
    """Run the flow on a schedule, in this process, until it is told to stop.

    Without a configured Prefect API it starts a Prefect server of its own, with its user interface on port 4200.

    Example: dateline serve --every 15m --source archive/ --warehouse news.duckdb

    Args:
        every: Time between two runs: 90s, 15m, 1h, 1d.
        cron: A schedule in the form of cron, such as "0 * * * *", in UTC.
        source: A file, folder, glob, or address of a feed or sitemap; may be given more than once.
        settings: What holds for the runs; the environment and dateline.toml hold otherwise.
    """
    from flows.console.serve import serve_command

    return serve_command(in_force(settings, sources=source or None, every=every, cron=cron))


@app.command
def doctor(*, warehouse: Warehouse = None) -> int:
    """Check the installation and the warehouse, and say how to mend what is wrong; exit code 1 where something is.

    Example: dateline doctor --warehouse news.duckdb

    Args:
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.doctor import doctor_command

    return doctor_command(in_force(warehouse=warehouse))


@app.command
def config(*, settings: Flags = None) -> int:
    """Print every setting with its value and where it comes from: flag, environment, dateline.toml or default.

    Example: DATELINE_BATCH_MB=4 dateline config

    Args:
        settings: Flags as `dateline run` takes them.
    """
    from flows.console.config import config_command

    return config_command(settings)


@app.command
def diff(
    old: Path,
    new: Path | None = None,
    *,
    format_: Annotated[Literal["table", "json"], Parameter(name="--format")] = "table",
    examples: int = 10,
) -> int:
    """Compare two warehouse files value by value: facts that came, went or changed, by table and rule.

    Example: dateline run --refresh --hold && dateline diff warehouse/dateline.duckdb

    Args:
        old: A warehouse file.
        new: Another; where none is named, what the next run would publish in the place of the first.
        format_: Tables to read, or JSON to process.
        examples: Differences of each kind to show for each table.
    """
    from flows.console.diff import diff_command

    return diff_command(old, new, format_, examples)


@app.command
def forget(article: str, *, warehouse: Warehouse = None) -> int:
    """Remove an article and every trace of its text from all files of the warehouse, and keep it out.

    Example: dateline forget 3f2a9c1e5b7d8f04

    Args:
        article: Its article_id or the start of it, the source's own id, its URL, or a part of its title or source.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.forget import forget_command

    return forget_command(article, in_force(warehouse=warehouse))


@app.command
def rollback(*, to: str | None = None, warehouse: Warehouse = None) -> int:
    """Put an earlier published version back, for readers and as the state from which the next run goes on.

    Example: dateline rollback

    Args:
        to: The version; where none is named, the last one before the published one.
        warehouse: The warehouse file, if not that of the settings.
    """
    from flows.console.rollback import rollback_command

    return rollback_command(in_force(warehouse=warehouse), to)


def main() -> None:
    """Run the command line; errors that a user can mend are one line, with what to do next."""
    try:
        code = app(sys.argv[1:], exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        command = " ".join(["dateline", *(error.command_chain or ())])
        _fail(f"{_wrong_call(error, command)} (see {command} --help)", WRONG_USE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output has gone
        sys.exit(0)
    except KeyboardInterrupt:
        _fail("interrupted: what was published stands, and the next run goes on from there", FAILED)
    except Exception as error:
        known = exit_code_of(error)
        if known is None:
            raise
        told = " (".join([str(error), *(f"{note})" for note in getattr(error, "__notes__", ()))])
        _fail(told, known, getattr(error, "listed", ()))
    sys.exit(code or 0)


def _wrong_call(error: CycloptsError, command: str) -> str:
    """What is wrong with a command line: a missing argument is named as its help names it."""
    if not (isinstance(error, MissingArgumentError) and error.argument):
        return fault_of(error)
    flag = error.argument.name
    by_place = error.argument.field_info.kind is not error.argument.field_info.KEYWORD_ONLY
    return f"{command} needs {flag.lstrip('-').upper() if by_place else flag}"


def _fail(message: str, code: int, listed: Sequence[str] = ()) -> None:
    sys.stderr.write(f"dateline: {' '.join(message.split())}\n")
    sys.stderr.writelines(f"  {' '.join(line.split())}\n" for line in listed)
    sys.exit(code)
