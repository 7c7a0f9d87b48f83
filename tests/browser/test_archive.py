"""The explorer over an archive of thousands of articles, where the project's real corpus lies beside it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.addresses import PAGES
from tests.browser.chromium import open_window
from tests.browser.eye import seconds_to_load
from tests.browser.inbox import load
from tests.browser.serving import Explorer, explorer
from tests.conftest import Figures

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared"))
NEWS = SHARED / "corpora" / "news2017.articles.jsonl.gz"
SECONDS = 3.0
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not NEWS.exists(), reason=f"{NEWS} is not there: set SHARED to the folder of the real articles"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    folder = tmp_path_factory.mktemp("archive")
    load(NEWS, folder / "news.duckdb")
    with explorer(folder / "news.duckdb", folder / "log") as running:
        yield running
    assert "Traceback" not in running.log.read_text(encoding="utf-8")


def test_each_page_of_an_archive_stands_in_three_seconds(
    browser: "Browser", archive: Explorer, measured: Figures
) -> None:
    with open_window(browser, archive.address) as window:
        for name, address in PAGES.items():
            measured[name] = round(seconds_to_load(window.page, address(archive), SECONDS), 2)
    assert {name: seconds for name, seconds in measured.items() if float(str(seconds)) >= SECONDS} == {}
