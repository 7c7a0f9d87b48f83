"""A run that publishes underneath: the next page has the new version, and nobody meets an error."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.browser.chromium import Window
from tests.browser.eye import data, figures, wait_until_drawn
from tests.browser.inbox import load
from tests.browser.serving import explorer

NEW = {"id": "new", "title": "Bridge opened", "published_on": "2031-04-01", "text": "Japan gave Kenya $9 million."}


def test_the_next_page_shows_what_a_run_published_meanwhile(tmp_path: Path, window: Callable[..., Window]) -> None:
    inbox, warehouse = tmp_path / "inbox", tmp_path / "news.duckdb"
    inbox.mkdir()
    (inbox / "old.jsonl").write_text(json.dumps({**NEW, "id": "old", "published_on": "2031-03-01"}), encoding="utf-8")
    load(inbox, warehouse)
    with explorer(warehouse, tmp_path / "log") as site:
        opened = window()
        opened.origin = site.address
        page = opened.page

        def days() -> list[str]:
            page.goto(site.url("/"))
            wait_until_drawn(page)
            return [str(row[0]) for row in data(figures(page)["articles_a_day"])["rows"]]

        assert days() == ["2031-03-01"]
        version = page.locator("footer").text_content()
        (inbox / "new.jsonl").write_text(json.dumps(NEW), encoding="utf-8")
        load(inbox, warehouse)
        assert days() == ["2031-03-01", "2031-04-01"]
        assert page.locator("footer").text_content() != version
        for turn in range(2):  # more versions than are kept: the one that was open is gone
            (inbox / f"{turn}.jsonl").write_text(json.dumps({**NEW, "id": turn}), encoding="utf-8")
            load(inbox, warehouse)
        assert days() == ["2031-03-01", "2031-04-01"]
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
