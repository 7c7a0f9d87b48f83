"""`make accuracy`: load the gold sets through the pipeline, score them, and write tests/accuracy/REPORT.md.

    python -m tests.accuracy.report GOLD

GOLD is a folder with `score.py` and sets of two files, `AREA/NAME.articles.jsonl` and `AREA/NAME.gold.jsonl`.
Without it only the project's own gate is reported.
"""

import importlib.util
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from flows.settings import Settings
from flows.steps import run_plain
from tests.accuracy.linking import LINKED, link_section
from warehouse.reader import Reader, open_published

HERE = Path(__file__).parent
REPORT = HERE / "REPORT.md"
TARGETS = HERE / "targets.json"
"""F1 to reach by set and measure; R: recall."""
NO_NEWS = HERE / "no_news.json"
"""By set and reason: the cases of a published specification that no news holds."""
HEAD = "# Accuracy\n\nWritten by `make accuracy`. All figures are percent, matched one to one within an article.\n"
AREAS = ("dates", "figures", "actors")
SHOWN_ERRORS = 10
SHOWN_RULES = 25

Scores = dict[str, dict[str, dict[str, float]]]
Span = tuple[int, int, str, str, str]


def main(arguments: Sequence[str]) -> None:
    """Score every set that is there and write the report."""
    gold = Path(arguments[0]) if arguments else Path("missing")
    parts = [
        "# Accuracy\n\nWritten by `make accuracy`. All figures are percent, matched one to one within an article.\n"
    ]
    parts.append(gate_section())
    if (gold / "score.py").exists():
        with tempfile.TemporaryDirectory(prefix="dateline-accuracy-") as folder:
            parts.extend(gold_sections(gold, Path(folder)))
    else:
        parts.append("No gold sets were there: name their folder with `make accuracy SHARED=...`.\n")
    REPORT.write_text("\n".join(parts), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))  # noqa: T201  (the report is what the command is for)


def gate_section() -> str:
    """The floors of the project's own annotated passages."""
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    rows = [f"| {area} | {name} | {value} |" for area, entry in floors.items() for name, value in figures(entry)]
    head = "## The project's own passages: floors that `make test` holds\n\n| area | measure | floor |\n|---|---|---|"
    return "\n".join([head, *rows, ""])


