from datetime import date

import polars as pl
import pytest

from schemas.reference.registry import Reference

SOLE_OFFICES = [
    "president",
    "prime minister",
    "chancellor",
    "king",
    "queen",
    "emperor",
    "pope",
    "secretary-general",
    "foreign minister",
    "defence minister",
]
"""Offices of which a country or organisation has one."""

TOP_COUNTRIES = [
    "usa",
    "rus",
    "ukr",
    "gbr",
    "fra",
    "deu",
    "ita",
    "jpn",
    "chn",
    "ind",
    "isr",
    "irn",
    "tur",
    "can",
    "bra",
]


def _folded(alias: str = "alias") -> pl.Expr:
    return pl.col(alias).str.to_lowercase()


def test_every_actor_has_its_own_id_of_its_kind(actors: pl.DataFrame) -> None:
    prefix = {"country": "country", "person": "person", "organisation": "org", "place": "place", "group": "group"}
    expected = pl.col("actor_kind").replace_strict(prefix)
    assert actors["actor_id"].is_unique().all()
    assert actors.filter(pl.col("actor_id").str.split(":").list.first() != expected).is_empty()


def test_a_wikidata_item_stands_for_one_actor_only(actors: pl.DataFrame) -> None:
    ids = actors["wikidata_id"].drop_nulls()
    assert ids.is_unique().all()


def test_parents_exist_and_lead_to_a_root(actors: pl.DataFrame) -> None:
    parents = actors.select("actor_id", "parent_actor_id")
    assert parents.drop_nulls().join(actors, left_on="parent_actor_id", right_on="actor_id", how="anti").is_empty()
    climbing = parents.drop_nulls()
    for _ in range(6):
        climbing = climbing.join(parents, left_on="parent_actor_id", right_on="actor_id", suffix="_of_parent").select(
            "actor_id", parent_actor_id="parent_actor_id_of_parent"
        )
        climbing = climbing.drop_nulls()
    assert climbing.is_empty()


def test_country_codes_are_those_of_countries(actors: pl.DataFrame) -> None:
    countries = actors.filter(pl.col("actor_kind") == "country")
    used = actors.select("country_code").drop_nulls().unique()
    assert countries["country_code"].null_count() == 0
    assert countries.filter(pl.col("actor_id") != "country:" + pl.col("country_code").str.to_lowercase()).is_empty()
    assert used.join(countries, on="country_code", how="anti").is_empty()


def test_every_actor_is_known_by_a_name(actors: pl.DataFrame, aliases: pl.DataFrame) -> None:
    assert actors.join(aliases, on="actor_id", how="anti").is_empty()
    assert aliases.select("alias", "actor_id").is_unique().all()


def test_names_are_written_in_latin_script(aliases: pl.DataFrame) -> None:
    other = r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Thai}\p{Georgian}]"
    assert aliases.filter(pl.col("alias").str.contains(other)).is_empty()
    assert aliases.filter(pl.col("alias") != pl.col("alias").str.strip_chars()).is_empty()


def test_an_alias_has_one_reading_without_context_at_most(aliases: pl.DataFrame) -> None:
    free = aliases.filter(~pl.col("needs_context")).group_by(_folded()).agg(pl.col("actor_id").n_unique())
    assert free.filter(pl.col("actor_id") > 1).is_empty()


def test_ordinary_words_need_context(aliases: pl.DataFrame, reference: Reference) -> None:
    words = reference["common_word"]["word"]
    single = aliases.filter(
        pl.col("actor_kind").is_in(["person", "organisation"])
        & pl.col("alias_type").is_in(["name", "former"])
        & _folded().is_in(words.implode())
    )
    assert single.filter(~pl.col("needs_context")).is_empty()


@pytest.mark.parametrize(
    "alias", ["May", "Turkey", "Jordan", "Georgia", "Chad", "Mali", "Bush", "Clinton", "Apple", "Amazon", "Shell"]
)
def test_a_name_that_is_something_else_as_well_needs_context(aliases: pl.DataFrame, alias: str) -> None:
    rows = aliases.filter(pl.col("alias") == alias)
    assert rows.height
    assert rows["needs_context"].all()


