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
        ("in_short", "articles_a_day", "facts_a_day", "newest_articles", "sources", "newest_runs", "rejects"),
    ),
    Page(
        "actors",
        "/actors",
        "Actors",
        "Who is in the news, when, and beside whom.",
        ("most_named", "mentions_over_time", "named_together", "actor_kinds"),
    ),
    Page(
        "figures",
        "/figures",
        "Figures",
        "Money, casualties, polls: what the articles claim in numbers.",
        (
            "money_flows",
            "money_left_out",
            "claims_told",
            "figures_moved",
            "casualties",
            "largest_sums",
            "polls",
            "topics",
        ),
    ),
    Page(
        "dates",
        "/dates",
        "Dates",
        "What the articles say will happen, and when.",
        ("future_days", "future_events", "how_far_ahead"),
    ),
    Page(
        "places", "/places", "Places", "Where the news takes place.", ("places_named", "countries_named", "top_places")
    ),
    Page("articles", "/articles", "Articles", "", ()),
    Page("search", "/search", "Search", "", (), is_listed=False),
    Page(
        "actor",
        "/actor/{actor_id:path}",
        "Actor",
        "",
        ("mentions_over_time", "named_together", "most_named", "claims_told", "money_flows"),
        is_listed=False,
    ),
    Page("claim", "/claim", "Claim", "", ("claim_history", "claim_tellings"), is_listed=False),
)
"""All pages with charts: add the name of a chart where it belongs."""

PAGE = {page.name: page for page in PAGES}
"""A page by its name."""