def figures(entry: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Every number of a gate's entry, nested ones by their path."""
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from ((f"{name} {inner}", number) for inner, number in figures(value))
        elif isinstance(value, int | float):
            yield name, value


def gold_sections(gold: Path, folder: Path) -> Iterator[str]:
    """A section of scores, then one of rules and errors for the dates."""
    scorer = load_scorer(gold)
    names = sorted(
        file.relative_to(gold).as_posix().removesuffix(".articles.jsonl") for file in gold.glob("*/*.articles.jsonl")
    )
    scored = [name for name in names if name.split("/")[0] in {"dates", "figures", "actors", "claims"}]
    warehouse = folder / "gold.duckdb"
    run_plain([str(gold / f"{name}.articles.jsonl") for name in scored], Settings(warehouse=warehouse))
    with open_published(warehouse) as reader:
        scores = {name: scorer.score_set(reader.connection, gold, name) for name in scored}
        yield score_section({name: {k: v[0] for k, v in found.items()} for name, found in scores.items() if found})
        yield no_news_section(scorer, reader, gold, folder)
        yield link_section(reader, gold, [name for name in scored if LINKED in (scores[name] or ())])
        yield rule_section(scorer, reader, gold, [name for name in scored if name.startswith("dates/")])


def load_scorer(gold: Path) -> ModuleType:
    """The gold sets' own scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    if spec is None or spec.loader is None:
        message = f"{gold / 'score.py'} cannot be loaded"
        raise ImportError(message)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_section(scores: Scores) -> str:
    """Every measure of every set beside its target."""
    targets = json.loads(TARGETS.read_text(encoding="utf-8"))
    lines = ["## Development sets", "", "| set | measure | P | R | F1 | target |", "|---|---|---|---|---|---|"]
    for name, measures in scores.items():
        for measure, m in measures.items():
            target = targets.get(name, {}).get(measure, "")
            lines.append(f"| {name} | {measure} | {m['P']} | {m['R']} | {m['F1']} | {target} |")
    return "\n".join([*lines, ""])


def no_news_section(scorer: ModuleType, reader: Reader, gold: Path, folder: Path) -> str:
    """Which cases of the specifications are no news and why, and the scores of the others."""
    lines = ["## Specifications: cases that are no news", "", "| set | why | cases |", "|---|---|---|"]
    scores: Scores = {}
    for name, reasons in json.loads(NO_NEWS.read_text(encoding="utf-8")).items():
        if not (gold / f"{name}.gold.jsonl").exists():
            continue
        lines.extend(f"| {name} | {why} | {', '.join(numbers(ids))} |" for why, ids in reasons.items())
        copy_without(gold, folder / "news", name, {case for ids in reasons.values() for case in ids})
        found = scorer.score_set(reader.connection, folder / "news", name)
        scores[f"{name}, the others"] = {measure: values[0] for measure, values in found.items()}
    return "\n".join([*lines, "", score_section(scores).split("\n", 2)[2]])


def numbers(cases: Sequence[str]) -> list[str]:
    """The numbers at the end of the cases' ids."""
    return [case.rsplit("-", 1)[1] for case in cases]


def copy_without(gold: Path, target: Path, name: str, cases: set[str]) -> None:
    """Copy a set's two files without some of its cases."""
    for kind, key in (("articles", "id"), ("gold", "article_id")):
        file = f"{name}.{kind}.jsonl"
        lines = (gold / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        (target / file).write_text("".join(x for x in lines if json.loads(x)[key] not in cases), encoding="utf-8")


def rule_section(scorer: ModuleType, reader: Reader, gold: Path, names: Sequence[str]) -> str:
    """Precision by rule and the most frequent errors over all date sets."""
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for name in names:
        expected = gold_spans(gold / f"{name}.gold.jsonl")
        for article, found in system_spans(reader, name, gold).items():
            wanted = expected.pop(article, [])
            pairs = scorer.match(wanted, found, lambda g, s: scorer.touch(g, s) and g[4] == s[4])
            made.update(span[3] for span in found)
            right.update(found[j][3] for _, j in pairs)
            hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
            errors.update(f"missed or wrong: {w[2].lower()!r}" for i, w in enumerate(wanted) if i not in hit)
            errors.update(f"false or wrong: {f[2].lower()!r}" for j, f in enumerate(found) if j not in used)
    rules = [f"| {rule} | {n} | {100 * right[rule] / n:.1f} |" for rule, n in made.most_common(SHOWN_RULES)]
    worst = [f"| {what} | {n} |" for what, n in errors.most_common(SHOWN_ERRORS)]
    head = (
        "## Dates: precision by rule (span touched and value right)\n\n| rule | mentions | precision |\n|---|---|---|"
    )
    tail = "\n## Dates: the most frequent errors\n\n| error | times |\n|---|---|"
    return "\n".join([head, *rules, tail, *worst, ""])


def gold_spans(file: Path) -> dict[str, list[Span]]:
    """The annotated spans by article."""
    spans: dict[str, list[Span]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans.setdefault(row["article_id"], []).append((row["start"], row["end"], row["surface"], "", row["value"]))
    return spans


def system_spans(reader: Reader, name: str, gold: Path) -> dict[str, list[Span]]:
    """The date mentions of a set's articles, by the source's own id."""
    ids = [
        json.loads(line)["id"] for line in (gold / f"{name}.articles.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    query = (
        "SELECT external_id, span_start, span_end, surface, rule, timex_value FROM fact_date_mention "
        "JOIN dim_article USING (article_id) WHERE resolution <> 'event' AND list_contains($ids, external_id)"
    )
    spans: dict[str, list[Span]] = {article: [] for article in ids}
    for article, *span in reader.rows(query, {"ids": ids}):
        spans[str(article)].append(tuple(span))  # type: ignore[arg-type]
    return spans


if __name__ == "__main__":
    main(sys.argv[1:])