@pytest.mark.parametrize(
    ("alias", "actor_id"),
    [
        ("Ukraine", "country:ukr"),
        ("U.S.", "country:usa"),
        ("DR Congo", "country:cod"),
        ("Türkiye", "country:tur"),
        ("Ukrainian", "group:ukrainians"),
        ("Shiite", "group:shiites"),
        ("Kurdish", "group:kurds"),
        ("Republicans", "group:republicans"),
        ("NATO", "org:nato"),
        ("EU", "org:eu"),
        ("WHO", "org:world-health-organization"),
        ("Knesset", "org:knesset"),
        ("Hamas", "org:hamas"),
        ("White House", "org:white-house"),
        ("Kremlin", "org:kremlin"),
        ("Ukraine Defense Contact Group", "org:ukraine-defense-contact-group"),
        ("Ukraine Defence Contact Group", "org:ukraine-defense-contact-group"),
        ("Kyiv", "place:kyiv-ukr"),
        ("Kiev", "place:kyiv-ukr"),
        ("Paris", "place:paris-fra"),
        ("Avdiivka", "place:avdiivka-ukr"),
        ("Rafah", "place:rafah-pse"),
        ("Biden", "person:joe-biden"),
        ("Putin", "person:vladimir-putin"),
        ("Zelenskyy", "person:volodymyr-zelenskyy"),
        ("Zelensky", "person:volodymyr-zelenskyy"),
        ("Ursula von der Leyen", "person:ursula-von-der-leyen"),
    ],
)
def test_a_name_is_read_without_context(aliases: pl.DataFrame, alias: str, actor_id: str) -> None:
    found = aliases.filter((pl.col("alias") == alias) & ~pl.col("needs_context"))
    assert found["actor_id"].to_list() == [actor_id]


@pytest.mark.parametrize(
    ("alias", "actor_id", "alias_type"),
    [
        ("Kyiv", "org:government-ukr", "capital_metonym"),
        ("Beijing", "org:government-chn", "capital_metonym"),
        ("Washington", "org:government-usa", "capital_metonym"),
        ("Downing Street", "org:downing-street", "government_metonym"),
        ("Ukrainian", "country:ukr", "adjective"),
        ("Swaziland", "country:swz", "former"),
        ("Kenyans", "group:kenyans", "name"),
        ("Congress", "org:us-congress", "name"),
    ],
)
def test_other_readings_stand_beside_it(aliases: pl.DataFrame, alias: str, actor_id: str, alias_type: str) -> None:
    row = aliases.filter((pl.col("alias") == alias) & (pl.col("actor_id") == actor_id))
    assert row["alias_type"].to_list() == [alias_type]


@pytest.mark.parametrize(
    ("actor_id", "wikidata_id"),
    [
        ("country:ukr", "Q212"),
        ("country:usa", "Q30"),
        ("org:nato", "Q7184"),
        ("org:un", "Q1065"),
        ("person:joe-biden", "Q6279"),
        ("person:vladimir-putin", "Q7747"),
        ("place:kyiv-ukr", "Q1899"),
        ("place:berlin-deu", "Q64"),
        ("group:kurds", "Q12223"),
    ],
)
def test_well_known_actors_have_their_wikidata_item(actors: pl.DataFrame, actor_id: str, wikidata_id: str) -> None:
    assert actors.filter(pl.col("actor_id") == actor_id)["wikidata_id"].to_list() == [wikidata_id]


@pytest.mark.parametrize(
    ("kind", "least"),
    [("country", 250), ("person", 1500), ("organisation", 2500), ("place", 3000), ("group", 300)],
)
def test_enough_actors_are_known(actors: pl.DataFrame, kind: str, least: int) -> None:
    assert actors.filter(pl.col("actor_kind") == kind).height >= least


def test_cities_have_a_position(actors: pl.DataFrame) -> None:
    places = actors.filter(pl.col("actor_kind") == "place")
    assert places["latitude"].is_not_null().sum() >= 3000
    assert places.filter(pl.col("latitude").is_null() != pl.col("longitude").is_null()).is_empty()


def test_the_aliases_stay_few_enough_for_one_automaton(aliases: pl.DataFrame) -> None:
    assert aliases.height < 60_000


