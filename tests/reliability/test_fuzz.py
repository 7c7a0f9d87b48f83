"""Fuzzing: random and mutated inputs through reader, parser and extractors; none gets out of the reject path.

`DATELINE_FUZZ_SEED` chooses other inputs than the usual ones: `make fuzz` takes a new one each time.
"""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import polars as pl
import pytest

from flows.extract import Extraction, default_extractor, extract
from flows.sources.discover import SourceFile, discover
from flows.sources.read import read_articles
from schemas.contract import table_name
from schemas.registry import FACT_TABLES
from tests.conftest import Figures
from tests.reliability.hostile import Chooser, hostile_text

SEED = int(os.environ.get("DATELINE_FUZZ_SEED", "1822"))
DAYS = (None, "2021-03-05", "0001-01-01", "9999-12-31", "2020-02-29", "1969-12-31", "2021-03-05T23:59:59-12:00")
LINES_A_FILE = 50_000
TIMES, SLACK = 4, 2.5
"""An input so many times as long may take so many times as long, and by this factor longer: the machine is noisy."""


def file_of(path: Path) -> SourceFile:
    """A file as a source."""
    [file] = discover([str(path)], path.parent)
    return file


def write_lines(file: Path, number: int, chosen: Chooser) -> None:
    """So many lines of JSON, some of them cut or with a byte exchanged."""
    with file.open("wb") as out:
        for n in range(number):
            article = {"id": str(n), "text": hostile_text(chosen, 3), "published_on": chosen.choice(DAYS)}
            line = json.dumps({**article, "language": "en"}, ensure_ascii=n % 2 == 0).encode("utf-8", "surrogatepass")
            if chosen.random() < 0.05:
                place = chosen.randrange(1, len(line))  # an empty line is no input
                line = line[:place] + chosen.choice((b"", chosen.randbytes(1) + line[place + 1 :]))
            out.write(line.replace(b"\n", b" ") + b"\n")


def stubborn(articles: pl.DataFrame) -> Iterator[str]:
    """The texts, each alone, on which extraction fails: what a failed batch is cut down to."""
    try:
        extract(articles, default_extractor())
    except Exception as error:  # noqa: BLE001  (whatever it is, it got out)
        if articles.height == 1:
            yield f"{articles.select('published_on', 'text').row(0)}: {type(error).__name__}: {error}"[:500]
            return
        half = articles.height // 2
        yield from stubborn(articles[:half])
        yield from stubborn(articles[half:])


def assert_sound(extraction: Extraction) -> tuple[int, int]:
    """Every fact stands where it says; gives the numbers of facts and of rows that broke a contract."""
    texts = extraction.tables["article_text"]
    facts = 0
    for contract in FACT_TABLES:
        found = extraction.tables[table_name(contract)].join(texts, on="article_id", how="left")
        place = "span" if "span_start" in found.columns else "part"
        length = pl.col(f"{place}_end") - pl.col(f"{place}_start")
        there = found.select(pl.col("text").str.slice(f"{place}_start", length) == pl.col("surface")).to_series()
        assert there.all(), found.filter(~there).head(1).to_dicts()
        facts += found.height
    return facts, extraction.rows_rejected


@pytest.mark.parametrize("number", [50_000, pytest.param(1_000_000, marks=pytest.mark.full)])
def test_no_input_gets_out_of_the_reject_path(number: int, tmp_path: Path, measured: Figures) -> None:
    chosen = random.Random(SEED)  # noqa: S311  (repeatable inputs, no secret)
    articles = rejects = facts = broken = 0
    measured.update(seed=SEED, inputs=number)
    for _ in range(0, number, LINES_A_FILE):
        write_lines(tmp_path / "a.jsonl", LINES_A_FILE, chosen)
        lines = 0
        for batch in read_articles(file_of(tmp_path / "a.jsonl"), {}, 2_000_000):
            refused = batch.rejects.filter(severity="error").height
            lines, rejects = lines + batch.articles.height + refused, rejects + refused
            distinct = batch.articles.unique("article_id", maintain_order=True)  # a byte of an id may be exchanged
            try:
                sound, bad = assert_sound(extract(distinct, default_extractor()))
            except pl.exceptions.PolarsError:
                pytest.fail("\n".join(stubborn(distinct)))
            articles, facts, broken = articles + batch.articles.height, facts + sound, broken + bad
        assert lines == LINES_A_FILE
    measured.update(articles=articles, rejected=rejects, facts=facts, rows_that_broke_a_contract=broken)
    assert broken == 0


UNITS = (
    "1", "1,", "$1 ", "1-", "1.", ". ", "A", "A ", "A.", "a", "Mr. ", "the ", "of the ", "U.S. ", "(", "“", "'", "\n",
    "- ", "May ", "3 May ", "on 3 May 2021 ", "two ", "two million ", "one hundred and ", "percent ", "Bank of ",
    "John ", "President ", "more than ", "last week ", "the end of ", "km ", "€", "\u200d", "\u202e", "e\u0301",
    "\x01\x02", "2021-",
)  # fmt: skip
"""What an endless text may consist of: each alone is harmless."""


def seconds_of(texts: list[str], folder: Path) -> float:
    """CPU time of extracting texts, the better of two."""
    file = folder / "texts.jsonl"
    lines = [json.dumps({"id": str(n), "text": f"{text} End.", "language": "en"}) for n, text in enumerate(texts)]
    file.write_text("\n".join(lines), encoding="utf-8")
    batch = next(read_articles(file_of(file), {}, 100_000_000))
    assert batch.articles.height == len(texts)
    found = []
    for _ in range(2):
        start = process_time()
        extract(batch.articles, default_extractor())
        found.append(process_time() - start)
    return min(found)


def assert_linear(units: list[str], length: int, folder: Path) -> float:
    """Texts of TIMES the length take at most about TIMES as long; gives the seconds of the longer ones."""
    short, long = ([unit * (size // len(unit)) for unit in units] for size in (length, TIMES * length))
    seconds = seconds_of(long, folder)
    assert seconds <= TIMES * SLACK * seconds_of(short, folder), units
    return seconds


def test_endless_texts_together_take_linear_time(tmp_path: Path, measured: Figures) -> None:
    measured["seconds for 800 kB"] = round(assert_linear(list(UNITS), 5000, tmp_path), 2)


def test_an_endless_sentence_full_of_facts_takes_linear_time(tmp_path: Path, measured: Figures) -> None:
    measured["seconds for 320 kB"] = round(assert_linear(["$1 ", "on 3 May 2021 "], 40_000, tmp_path), 2)


@pytest.mark.full
@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_an_endless_text_takes_linear_time(unit: str, tmp_path: Path, measured: Figures) -> None:
    measured["seconds for 2 MB"] = round(assert_linear([unit], 500_000, tmp_path), 2)


@pytest.mark.full
def test_endless_texts_of_random_words_take_linear_time(tmp_path: Path, measured: Figures) -> None:
    chosen = random.Random(SEED)  # noqa: S311  (repeatable inputs, no secret)
    units = [hostile_text(chosen, 2).replace("\n", " ") or "x" for _ in range(200)]
    measured["seconds for 12 MB"] = round(assert_linear([unit + " " for unit in units], 15_000, tmp_path), 2)
