"""Properties that hold for any text."""

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.normalise.actors.conftest import Extract

WORDS = st.sampled_from(
    [
        "President",
        "Biden",
        "U.S.",
        "the",
        "said",
        "Ministry",
        "of",
        "Łódź",
        "d'Ivoire",
        "al-Assad",
        "(AFR)",
        "’s",
        "—",
        "😀",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60).map(lambda text: "".join(c for c in text if c.isprintable() or c == "\n")),
    st.lists(WORDS, max_size=12).map(" ".join),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_every_mention_is_the_text_at_its_offsets(extract: Extract, texts: list[str]) -> None:
    mentions = extract(*texts).mentions
    cut = pl.col("text").str.slice("start", pl.col("end") - pl.col("start"))
    assert mentions.filter(cut != pl.col("surface")).height == 0


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=2, max_size=4))
def test_an_article_s_actors_do_not_depend_on_its_neighbours(extract: Extract, texts: list[str]) -> None:
    columns = ["start", "end", "surface", "actor_kind", "resolution", "rule"]
    together = extract(*texts).mentions.filter(pl.col("article_no") == 0).select(columns)
    alone = extract(texts[0]).mentions.select(columns)
    assert together.sort(columns).equals(alone.sort(columns))


def test_names_do_not_overlap(extract: Extract) -> None:
    text = "The U.S. State Department and Israel's Supreme Court met President Joe Biden of the United States."
    names = extract(text).mentions.filter(pl.col("mention_type") == "name").sort("start")
    assert (names["start"].shift(-1) >= names["end"]).drop_nulls().all()


def test_every_discovered_actor_has_its_row(extract: Extract, reference: dict[str, pl.DataFrame]) -> None:
    facts = extract("Hakim Barlas met Mr Sole of the Northern Relief Council. The Sole administration fell.")
    known = pl.concat([facts.actors["actor_id"], reference["actor"]["actor_id"]])
    assert set(facts.mentions["actor_id"]) <= set(known)
    assert facts.actors["actor_id"].is_unique().all()