def test_office_holders_and_what_they_head_are_known(actors: pl.DataFrame, offices: pl.DataFrame) -> None:
    persons = actors.filter(pl.col("actor_kind") == "person")
    assert offices.join(persons, on="actor_id", how="anti").is_empty()
    assert offices.join(actors, left_on="of_actor_id", right_on="actor_id", how="anti").is_empty()
    assert offices.select("actor_id", "office", "of_actor_id", "from_on").is_unique().all()
    assert offices.filter(pl.col("from_on") > pl.col("to_on")).is_empty()


def test_one_person_does_not_hold_an_office_twice_at_a_time(offices: pl.DataFrame) -> None:
    ordered = offices.drop_nulls("from_on").sort("actor_id", "office", "of_actor_id", "from_on")
    following = pl.col("from_on").shift(-1).over("actor_id", "office", "of_actor_id")
    overlapping = ordered.filter(following < pl.col("to_on").fill_null(pl.date(9999, 12, 31)))
    assert overlapping.is_empty()


def test_top_offices_have_one_holder_at_a_time(offices: pl.DataFrame) -> None:
    sole = offices.filter(
        pl.col("office").is_in(SOLE_OFFICES)
        & pl.col("of_actor_id").is_in([f"country:{code}" for code in TOP_COUNTRIES])
    )
    ordered = sole.drop_nulls("from_on").sort("of_actor_id", "office", "from_on")
    following = pl.col("from_on").shift(-1).over("of_actor_id", "office")
    assert ordered.filter(following < pl.col("to_on").fill_null(pl.date(9999, 12, 31))).is_empty()


@pytest.mark.parametrize(
    ("office", "of_actor_id", "day", "holder"),
    [
        ("prime minister", "country:gbr", date(2022, 9, 20), "person:liz-truss"),
        ("prime minister", "country:gbr", date(2023, 11, 6), "person:rishi-sunak"),
        ("president", "country:usa", date(2023, 11, 6), "person:joe-biden"),
        ("president", "country:usa", date(2025, 6, 1), "person:donald-trump"),
        ("president", "country:ukr", date(2013, 1, 1), "person:viktor-yanukovych"),
        ("president", "country:rus", date(2010, 1, 1), "person:dmitry-medvedev"),
        ("prime minister", "country:rus", date(2010, 1, 1), "person:vladimir-putin"),
        ("chancellor", "country:deu", date(2015, 9, 1), "person:angela-merkel"),
        ("chancellor", "country:deu", date(2025, 9, 1), "person:friedrich-merz"),
        ("prime minister", "country:isr", date(2022, 3, 1), "person:naftali-bennett"),
        ("foreign minister", "country:usa", date(2014, 5, 5), "person:john-kerry"),
        ("foreign minister", "country:rus", date(2005, 1, 1), "person:sergey-lavrov"),
        ("defence minister", "country:ukr", date(2023, 6, 1), "person:oleksii-reznikov"),
        ("defence minister", "country:rus", date(2024, 6, 1), "person:andrei-belousov"),
        ("finance minister", "country:gbr", date(2022, 10, 1), "person:kwasi-kwarteng"),
        ("prime minister", "country:jpn", date(2009, 12, 1), "person:yukio-hatoyama"),
        ("president", "country:fra", date(2008, 1, 1), "person:nicolas-sarkozy"),
        ("president", "country:syr", date(2025, 6, 1), "person:ahmed-al-sharaa"),
        ("secretary-general", "org:nato", date(2023, 11, 6), "person:jens-stoltenberg"),
        ("secretary-general", "org:un", date(2010, 1, 1), "person:ban-ki-moon"),
        ("president", "org:european-commission", date(2022, 2, 24), "person:ursula-von-der-leyen"),
        ("managing director", "org:international-monetary-fund", date(2015, 1, 1), "person:christine-lagarde"),
        ("pope", "country:vat", date(2025, 6, 1), "person:pope-leo-xiv"),
    ],
)
def test_who_held_the_office_on_a_day(
    offices: pl.DataFrame, office: str, of_actor_id: str, day: date, holder: str
) -> None:
    held = offices.filter(
        (pl.col("office") == office)
        & (pl.col("of_actor_id") == of_actor_id)
        & (pl.col("from_on") <= day)
        & (pl.col("to_on").fill_null(pl.date(9999, 12, 31)) >= day)
    )
    assert held["actor_id"].to_list() == [holder]
