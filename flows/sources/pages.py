"""The pages of feeds and sitemaps, landed as they were received, so that a run can be repeated."""

import hashlib
import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.sources.discover import SourceFile
from flows.sources.feeds import Entry, Listing, read_listing
from flows.sources.fetch import Answer, Fetcher, FetchError, FetchRules

DAY = 86_400.0
MOST_SITEMAPS = 50
"""Sitemaps of an index that are read, in their order."""
HOSTS_AT_ONCE = 8
FIRST_WAIT = 900.0
"""Seconds until a page that failed is asked for again; twice as long each time, at most a day."""
HOST_GIVEN_UP = 3
"""Failures in a row after which a host is left alone for this run."""
STATE, COPY, PAGE, ABOUT = "state.json", "feed", ".page", ".json"


@dataclass(frozen=True, slots=True)
class PageRules:
    """How to take pages: how to fetch, how many in one run, for how many days to keep them, and which never to take."""

    fetch: FetchRules
    most_pages: int
    keep_days: float
    barred: Collection[str] = ()


@dataclass(slots=True)
class Feed:
    """One feed and what is known of it; `state` lies as JSON beside its pages.

    The state has `feed` (what its server said of the copy at hand), `pages` (by address: file, updated, validators,
    fetched_at, or failures, next_try, error).
    """

    url: str
    folder: Path
    state: dict[str, Any]
    refused: list[SourceFile] = field(default_factory=list)

    @property
    def pages(self) -> dict[str, dict[str, Any]]:
        """What is known of each page."""
        pages: dict[str, dict[str, Any]] = self.state["pages"]
        return pages

    def keep(self) -> None:
        """Write the state, whole or not at all."""
        _write(self.folder / STATE, json.dumps(self.state).encode())


def fetch_pages(feeds: Iterable[str], folder: Path, rules: PageRules) -> list[SourceFile]:
    """Fetch what is new in the feeds, and give all landed pages of theirs as sources.

    What could not be fetched is a source that is refused with the reason, never an error.

    Args:
        feeds: addresses of feeds and sitemaps.
        folder: where the pages lie.
        rules: how to take them.
    """
    found: dict[str, SourceFile] = {}
    left = rules.most_pages
    for url in dict.fromkeys(feeds):
        feed = _open_feed(url, folder)
        listed = _entries(feed, rules)
        entries = [entry for entry in listed if entry.url not in rules.barred]
        if len(entries) < len(listed):
            (feed.folder / COPY).unlink(missing_ok=True)  # it may quote what is barred
        wanted = [entry for entry in entries if _is_due(feed, entry)][:left]
        left -= len(wanted)
        _fetch_wanted(feed, wanted, rules.fetch)
        _forget(feed, {entry.url for entry in entries}, rules.keep_days)
        feed.keep()
        for file in (*_landed(feed), *feed.refused):
            found.setdefault(file.uri, file)
    return sorted(found.values(), key=lambda file: file.uri)


def page_about(file: SourceFile) -> dict[str, str]:
    """What the feed and the server said of a landed page: url, charset, title, published_on, source."""
    about: dict[str, str] = json.loads(file.path.with_suffix(ABOUT).read_text(encoding="utf-8"))
    return about


