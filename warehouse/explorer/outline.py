"""Make the map's outline: `python -m warehouse.explorer.outline countries-110m.json`, of the npm package world-atlas.

It writes static/world.json: GeoJSON, a feature a country with its name and ISO 3166-1 alpha-3 code, to a tenth of a
degree. The lines are those of Natural Earth 1:110m, but for what dim_actor says otherwise (JOINED, MOVED); without
Antarctica. Babel, of the development packages, knows the countries' numbers.
"""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

OUTLINE = Path(__file__).parent / "static" / "world.json"
CODES = Path(__file__).parents[2] / "seeds" / "reference" / "country_code.csv"
DIGITS = 1
"""Decimals of a degree: 11 km, less than a pixel of the widest map."""
FEWEST_POINTS = 3
"""Points of a ring, its first one again at the end, that rounding has made a line."""
LEFT_OUT = {"Antarctica"}
JOINED = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}
"""Code of what Natural Earth draws without one."""
MOVED = {("RUS", (34.0, 45.3)): "UKR"}
"""The part of a country around a point (longitude, latitude) that dim_actor has elsewhere: Crimea."""

Ring = list[list[float]]
Polygon = list[Ring]


def outline(topology: Mapping[str, Any]) -> dict[str, Any]:
    """The GeoJSON of a TopoJSON with an object `countries`, whose geometries have an ISO 3166-1 number as id."""
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    names: dict[str, str] = {}
    parts: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name in LEFT_OUT:
            continue
        code = JOINED.get(name) or _country_code(geometry["id"])
        names.setdefault(code, name)
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for polygon in polygons:
            rings = [_ring(ring, arcs) for ring in polygon]
            parts.setdefault(_owner(code, rings[0]), []).extend(_cut(rings))
    features = [
        {
            "type": "Feature",
            "properties": {"name": names[code], "country_code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": parts[code]},
        }
        for code in sorted(parts)
    ]
    return {"type": "FeatureCollection", "features": features}


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Ring:
    """An arc's points in degrees: TopoJSON has steps from point to point on a grid."""
    axes = [
        [at * scale + offset for at in accumulate(point[axis] for point in arc)]
        for axis, (scale, offset) in enumerate(zip(transform["scale"], transform["translate"], strict=True))
    ]
    return [[round(x, DIGITS), round(y, DIGITS)] for x, y in zip(*axes, strict=True)]


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """A ring of arcs, each beginning where the last one ended; ~n is arc n from end to start."""
    points = [point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
    return [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]


def _cut(rings: Sequence[Ring]) -> list[Polygon]:
    """A polygon as parts that do not cross the antimeridian, without rings that rounding has made a line."""
    unwound = [_unwound(ring) for ring in rings]
    parts = []
    for west in (-540, -180, 180):
        east = west + 360
        inside = [_clipped(_clipped(ring, west, 1), east, -1) for ring in unwound]
        part = [[[round(x - west - 180, DIGITS), y] for x, y in ring] for ring in inside if len(ring) > FEWEST_POINTS]
        parts += [part] if part else []
    return parts


def _unwound(ring: Ring) -> Ring:
    """A ring without jumps from one end of the map to the other: its longitudes go on beyond 180 degrees instead."""
    found = [ring[0]]
    for x, y in ring[1:]:
        turns = round((x - found[-1][0]) / 360)
        found.append([x - 360 * turns, y])
    return found


def _clipped(ring: Ring, meridian: float, side: int) -> Ring:
    """The part of a closed ring east (side 1) or west (-1) of a meridian, closed again (Sutherland and Hodgman)."""
    found: Ring = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (x1 - meridian) * (x2 - meridian) < 0:
            crossing = [meridian, round(y1 + (y2 - y1) * (meridian - x1) / (x2 - x1), DIGITS)]
            found += [crossing] if (x1 - meridian) * side < 0 else [[x1, y1], crossing]
        elif (x1 - meridian) * side >= 0:
            found.append([x1, y1])
    return [*found, found[0]] if found else found


def _owner(code: str, ring: Ring) -> str:
    for (country, point), owner in MOVED.items():
        if code == country and _holds(ring, point):
            return owner
    return code


def _holds(ring: Ring, point: tuple[float, float]) -> bool:
    """Whether a ring's bounding box holds a point and is no wider than ten degrees."""
    for axis, value in enumerate(point):
        values = [place[axis] for place in ring]
        if not (min(values) <= value <= max(values) <= min(values) + 10):
            return False
    return True


def _country_code(number: str) -> str:
    (alpha_2,) = get_global("territory_aliases")[number]
    with CODES.open(encoding="utf-8", newline="") as file:
        return next(row["country_code"] for row in csv.DictReader(file) if row["alpha_2"] == alpha_2.lower())


if __name__ == "__main__":
    made = outline(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    OUTLINE.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
