"""What all tests share: no deadlines; figures that they measure are printed below the results."""

import pytest
from hypothesis import settings

settings.register_profile("dateline", deadline=None)  # a busy machine is no finding: what must be fast is measured
settings.load_profile("dateline")
pytest.register_assert_rewrite("tests.reliability")  # its helpers assert, too

Figures = dict[str, object]
"""What a test measured, by the name under which it is printed."""


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Figures:
    """Figures that the summary prints with the test's name, also where xdist's workers ran it."""
    figures: Figures = {}
    request.node.user_properties.append(("measured", figures))
    return figures


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of every test that measured some."""
    lines = [
        f"{report.nodeid.rpartition('/')[2]}: {', '.join(f'{name} {value}' for name, value in figures.items())}"
        for found in ("passed", "failed")
        for report in terminalreporter.getreports(found)
        for name, figures in report.user_properties
        if name == "measured" and report.when == "call" and figures
    ]
    if lines:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(sorted(lines)))
