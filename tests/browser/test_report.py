"""`dateline report`: one file that opens by itself, asks for nothing, and has the numbers of the explorer."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import PHONE, Shoot, Window, open_window
from tests.browser.eye import data, figures, look, wait_until_drawn
from tests.browser.inbox import HOSTILE_SOURCE
from tests.browser.serving import BIN, Explorer

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def report(site: Explorer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("report") / "report.html"
    command = [str(BIN / "dateline"), "report", "--to", str(target), "--warehouse", str(site.warehouse)]
    subprocess.run([*command, "--since", "2023-06-01"], check=True, capture_output=True)
    return target


def test_the_report_opens_from_a_file_and_shows_what_the_explorer_shows(
    report: Path, site: Explorer, browser: "Browser", window: Callable[..., Window], shoot: Shoot
) -> None:
    with open_window(browser, "file://") as opened:
        opened.page.goto(report.as_uri())
        wait_until_drawn(opened.page)
        shoot(opened.page, "report")
        assert look(opened.page, "faint") == []
        assert look(opened.page, "foreign") == []
        assert HOSTILE_SOURCE in (opened.page.locator("main").text_content() or "")
        reported = figures(opened.page)
        page = window().page
        compared = 0
        for path in ("/", "/figures", "/dates"):
            page.goto(site.url(path, since="2023-06-01"))
            for name, figure in figures(page).items():
                if name in reported and figure.locator(".plot").count():
                    assert data(figure)["rows"] == data(reported[name])["rows"], name
                    compared += 1
        assert compared > 3


def test_the_report_fits_a_phone(report: Path, browser: "Browser", shoot: Shoot) -> None:
    with open_window(browser, "file://", PHONE, color_scheme="dark") as opened:
        opened.page.goto(report.as_uri())
        wait_until_drawn(opened.page)
        shoot(opened.page, "report phone dark")
        assert look(opened.page, "wide") == []
        assert look(opened.page, "faint") == []
