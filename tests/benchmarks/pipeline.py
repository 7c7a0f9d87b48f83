"""`make bench`: MB/s of each stage and peak memory, from file to published warehouse, as JSON.

    python -m tests.benchmarks.pipeline [CORPUS] [--repeat N] [--to bench.json]

Without a corpus one is generated from the sample articles. Prefect's start is not measured.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from flows.extract import default_extractor
from flows.normalise.actors import extract_actors
from flows.normalise.dates import extract_dates
from flows.normalise.figures import extract_figures
from flows.parse.batch import parse_articles
from flows.settings import Settings
from flows.sources.discover import discover
from flows.sources.read import read_articles
from flows.steps import run_plain
from tests.benchmarks.corpus import generate

MEGABYTE = 1_000_000
TARGETS = {"dates": 25, "figures": 25, "actors": 15, "total": 5}
"""MB/s to reach on two cores."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, help="a generated one where it is missing")
    parser.add_argument("--repeat", type=int, default=3, help="how often each stage alone is measured; the best counts")
    parser.add_argument("--to", type=Path, default=Path("bench.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        found = options.corpus is not None and options.corpus.exists()
        corpus = options.corpus if found else generate(Path(folder) / "generated.jsonl", 12 * MEGABYTE)
        result: dict[str, Any] = {"corpus": corpus.name, **whole_run(corpus, Path(folder))}
        result["stages_alone"] = stages_alone(corpus, options.repeat)
    options.to.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))  # noqa: T201  (the result is what the command is for)


def whole_run(corpus: Path, folder: Path) -> dict[str, Any]:
    """From file to published warehouse, extractor compiled beforehand, as in any process after its first batch."""
    default_extractor()
    start = time.perf_counter()
    record = run_plain([str(corpus)], Settings(warehouse=folder / "bench.duckdb")).record
    seconds = time.perf_counter() - start
    megabytes = record.bytes_read / MEGABYTE
    stages = {
        name: getattr(record, f"{name}_seconds") or 0.0 for name in ("read", "extract", "load", "publish", "index")
    }
    return {
        "articles": record.articles_read,
        "megabytes": round(megabytes, 2),
        "facts": record.rows_loaded,
        "total_mb_per_s": round(megabytes / seconds, 2),
        "total_seconds": round(seconds, 2),
        "seconds": {name: round(value, 2) for name, value in stages.items()},
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "targets_mb_per_s": TARGETS,
    }


def stages_alone(corpus: Path, repeat: int) -> dict[str, float]:
    """MB/s of each stage by itself over one batch of the corpus, the best of some repetitions."""
    extractor = default_extractor()
    raw = pl.concat(
        batch.articles
        for file in discover([str(corpus)], Path.cwd())
        for batch in read_articles(file, {}, 16 * MEGABYTE)
    )
    megabytes = int(raw["text"].str.len_bytes().sum()) / MEGABYTE
    parsed = parse_articles(raw, extractor.parse)
    dates = extract_dates(parsed.articles, parsed.sentences, extractor.dates)
    stages: dict[str, Callable[[], object]] = {
        "parse": lambda: parse_articles(raw, extractor.parse),
        "dates": lambda: extract_dates(parsed.articles, parsed.sentences, extractor.dates),
        "figures": lambda: extract_figures(parsed.articles, parsed.sentences, dates, extractor.figures),
        "actors": lambda: extract_actors(parsed.articles, parsed.sentences, dates, extractor.actors),
    }
    return {name: round(megabytes / best_of(repeat, stage), 1) for name, stage in stages.items()}


def best_of(repeat: int, stage: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        stage()
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    main()
