"""The article the project began from, read from its file and extracted whole: every fact a reader would name."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from flows.extract import Extraction, default_extractor, extract
from flows.sources.discover import discover
from flows.sources.read import read_articles

SEED = "2023-11-06-ukraine-peace-talks.txt"


@pytest.fixture(scope="module")
def seed() -> Extraction:
    (file,) = discover([str(files("seeds") / "articles" / SEED)], Path.cwd())
    (batch,) = read_articles(file, {}, 1_000_000)
    return extract(batch.articles, default_extractor())


def test_the_header_gives_the_day_and_is_no_text(seed: Extraction) -> None:
    article = seed.tables["dim_article"].row(0, named=True)
    assert (article["published_on"], article["published_from"]) == (date(2023, 11, 6), "header")
    assert seed.tables["article_text"]["text"][0].startswith("Amidst the ongoing conflict in Ukraine")


def test_every_row_holds_its_contract(seed: Extraction) -> None:
    assert seed.rows_rejected == 0
    assert seed.tables["reject"].is_empty()


@pytest.mark.parametrize(
    ("surface", "ends_on", "resolution"),
    [
        ("the end of the year", date(2023, 12, 31), "publication"),
        ("the year’s end", date(2023, 12, 31), "publication"),
        ("2022", date(2022, 12, 31), "explicit"),
    ],
)
def test_dates(seed: Extraction, surface: str, ends_on: date, resolution: str) -> None:
    (row,) = seed.tables["fact_date_mention"].filter(surface=surface).iter_rows(named=True)
    assert (row["ends_on"], row["resolution"]) == (ends_on, resolution)


@pytest.mark.parametrize(("words", "day"), [("Russia", date(2022, 2, 24)), ("Israel-Hamas war", date(2023, 10, 7))])
def test_named_events_date_what_hangs_on_them(seed: Extraction, words: str, day: date) -> None:
    events = seed.tables["fact_date_mention"].filter(resolution="event")
    (row,) = events.filter(pl.col("surface").str.contains(words, literal=True)).iter_rows(named=True)
    assert (row["starts_on"], row["ends_on"]) == (day, day)


@pytest.mark.parametrize(
    ("surface", "value", "bound", "unit", "counted"),
    [
        ("50", 50.0, "over", None, "nation"),
        ("$43.9 billion", 43.9e9, "exact", "USD", None),
        ("$5 billion", 5e9, "about", "USD", None),
        ("41%", 41.0, "exact", "percent", None),
    ],
)
def test_figures(
    seed: Extraction, surface: str, value: float, bound: str, unit: str | None, counted: str | None
) -> None:
    (row,) = seed.tables["fact_figure"].filter(surface=surface).iter_rows(named=True)
    assert row["value"] == pytest.approx(value)
    assert (row["bound"], row["unit"], row["counted"]) == (bound, unit, counted)


def test_figures_are_these_and_no_other(seed: Extraction) -> None:
    assert seed.tables["fact_figure"]["surface"].to_list() == ["50", "$43.9 billion", "$5 billion", "41%"]


@pytest.mark.parametrize(
    ("surface", "actor", "mention_type"),
    [
        ("United States", "country:usa", "name"),
        ("U.S.", "country:usa", "name"),
        ("Ukraine", "country:ukr", "name"),
        ("Russia", "country:rus", "name"),
        ("European officials", "group:europeans:officials", "composite"),
        ("Ukraine Defense Contact Group", "org:ukraine-defense-contact-group", "name"),
        ("NATO", "org:nato", "name"),
        ("Biden administration", "person:joe-biden:government", "composite"),
        ("Biden", "person:joe-biden", "name"),
        ("Zelenskyy", "person:volodymyr-zelenskyy", "name"),
        ("Israel", "country:isr", "name"),
        ("Hamas", "org:hamas", "name"),
        ("congressional Republicans", "group:republicans:legislators", "composite"),
        ("White House", "org:white-house", "name"),
        ("Vladimir Putin", "person:vladimir-putin", "name"),
        ("Putin", "person:vladimir-putin", "name"),
        ("Kyiv", "place:kyiv-ukr", "name"),
    ],
)
def test_actors(seed: Extraction, surface: str, actor: str, mention_type: str) -> None:
    found = seed.tables["fact_actor_mention"].filter(surface=surface)
    assert found.select("actor_id", "mention_type").unique().rows() == [(actor, mention_type)]


def test_titles_stand_outside_the_span_as_roles(seed: Extraction) -> None:
    found = seed.tables["fact_actor_mention"].filter(pl.col("role") == "President")
    assert {"Biden", "Zelenskyy", "Vladimir Putin"} <= set(found["surface"])


@pytest.mark.parametrize(
    ("surface", "value", "bound", "status", "day"),
    [
        ("$43.9 billion", 43.9e9, "exact", "approved", date(2022, 2, 24)),
        ("$5 billion", 5e9, "about", "remaining", None),
    ],
)
def test_claims(seed: Extraction, surface: str, value: float, bound: str, status: str, day: date | None) -> None:
    days = seed.tables["fact_date_mention"].select("date_id", "starts_on")
    figures = seed.tables["fact_figure"].select("figure_id", "value", "bound", "unit")
    claims = seed.tables["fact_claim"].join(figures, on="figure_id").join(days, on="date_id", how="left")
    (claim,) = claims.filter(surface=surface).iter_rows(named=True)
    assert (claim["topic"], claim["status"], claim["modality"]) == ("aid", status, "asserted")
    assert (claim["subject_surface"], claim["subject_actor_id"]) == (
        "Biden administration",
        "person:joe-biden:government",
    )
    assert (claim["object_surface"], claim["object_actor_id"]) == ("Ukraine", "country:ukr")
    assert (claim["value"], claim["bound"], claim["unit"], claim["starts_on"]) == (value, bound, "USD", day)


def test_aid_is_claimed_twice_and_no_more(seed: Extraction) -> None:
    assert seed.tables["fact_claim"].filter(topic="aid").height == 2