def _open_feed(url: str, folder: Path) -> Feed:
    place = folder / hashlib.sha256(url.encode()).hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    try:
        state = json.loads((place / STATE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        state = {"url": url, "feed": {}, "pages": {}}
    return Feed(url, place, state)


def _entries(feed: Feed, rules: PageRules) -> list[Entry]:
    """The entries of a feed; what cannot be read of it is refused by name."""
    fetcher = Fetcher(rules.fetch)
    try:
        listing = _listing(feed, fetcher)
        entries = listing.entries
        for sitemap in listing.sitemaps[:MOST_SITEMAPS]:
            try:
                entries += read_listing(fetcher.fetch(sitemap), rules.fetch.most_bytes).entries
            except FetchError as error:
                feed.refused.append(_refusal(sitemap, feed.folder, error))
    except FetchError as error:
        feed.refused.append(_refusal(feed.url, feed.folder, error))
        return []
    finally:
        fetcher.close()
    return entries


def _listing(feed: Feed, fetcher: Fetcher) -> Listing:
    """What a feed lists: as it is now, or as it was where the server says that it has not changed."""
    copy = feed.folder / COPY
    known = feed.state["feed"]
    answer = fetcher.fetch(feed.url, known.get("validators") if copy.exists() else None)
    if answer.body is None:
        answer = Answer(known["url"], copy.read_bytes(), known["charset"], known["validators"])
    listing = read_listing(answer, fetcher.rules.most_bytes)
    _write(copy, answer.body or b"")
    validators = dict(answer.validators)
    feed.state["feed"] = {"url": answer.url, "charset": answer.charset, "validators": validators}
    return listing


def _is_due(feed: Feed, entry: Entry) -> bool:
    known = feed.pages.get(entry.url)
    if known is None:
        return True
    if "error" in known:
        return bool(known["next_try"] <= time.time())
    return bool(entry.updated and entry.updated != known["updated"])


def _fetch_wanted(feed: Feed, wanted: list[Entry], rules: FetchRules) -> None:
    """Fetch pages, several hosts at once, one page of a host after the other."""
    hosts: dict[str, list[Entry]] = {}
    for entry in wanted:
        hosts.setdefault(urlsplit(entry.url).netloc, []).append(entry)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for done in pool.map(lambda entries: _fetch_host(feed, entries, rules), hosts.values()):
            feed.pages.update(done)


def _fetch_host(feed: Feed, entries: list[Entry], rules: FetchRules) -> dict[str, dict[str, Any]]:
    fetcher = Fetcher(rules)
    done: dict[str, dict[str, Any]] = {}
    failures = 0
    for entry in entries:
        if failures == HOST_GIVEN_UP:
            break
        known = feed.pages.get(entry.url, {})
        try:
            done[entry.url] = _fetch_page(feed, entry, known, fetcher)
            failures = 0
        except FetchError as error:
            done[entry.url] = _failure(known, error)
            failures += 1
            feed.refused.append(_refusal(entry.url, feed.folder, error))
    fetcher.close()
    return done


def _fetch_page(feed: Feed, entry: Entry, known: Mapping[str, Any], fetcher: Fetcher) -> dict[str, Any]:
    name = hashlib.sha256(entry.url.encode()).hexdigest()[:16]
    page = feed.folder / f"{name}{PAGE}"
    answer = fetcher.fetch(entry.url, known.get("validators") if page.exists() else None)
    if answer.body is not None:
        about = {
            "url": entry.url,
            "charset": answer.charset,
            "title": entry.title,
            "published_on": entry.published,
            "source": entry.source,
        }
        _write(page.with_suffix(ABOUT), json.dumps(about).encode())
        _write(page, answer.body)
    validators = dict(answer.validators)
    return {"file": page.name, "updated": entry.updated, "validators": validators, "fetched_at": time.time()}


def _failure(known: Mapping[str, Any], error: FetchError) -> dict[str, Any]:
    failures = int(known.get("failures", 0)) + 1
    wait = max(error.wait or 0.0, FIRST_WAIT * 2 ** (failures - 1))
    return {"error": str(error), "failures": failures, "next_try": time.time() + min(wait, DAY)}


def _landed(feed: Feed) -> Iterator[SourceFile]:
    for url, known in feed.pages.items():
        page = feed.folder / known.get("file", "")
        if "file" in known and page.exists():
            status = page.stat()
            yield SourceFile(url, page, url, status.st_size, status.st_mtime_ns, "page", None)


def _forget(feed: Feed, listed: set[str], keep_days: float) -> None:
    """Remove pages that were kept long enough, and what is known of them once the feed lists them no longer."""
    end = time.time() - keep_days * DAY
    for url, known in list(feed.pages.items()):
        if known.get("fetched_at", end) > end:
            continue
        if "file" in known:
            page = feed.folder / known["file"]
            page.unlink(missing_ok=True)
            page.with_suffix(ABOUT).unlink(missing_ok=True)
        if url not in listed:
            del feed.pages[url]


def _refusal(url: str, folder: Path, error: FetchError) -> SourceFile:
    return SourceFile(url, folder / "none", url, 0, 0, "page", None, refused=str(error))


def _write(file: Path, content: bytes) -> None:
    draft = file.with_name(f".{file.name}")
    draft.write_bytes(content)
    draft.replace(file)
