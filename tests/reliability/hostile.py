"""Hostile input, generated: texts that mix news with what breaks programs, and files that hold them well or badly."""

import csv
import gzip
import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
import zstandard

from flows.sources.reference import load_reference

PHRASES = (
    "Kenya received a loan of $2.5 billion from Japan on 3 March 2021.",
    "At least 12 to 15 people were killed in Lagos on Monday, officials said.",
    "President Joe Biden offered €30m a week more than in the third quarter of FY2019.",
    "NATO sent 1,500 soldiers to Poland last week; 3.4 percent more than in May.",
    "The U.N. said two-thirds of the 40,000 displaced had left by the end of 2020, down 7½%.",
    "“We spent £5bn,” Ana Alba, a 51-year-old teacher, told the B.B.C. at 5:30 p.m. on Friday.",
)
POISON = (
    "'; DROP TABLE fact_figure; --",
    '"', "'", "\\", "$1", "${0}", "%s", "{}", "\x00", "\x01", "\x02", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff",
    "\u202e", "\u200f", "\u200d", "\u200b", "\u00ad", "\ufffd", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "e\u0301", "\u0130", "\u00df", "\u1e9e", "\ufb01", "\u0661\u0662\u0663", "\u00bd", "\u2153", "\u2160", "\uff11",
    "\u4e09", "$", "€", "$$$", "1" * 400, "1e400", "-0", "0.0.0.1", "1,2,3,4", "9" * 25, "1/0", "31/31/31",
    "2023-02-30", "24:60:60", "0000", "99999 BC", "the 400th of May", "(", ")", "[", "((((", "....", "- - -", "\u2014",
    "Mr.", "U.S.", "\n", "\n\n", "\r\n", "\t", "\u00a0", " " * 30, ".", "!?", "\u2026", "a" * 300, "A" * 300,
    "million billion trillion",
)  # fmt: skip
"""What text may hold beside news: SQL, patterns, controls, marks, joiners, digits of other scripts, absurd numbers."""

Chooser = random.Random


@cache
def vocabulary() -> tuple[str, ...]:
    """Every short text that stands in a reference table: the words that the rules react to."""
    columns = (
        frame[name].drop_nulls().unique().sort().to_list()
        for frame in load_reference().values()
        for name, kind in frame.schema.items()
        if kind == pl.String and frame.height < 3000
    )
    return tuple(word for column in columns for word in column if len(word) < 40)


def hostile_text(chosen: Chooser, pieces: int = 8) -> str:
    """A short text: phrases of news, words of the rules, poison, and random characters, mutated here and there."""
    kinds: Sequence[Callable[[], str]] = (
        lambda: chosen.choice(PHRASES),
        lambda: " ".join(chosen.choices(vocabulary(), k=chosen.randint(1, 6))),
        lambda: chosen.choice(POISON),
        lambda: str(chosen.choice((chosen.randint(0, 3000), chosen.random() * 1e6, chosen.randint(0, 10**30)))),
        lambda: "".join(chr(chosen.choice((chosen.randint(32, 126), random_point(chosen)))) for _ in range(6)),
    )
    made = [chosen.choices(kinds, (4, 4, 2, 2, 1))[0]() for _ in range(chosen.randint(1, pieces))]
    text = chosen.choice((" ", " ", "", "-", "\n")).join(made)
    return mutated(text, chosen) if chosen.random() < 0.5 else text


def random_point(chosen: Chooser) -> int:
    """A code point that is no surrogate."""
    point = chosen.randint(0, 0x10FFFF)
    return point if not 0xD800 <= point < 0xE000 else 0xFFFD


