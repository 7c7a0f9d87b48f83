"""Feeds and sitemaps from a web server that behaves, and from one that does not."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.forget import forget
from flows.job import Job, open_job
from flows.settings import Settings
from flows.sources.discover import SourceFile
from flows.sources.feeds import read_listing
from flows.sources.fetch import Answer, FetchError, FetchRules, refuse_private
from flows.sources.pages import PageRules, fetch_pages
from flows.sources.read import read_articles
from flows.steps import Extracted, fetch_feeds, load_packages, publish_version, read_sources
from tests.integration.flows import web as site
from tests.integration.flows.office import rows
from tests.integration.flows.web import Web, page, rss, web_server

RULES = PageRules(FetchRules("Dateline/test", 0.0, 2.0, 200_000, private=True), most_pages=50, keep_days=30)
STORY = "<p>Japan pledged $2 billion to Kenya on Friday, the foreign ministry said in Tokyo.</p>" * 2


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as server:
        yield server


def fetched(web: Web, folder: Path, rules: PageRules = RULES, feed: str = "/feed") -> dict[str, SourceFile]:
    found = fetch_pages([web.address + feed], folder, rules)
    return {file.uri.removeprefix(web.address): file for file in found}


def refusals(web: Web, folder: Path, **pages: site.Answering) -> dict[str, str]:
    """Why each page of a feed was refused."""
    web.pages |= {f"/{name}": answer for name, answer in pages.items()}
    web.pages["/feed"] = page(rss(*(f"{web.address}/{name}" for name in pages)))
    found = fetched(web, folder)
    return {uri.removeprefix("/"): file.refused or "" for uri, file in found.items()}


def run(web: Web, warehouse: Path) -> Job:
    settings = Settings(warehouse=warehouse, feed_private=True, feed_delay=0, feed_timeout=5)
    with open_job(settings) as job:
        work = read_sources(job, fetch_feeds(job, [f"{web.address}/feed"]), [])
        done = [Extracted(batch, job.workers.extract(batch, job.paths.stage)) for batch in work.batches]
        load_packages(job, work, done)
        publish_version(job)
    return job


def test_the_articles_of_a_feed_are_loaded_with_what_the_feed_says(web: Web, tmp_path: Path) -> None:
    web.pages["/feed"] = page(rss("/a", "/missing"), ETag='"1"')
    web.pages["/a"] = page(site.article(STORY), ETag='"a"')
    job = run(web, tmp_path / "news.duckdb")
    assert (job.record.articles_read, job.record.articles_loaded, job.record.articles_rejected) == (2, 1, 1)
    query = "SELECT url, source_uri, title, source_name, published_on::VARCHAR, published_from FROM dim_article"
    address = f"{web.address}/a"
    assert rows(tmp_path / "news.duckdb", query) == [
        (address, address, "Story 0", "Example News", "2023-11-06", "feed")
    ]
    found = rows(tmp_path / "news.duckdb", "SELECT starts_on::VARCHAR FROM fact_date_mention WHERE surface = 'Friday'")
    assert found == [("2023-11-03",)]
    (detail,) = rows(tmp_path / "news.duckdb", "SELECT detail FROM etl.reject")
    assert "404" in str(detail)


def test_a_second_run_asks_only_whether_the_feed_has_changed(web: Web, tmp_path: Path) -> None:
    web.pages["/feed"] = page(rss("/a"), ETag='"1"')
    web.pages["/a"] = page(site.article(STORY))
    run(web, tmp_path / "news.duckdb")
    web.asked.clear()
    again = run(web, tmp_path / "news.duckdb")
    assert web.paths() == ["/feed"]
    assert web.asked[-1][1]["if-none-match"] == '"1"'
    assert (again.record.articles_read, again.record.state) == (0, "unchanged")


def test_a_page_that_the_feed_tells_as_updated_is_fetched_again(web: Web, tmp_path: Path) -> None:
    web.pages["/feed"] = page(rss("/a"))
    web.pages["/a"] = page(site.article(STORY))
    run(web, tmp_path / "news.duckdb")
    web.pages["/feed"] = page(rss("/a", updated="Tue, 07 Nov 2023 10:00:00 GMT"))
    web.pages["/a"] = page(site.article(STORY.replace("$2", "$3")))
    assert run(web, tmp_path / "news.duckdb").record.articles_loaded == 1
    assert rows(tmp_path / "news.duckdb", "SELECT DISTINCT value FROM fact_figure WHERE unit = 'USD'") == [(3e9,)]


def test_a_forgotten_page_is_not_fetched_again_and_no_copy_of_its_feed_is_kept(web: Web, tmp_path: Path) -> None:
    warehouse = tmp_path / "news.duckdb"
    web.pages["/feed"] = page(rss("/a", "/b"))
    web.pages["/a"] = page(site.article(STORY))
    web.pages["/b"] = page(site.article(STORY.replace("Kenya", "Peru")))
    run(web, warehouse)
    forget(f"{web.address}/a", Settings(warehouse=warehouse))
    web.asked.clear()
    web.pages["/feed"] = page(rss("/a", "/b", updated="Tue, 07 Nov 2023 10:00:00 GMT"))
    run(web, warehouse)
    assert "/a" not in web.paths()
    assert rows(warehouse, "SELECT url FROM dim_article") == [(f"{web.address}/b",)]
    landed = [file.read_bytes() for file in (tmp_path / ".news" / "pages").glob("*/*") if file.name != "state.json"]
    assert not any(b"Kenya" in content or b"Story 0" in content for content in landed)


def test_what_robots_txt_forbids_is_not_fetched(web: Web, tmp_path: Path) -> None:
    web.pages["/robots.txt"] = page("User-agent: *\nDisallow: /secret\n", "text/plain")
    refused = refusals(web, tmp_path, open=page(site.article(STORY)), secret=page(site.article(STORY)))
    assert refused["open"] == ""
    assert "robots.txt" in refused["secret"]
    assert "/secret" not in web.paths()


def test_while_robots_txt_cannot_be_had_nothing_is_fetched(web: Web, tmp_path: Path) -> None:
    web.pages["/robots.txt"] = site.status(500)
    assert "500" in str(refusals(web, tmp_path, a=page(site.article(STORY)))["feed"])
    assert web.paths() == []


def test_a_server_that_misbehaves_costs_its_own_pages_only(web: Web, tmp_path: Path) -> None:
    bomb = gzip.compress(b"x" * 3_000_000)
    refused: dict[str, str] = {}
    for name, answer in {
        "cut": site.cut,
        "drip": site.dripping(web),
        "loop": site.redirect("/loop"),
        "broken": site.status(500),
        "gone": site.status(410),
        "giant": site.giant,
        "bomb": page(bomb, Content_Encoding="gzip"),
        "file": site.redirect("file:///etc/hostname"),
        "good": page(site.article(STORY)),
    }.items():
        refused |= refusals(web, tmp_path / name, **{name: answer})
    expected = {
        "cut": "RemoteProtocolError",
        "drip": "within 2 seconds",
        "loop": "redirects",
        "broken": "500",
        "gone": "410",
        "giant": "more than 0.2 MB",
        "bomb": "more than 0.2 MB",
        "file": "file",
        "good": "",
    }
    assert {name: text for name, text in expected.items() if text not in refused[name]} == {}
    assert refused["good"] == ""


@pytest.mark.parametrize(
    ("kind", "head", "encoding"),
    [
        ("text/html; charset=windows-1252", "", "cp1252"),
        ("text/html", "<meta charset='windows-1252'>", "cp1252"),
        ("text/html; charset=utf-16", "", "utf-16"),
        ("text/html; charset=no-such-thing", "", "utf-8"),
        ("text/html; charset=utf-8", "<meta charset='iso-8859-2'>", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_its_server_or_it_itself_names(
    web: Web, tmp_path: Path, kind: str, head: str, encoding: str
) -> None:
    text = site.article(f"<p>The café in Málaga cost €2 million – said José.</p>{STORY}", head=head)
    web.pages["/feed"] = page(rss("/a"))
    web.pages["/a"] = page(text.encode(encoding), kind)
    (file,) = fetched(web, tmp_path).values()
    (batch,) = read_articles(file, {}, 1_000_000)
    assert "café in Málaga cost €2 million – said José" in batch.articles["text"][0]


def test_private_addresses_are_refused_also_behind_a_redirect(web: Web, tmp_path: Path) -> None:
    closed = replace(RULES, fetch=replace(RULES.fetch, private=False))
    (file,) = fetched(web, tmp_path, closed).values()
    assert "own network" in str(file.refused)
    assert web.asked == []
    for address in (
        "10.0.0.1",
        "::1",
        "169.254.169.254",
        "::ffff:192.168.0.1",
        "fe80::1%eth0",
        "224.0.0.1",
        "127.0.0.1",
    ):
        with pytest.raises(FetchError, match="own network"):
            refuse_private("news.example", ["93.184.216.34", address])
    refuse_private("news.example", ["93.184.216.34", "2606:2800:220:1::1"])


def test_pages_beyond_the_limit_come_with_the_next_run(web: Web, tmp_path: Path) -> None:
    names = [f"/{number}" for number in range(5)]
    web.pages |= dict.fromkeys(names, page(site.article(STORY)))
    web.pages["/feed"] = page(rss(*names))
    few = replace(RULES, most_pages=2)
    assert [len(fetched(web, tmp_path, few)) for _ in range(4)] == [2, 4, 5, 5]
    assert sorted(web.paths()) == sorted([*names, *["/feed"] * 4])


def test_a_page_that_failed_is_left_alone_for_a_while(web: Web, tmp_path: Path) -> None:
    assert "500" in refusals(web, tmp_path, a=site.status(500))["a"]
    web.asked.clear()
    assert fetched(web, tmp_path) == {}
    assert web.paths() == ["/feed"]


def test_pages_are_kept_as_received_and_no_longer_than_the_settings_say(web: Web, tmp_path: Path) -> None:
    body = site.article(STORY)
    web.pages |= {"/feed": page(rss("/a")), "/a": page(body)}
    (file,) = fetched(web, tmp_path).values()
    assert file.path.read_text(encoding="utf-8") == body
    assert fetched(web, tmp_path, replace(RULES, keep_days=0)) == {}
    assert not file.path.exists()
    fetched(web, tmp_path)
    assert web.paths().count("/a") == 1


def test_a_sitemap_and_an_index_of_sitemaps_are_read_also_packed(web: Web, tmp_path: Path) -> None:
    space = (
        "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    )
    news = "<n:news><n:publication_date>2023-11-06</n:publication_date><n:title>Talks</n:title></n:news>"
    inner = f"<urlset {space}><url><loc>/a</loc>{news}</url><url><loc>/a#again</loc></url></urlset>"
    web.pages["/inner.xml.gz"] = page(gzip.compress(inner.encode()), "application/gzip")
    web.pages["/feed"] = page(f"<sitemapindex {space}><sitemap><loc>/inner.xml.gz</loc></sitemap></sitemapindex>")
    web.pages["/a"] = page(site.article(STORY))
    (file,) = fetched(web, tmp_path).values()
    (batch,) = read_articles(file, {}, 1_000_000)
    assert batch.articles.select("title", "published_from", "url").row(0) == ("Talks", "feed", f"{web.address}/a")
    assert str(batch.articles["published_on"][0]) == "2023-11-06"


@pytest.mark.parametrize("body", ["", "no XML", "<html><body>hello</body></html>", "{}", "\x00\x01"])
def test_what_is_no_feed_is_refused_by_name(body: str) -> None:
    with pytest.raises(FetchError):
        read_listing(Answer("http://news.example/feed", body.encode(), None, {}), 1000)


def test_entities_of_a_feed_reach_neither_files_nor_grow() -> None:
    bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    body = f"<?xml version='1.0'?>{bomb}<!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel>"
    body += "<item><title>&j;&f;</title><link>http://news.example/a</link></item></channel></rss>"
    listing = read_listing(Answer("http://news.example/feed", body.encode(), None, {}), 1000)
    assert all("root:" not in str(entry.title) and len(str(entry.title)) < 1000 for entry in listing.entries)
