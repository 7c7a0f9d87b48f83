"""A corpus of any size out of the sample articles: their sentences in new combinations, under new ids and days."""

import json
import random
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from flows.sources.discover import discover
from flows.sources.read import read_articles

SEED = 20231106
PARAGRAPHS_EACH = 12


def sample_paragraphs() -> list[str]:
    """The paragraphs of the English sample articles."""
    folder = str(files("seeds") / "articles")
    texts = [
        text
        for file in discover([folder], Path.cwd())
        for batch in read_articles(file, {}, 1_000_000)
        for text in batch.articles["text"]
    ]
    return [paragraph for text in texts for paragraph in text.split("\n\n") if paragraph.strip()]


def generate(target: Path, size: int) -> Path:
    """Write JSON Lines with at least `size` bytes of text."""
    paragraphs = sample_paragraphs()
    chosen = random.Random(SEED)  # noqa: S311  (a repeatable corpus, no secret)
    written = number = 0
    with target.open("w", encoding="utf-8") as file:
        while written < size:
            text = "\n\n".join(chosen.sample(paragraphs, k=min(len(paragraphs), PARAGRAPHS_EACH)))
            day = date(2023, 1, 1) + timedelta(days=number % 700)
            file.write(json.dumps({"id": f"g{number}", "published_on": day.isoformat(), "text": text}) + "\n")
            written += len(text.encode())
            number += 1
    return target
