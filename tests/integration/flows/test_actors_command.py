"""`dateline actors`, run as a user runs it: the actors are found by the runs of their warehouse, and by no others."""

import json
from pathlib import Path

import pytest

from tests.integration.flows.office import call_dateline

TEXT = "date 2023-11-06 Quillmark Works said Jane Q. Roe met Vova Quimby. Tebbit Neft sold it to Quillmark."
ACTORS = """name,actor_kind,aliases,country_code,wikidata_id
Quillmark Works,organisation,Quillmark,USA,
Jane Q. Roe,person,,GBR,
Vladimir Putin,person,Vova Quimby,,Q7747
"""
FAULTY = """name,actor_kind,country_code,parent_actor_id,latitude,wikidata_id
Quillmark Works,firm,,,,
Jane Q. Roe,person,gb,,,
Jane R. Roe,person,,org:nobody,,
Jane S. Roe,person,,,north,
Vladimir Putin,organisation,,,,Q7747
,person,,,,
Jane Q. Roe,person,,,,
"""
MENTIONS = "SELECT surface, actor_id FROM fact_actor_mention ORDER BY span_start"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with an article, a CSV of actors and a file of entities."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "works.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "actors.csv").write_text(ACTORS, encoding="utf-8")
    (tmp_path / "faulty.csv").write_text(FAULTY, encoding="utf-8")
    entity = {"id": "NK-1", "schema": "Company", "properties": {"name": ["TEBBIT NEFT"], "country": ["ru"]}}
    sanction = {"id": "s", "schema": "Sanction", "properties": {"entity": ["NK-1"]}}
    lines = "".join(json.dumps(found) + "\n" for found in (entity, sanction))
    (tmp_path / "entities.ftm.json").write_text(lines, encoding="utf-8")
    return tmp_path


@pytest.mark.prefect
@pytest.mark.usefixtures("at_server")
def test_actors_are_added_imported_found_listed_and_removed(desk: Path) -> None:
    assert call_dateline("run", "inbox", cwd=desk).returncode == 0
    added = call_dateline("actors", "add", "actors.csv", cwd=desk)
    assert (added.returncode, added.stderr) == (0, "")
    assert "3 actors added" in added.stdout
    imported = call_dateline("actors", "import", "entities.ftm.json", cwd=desk)
    assert "1 actors imported of 2 entities" in imported.stdout
    again = call_dateline("run", "inbox", cwd=desk)
    assert "1 articles stand as other rules" in again.stdout
    assert call_dateline("run", "inbox", "--full", cwd=desk).returncode == 0
    assert call_dateline("sql", MENTIONS, "--format", "csv", cwd=desk).stdout.splitlines()[1:] == [
        "Quillmark Works,u-organisation:quillmark-works",
        "Jane Q. Roe,u-person:jane-q-roe",
        "Vova Quimby,person:vladimir-putin",
        "Tebbit Neft,u-organisation:nk-1",
        "Quillmark,u-organisation:quillmark-works",
    ]
    own = "SELECT actor_id, country_code, wikidata_id FROM dim_actor WHERE origin = 'user' ORDER BY ALL"
    assert call_dateline("sql", own, "--format", "csv", cwd=desk).stdout.splitlines()[1:] == [
        "person:vladimir-putin,RUS,Q7747",
        "u-organisation:nk-1,RUS,",
        "u-organisation:quillmark-works,USA,",
        "u-person:jane-q-roe,GBR,",
    ]
    assert "1 of 4 actors" in call_dateline("actors", "list", "tebbit", cwd=desk).stdout
    assert "1 actors removed; 3 are left" in call_dateline("actors", "remove", "--imported", cwd=desk).stdout
    assert call_dateline("actors", "remove", "u-person:jane-q-roe", cwd=desk).returncode == 0
    assert "2 of 2 actors" in call_dateline("actors", "list", cwd=desk).stdout


def test_every_faulty_row_is_named_and_nothing_is_added(desk: Path) -> None:
    refused = call_dateline("actors", "add", "faulty.csv", cwd=desk)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    for said in (
        "line 2: actor_kind is firm",
        "line 3: country_code is gb",
        "line 4: no actor has the id org:nobody",
        "line 5: latitude north is no number",
        "line 6: person:vladimir-putin is known, as a person",
        "line 7: no name",
        "line 8: u-person:jane-q-roe stands on line 3 already",
        "Nothing was added",
    ):
        assert said in refused.stderr
    assert "0 of 0 actors" in call_dateline("actors", "list", cwd=desk).stdout


def test_what_cannot_be_imported_or_removed_is_said(desk: Path) -> None:
    wrong = call_dateline("actors", "import", "actors.csv", cwd=desk)
    assert wrong.returncode == 2
    assert "line 1: no JSON" in wrong.stderr
    none = call_dateline("actors", "remove", "u-person:nobody", cwd=desk)
    assert none.returncode == 2
    assert "no actors of its own" in none.stderr
    assert call_dateline("actors", "add", "actors.csv", cwd=desk).returncode == 0
    unknown = call_dateline("actors", "remove", "u-person:nobody", cwd=desk)
    assert (unknown.returncode, "no actor of its own u-person:nobody" in unknown.stderr) == (2, True)
    assert call_dateline("actors", "remove", cwd=desk).returncode == 2
