"""What the explorer ships of others: unchanged, as vendor/README.md says, with its licences; and the map's outline."""

import csv
import hashlib
import json
import re
from pathlib import Path

from warehouse.explorer.outline import outline

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "warehouse" / "explorer" / "static"
VENDOR = STATIC / "vendor"
LISTED = dict(
    re.findall(
        r"^\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
)
TOPOLOGY = {  # two countries of one border (arc 1), and a third whose part is Crimea
    "transform": {"scale": [1.0, 0.5], "translate": [10.0, 20.0]},
    "arcs": [
        [[0, 0], [0, 4], [2, 0]],
        [[2, 4], [0, -4]],
        [[2, 0], [-2, 0]],
        [[2, 0], [2, 0], [0, 4], [-2, 0]],
        [[23, 50], [2, 0], [0, 2], [-2, 0], [0, -2]],
        [[20, 60], [2, 0], [0, 2], [-2, 0], [0, -2]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"id": "250", "type": "Polygon", "arcs": [[0, 1, 2]], "properties": {"name": "France"}},
                {"id": "276", "type": "MultiPolygon", "arcs": [[[3, 1]]], "properties": {"name": "Germany"}},
                {"id": "643", "type": "MultiPolygon", "arcs": [[[4]]], "properties": {"name": "Russia"}},
                {"id": "804", "type": "MultiPolygon", "arcs": [[[5]]], "properties": {"name": "Ukraine"}},
                {"id": "010", "type": "Polygon", "arcs": [[0]], "properties": {"name": "Antarctica"}},
            ]
        }
    },
}


def test_every_vendored_script_is_the_one_that_is_written_down() -> None:
    assert {file.name for file in VENDOR.glob("*.js")} == set(LISTED)
    for name, digest in LISTED.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest


def test_every_licence_named_lies_beside() -> None:
    named = re.findall(r"(?:LICENSE|NOTICE)-[a-z0-9-]+", (VENDOR / "README.md").read_text(encoding="utf-8"))
    assert {file.name for file in VENDOR.iterdir()} == {"README.md", *LISTED, *named}


def test_the_outline_is_small_and_its_codes_are_those_of_the_actors() -> None:
    text = (STATIC / "world.json").read_text(encoding="utf-8")
    assert len(text.encode()) < 200_000
    features = json.loads(text)["features"]
    codes = [feature["properties"]["country_code"] for feature in features]
    with (ROOT / "seeds" / "reference" / "country_code.csv").open(encoding="utf-8") as file:
        assert set(codes) <= {row["country_code"] for row in csv.DictReader(file)}
    assert len(codes) == len(set(codes)) > 170
    rings = [ring for feature in features for part in feature["geometry"]["coordinates"] for ring in part]
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    assert all(-180 <= x <= 180 and -60 < y < 84 for ring in rings for x, y in ring)


def test_an_outline_is_decoded_from_shared_borders() -> None:
    found = {f["properties"]["country_code"]: f["geometry"]["coordinates"] for f in outline(TOPOLOGY)["features"]}
    assert found == {
        "DEU": [[[[12, 20], [14, 20], [14, 22], [12, 22], [12, 20]]]],
        "FRA": [[[[10, 20], [10, 22], [12, 22], [12, 20], [10, 20]]]],
        "UKR": [
            [[[33, 45], [35, 45], [35, 46], [33, 46], [33, 45]]],
            [[[30, 50], [32, 50], [32, 51], [30, 51], [30, 50]]],
        ],
    }
