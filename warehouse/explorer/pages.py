"""The pages made of charts: each its address, title, what it is about, and its charts in their order.

A chart that has no file in charts/ is left out, so that a page may name it before it is written.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name, its address, its heading, a line on what it shows, and its charts from top to bottom.

    `is_listed` pages stand in the navigation; the others are about one thing, which their address names.
    """

    name: str
    path: str
    title: str
    intro: str
    charts: tuple[str, ...]
    is_listed: bool = True


PAGES = (
    Page(
        "overview",
        "/",
        "Overview",
        "What the warehouse holds, day by day, and how its last runs went.",
        ("articles_a_day", "newest_runs"),
    ),
    Page("actors", "/actors", "Actors", "Who is in the news, when, and beside whom.", ()),
    Page("figures", "/figures", "Figures", "Money, casualties, polls: what the articles claim in numbers.", ()),
    Page("dates", "/dates", "Dates", "What the articles say will happen, and when.", ()),
    Page("places", "/places", "Places", "Where the news takes place.", ()),
    Page("actor", "/actor/{actor_id:path}", "Actor", "", (), is_listed=False),
    Page("claim", "/claim", "Claim", "", (), is_listed=False),
)
"""All pages with charts: add the name of a chart where it belongs."""

PAGE = {page.name: page for page in PAGES}
"""A page by its name."""