def mutated(text: str, chosen: Chooser) -> str:
    """The text with a few pieces cut out, doubled, moved or turned round."""
    for _ in range(chosen.randint(1, 4)):
        start, end = sorted(chosen.choices(range(len(text) + 1), k=2))
        piece = text[start:end][:60]
        changed = chosen.choice(("", piece * 2, piece.upper(), piece[::-1], piece + chosen.choice(POISON)))
        text = text[:start] + changed + text[start + len(piece) :]
    return text


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A generated file: its name, its bytes, the ids of the articles that it must give, whether its lines are blank."""

    name: str
    content: bytes
    ids: tuple[str, ...] = ()
    blank: bool = False


NAMES = (
    "plain {n}", "quote'{n}", 'double"{n}', "new\nline{n}", "a;b {n}", "-rf{n}", "{n}%s", "${n}", "`{n}`", "~{n}",
    "$(n){n}", "ünïcode-{n}", "star*{n}", "what?{n}", "[{n}]", "back\\slash{n}", "tab\t{n}", "\u202e{n}", "'; DROP {n}",
)  # fmt: skip
"""Names of files that shells, globs and SQL trip over."""


def hostile_files(number: int, seed: int) -> Iterator[HostileFile]:
    """So many files, of all formats, some sound and some broken, under names of all kinds."""
    chosen = random.Random(seed)  # noqa: S311  (repeatable files, no secret)
    makers = (_lines, _lines, _text, _html, _csv, _parquet, _nothing)
    for n in range(number):
        made = chosen.choice(makers)(n, chosen)
        stem = chosen.choice(NAMES).replace("{n}", str(n)) if chosen.random() < 0.3 else f"file{n}"
        yield _packed(HostileFile(f"{stem}{made.name}", made.content, made.ids, made.blank), chosen)


def write_files(folder: Path, files: Iterator[HostileFile]) -> dict[Path, HostileFile]:
    """Write them below a folder."""
    written = {}
    for file in files:
        path = folder / file.name
        path.write_bytes(file.content)
        written[path] = file
    return written


def _article(n: int, k: int, chosen: Chooser) -> dict[str, str]:
    days = ("2021-03-05", "", "0001-01-01", "9999-12-31", "yesterday", "2023-02-30")
    text = f"{hostile_text(chosen)} Article {n} of {k}."
    return {"id": f"h{n}-{k}", "source": "Hostile", "text": text, "published_on": chosen.choice(days)}


def _lines(n: int, chosen: Chooser) -> HostileFile:
    lines, ids = [], []
    for k in range(chosen.randint(1, 5)):
        article = _article(n, k, chosen)
        lines.append(json.dumps(article, ensure_ascii=chosen.random() < 0.5).encode("utf-8", "surrogatepass"))
        ids.append(article["id"])
        if chosen.random() < 0.3:
            broken = (b"{", b'{"text": 7}', b"[1]", b'{"id": 1}', b"\xff\xfe\xfa", b'{"text": "', b"[" * 500, b"null")
            lines.append(chosen.choice(broken))
    return HostileFile(".jsonl", b"\n".join(lines), tuple(ids))


def _text(n: int, chosen: Chooser) -> HostileFile:
    header = chosen.choice(("", "Date: 4 May 2020\n\n", "Title: \x01\nDate: never\n\n", "---\ntitle: [\n---\n"))
    encoding = chosen.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    text = f"{header}{hostile_text(chosen)} Text {n}."
    return HostileFile(".txt", text.encode(encoding, "replace"))


def _html(n: int, chosen: Chooser) -> HostileFile:
    body = "".join(f"<p>{hostile_text(chosen)} Page {n}.</p>" for _ in range(3))
    page = f"<html><head><title>{chosen.choice(POISON)}</title></head><body><article>{body}</article></body></html>"
    return HostileFile(".html", chosen.choice((page, body, "<" * 50, "<p>" * 2000 + page)).encode("utf-8", "replace"))


def _csv(n: int, chosen: Chooser) -> HostileFile:
    articles = [_article(n, k, chosen) for k in range(chosen.randint(1, 4))]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(articles[0]), delimiter=chosen.choice(",;\t|"), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({field: value.replace("\0", "") for field, value in article.items()} for article in articles)
    broken = chosen.choice(("", "", 'x"y",,"z\r\n', "only one field\r\n"))
    ids = () if broken.startswith("x") else tuple(article["id"] for article in articles)
    return HostileFile(".csv", (stream.getvalue() + broken).encode("utf-8", "replace"), ids)


def _parquet(n: int, chosen: Chooser) -> HostileFile:
    articles = [_article(n, k, chosen) for k in range(chosen.randint(1, 4))]
    stream = io.BytesIO()
    pl.DataFrame(articles).write_parquet(stream)
    if chosen.random() < 0.3:
        return HostileFile(".parquet", stream.getvalue()[: chosen.randint(0, stream.tell())])
    return HostileFile(".parquet", stream.getvalue(), tuple(article["id"] for article in articles))


def _nothing(_: int, chosen: Chooser) -> HostileFile:
    suffix = chosen.choice((".txt", ".jsonl", ".csv", ".parquet", ".html"))
    content = chosen.choice((b"", b"\0" * 100, b" \n\n ", chosen.randbytes(300)))
    return HostileFile(suffix, content, blank=suffix == ".jsonl" and content.isspace())


def _packed(file: HostileFile, chosen: Chooser) -> HostileFile:
    if chosen.random() < 0.7:
        return file
    suffix, pack = chosen.choice(((".gz", gzip.compress), (".zst", zstandard.ZstdCompressor().compress)))
    content = pack(file.content)
    if chosen.random() < 0.2:
        return HostileFile(f"{file.name}{suffix}", content[: len(content) // 2])
    return HostileFile(f"{file.name}{suffix}", content, file.ids, file.blank)
