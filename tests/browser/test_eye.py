"""The eye of the other tests sees what is planted: a check that finds nothing anywhere proves nothing."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import PHONE, open_window
from tests.browser.eye import look

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SOUND = (
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>t</title>"
    "<header><nav><a href='/'>Home</a></nav></header><main><h1>One</h1>"
    "<p style='color:#595959'>words</p>{}</main><footer>end</footer></html>"
)
PLANTED = {
    "<p style='color:#888'>faint</p>": ("faint", "p"),
    "<p style='color:#fff;opacity:1;background:#eee'>white</p>": ("faint", "p"),
    "<div style='width:900px'>wide</div>": ("wide", "div"),
    "<p onclick='x()'>handler</p>": ("foreign", "onclick"),
    "<iframe></iframe>": ("foreign", "iframe"),
    "<a href='javascript:x()'>script</a>": ("foreign", "javascript:"),
    "<a href='http://example.org/'>out</a>": ("foreign", "leads out"),
    "<h3>jump</h3>": ("unsound", "jumps from 1 to 3"),
    "<input>": ("unsound", "no name"),
    "<table><tr><td>1</td></tr></table>": ("unsound", "no header cells"),
    "<p id=a></p><p id=a></p>": ("unsound", "twice"),
}


def test_the_eye_sees_what_is_planted_and_nothing_else(browser: "Browser") -> None:
    with open_window(browser, "about:", PHONE) as window:
        window.page.set_content(SOUND.format(""))
        assert [look(window.page, question) for question in ("faint", "wide", "foreign", "unsound")] == [[]] * 4
        for planted, (question, told) in PLANTED.items():
            window.page.set_content(SOUND.format(planted))
            assert any(told in fault for fault in look(window.page, question)), planted


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("alert(1)", "dialog: 1"),
        ("console.error('no')", "error on"),
        ("null.x", "error: "),
        ("fetch('http://example.org/x')", "request to http://example.org/x"),
    ],
)
def test_a_window_fails_on_what_its_page_does_wrong(browser: "Browser", script: str, told: str) -> None:
    def misbehave() -> None:
        with open_window(browser, "about:") as window:
            window.page.set_content(
                f"<p>text</p><script>setTimeout(() => {{document.title = 'done'; {script}}})</script>"
            )
            window.page.wait_for_function("document.title === 'done'")

    with pytest.raises(pytest.fail.Exception, match=told):
        misbehave()
