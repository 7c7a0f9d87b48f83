"""Files of actors that a user brings: CSV and FollowTheMoney, with the line of what is wrong."""

import gzip
import json
from pathlib import Path

import pytest

from flows.sources.actor_csv import ActorFileError, read_actor_csv
from flows.sources.followthemoney import read_entities


def written(folder: Path, content: str, name: str = "actors.csv") -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_a_csv_is_read_with_the_lines_of_its_rows(tmp_path: Path) -> None:
    file = written(tmp_path, '\ufeffname,actor_kind,aliases\nRoe,person,\n"Acme\nWorks",organisation,Acme|AW\n')
    rows = read_actor_csv(file)
    assert rows.select("line", "name", "aliases").rows() == [(2, "Roe", None), (4, "Acme\nWorks", "Acme|AW")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,kind\nRoe,person\n", "line 1: no column actor_kind"),
        ("name,actor_kind,colour\nRoe,person,red\n", "line 1: unknown columns 'colour'"),
        ("name,actor_kind\nRoe,person\nAcme\n", "line 3: it has not as many cells"),
        ('name,actor_kind\n"Roe,person\n', "cannot be read as CSV"),
    ],
)
def test_what_is_no_such_csv_is_said(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ActorFileError, match=said):
        read_actor_csv(written(tmp_path, content))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ActorFileError, match="cannot be read: No such file"):
        read_actor_csv(tmp_path / "none.csv")


def test_entities_are_read_line_by_line_also_compressed(tmp_path: Path) -> None:
    properties = {"name": ["Jane Roe"], "alias": ["JR"], "weakAlias": ["Janie"], "nationality": ["gb"]}
    line = json.dumps({"id": "NK-1", "schema": "Person", "properties": properties})
    file = tmp_path / "entities.ftm.json.gz"
    file.write_bytes(gzip.compress(f"{line}\n\n{line}\n".encode()))
    (frame,) = read_entities(file)
    assert frame.row(0, named=True) == {
        "entity_id": "NK-1",
        "ftm_schema": "Person",
        "names": ["Jane Roe", "JR"],
        "weak_names": ["Janie"],
        "countries": ["gb"],
        "topics": [],
        "wikidata_ids": [],
    }
    assert frame.height == 2


@pytest.mark.parametrize(
    ("line", "said"), [("{", "line 2: no JSON"), ('{"id": 1}', "line 2: no entity"), ("[1]", "line 2: no entity")]
)
def test_a_line_that_is_no_entity_is_said(tmp_path: Path, line: str, said: str) -> None:
    good = '{"id": "1", "schema": "Person", "properties": {}}'
    with pytest.raises(ActorFileError, match=said):
        list(read_entities(written(tmp_path, f"{good}\n{line}\n", "entities.jsonl")))


def test_a_broken_archive_is_said(tmp_path: Path) -> None:
    file = tmp_path / "entities.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"id": "1", "schema": "Person", "properties": {}}\n' * 99)[:-9])
    with pytest.raises(ActorFileError, match="cannot be read to its end"):
        list(read_entities(file))
