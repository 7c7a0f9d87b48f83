"""The addresses of the explorer that the tests visit: every page, with one thing of each kind."""

from collections.abc import Callable
from urllib.parse import quote

from tests.browser.inbox import HOSTILE_ACTOR
from tests.browser.serving import Explorer

ARTICLE = "SELECT article_id FROM dim_article WHERE external_id = '{}'"
BUSIEST = "SELECT article_id FROM fact_claim GROUP BY ALL ORDER BY count(*) DESC, article_id LIMIT 1"
RETOLD = "SELECT claim_key FROM mart.claims ORDER BY stories DESC, tellings DESC, claim_key LIMIT 1"
ACTOR = f"SELECT actor_id FROM dim_actor WHERE name = '{HOSTILE_ACTOR}'"


def of_article(external_id: str) -> Callable[[Explorer], str]:
    """The page of an article of the inbox."""
    return lambda site: site.url(f"/article/{site.value(ARTICLE.format(external_id))}")


PAGES: dict[str, Callable[[Explorer], str]] = {
    "overview": lambda site: site.url("/"),
    "actors": lambda site: site.url("/actors"),
    "actor": lambda site: site.url("/actor/country:usa"),
    "figures": lambda site: site.url("/figures"),
    "claim": lambda site: site.url("/claim", key=str(site.value(RETOLD))),
    "dates": lambda site: site.url("/dates"),
    "places": lambda site: site.url("/places"),
    "articles": lambda site: site.url("/articles"),
    "search": lambda site: site.url("/search", q="talks"),
    "article": lambda site: site.url(f"/article/{site.value(BUSIEST)}"),
}
"""The pages of any warehouse, and their addresses."""
ADDRESSES = PAGES | {
    "actor of the user": lambda site: site.url(f"/actor/{quote(str(site.value(ACTOR)))}"),
    "article of scripts": of_article("script"),
    "article of links": of_article("link"),
    "article of long words": of_article("long"),
    "article without a day": of_article("undated"),
}
"""The pages of the tests' warehouse."""
