"""Compiles the map into src/comity/data/map/states.json: `python scripts/compile_map.py COUNTIES.json`.

COUNTIES.json is `counties-10m.json` of the npm package us-atlas 3 (ISC), a TopoJSON of the Census Bureau's cartographic
boundaries of 2017, which are public domain. Of the states it keeps the outlines: arcs are simplified once, so that
neighbours keep one border, then drawn in Albers' projection. Of the counties it keeps the middle. The same input gives
the same bytes.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from comity import gazetteer
from comity.views.albers import HEIGHT, WIDTH, placed

TARGET = Path(__file__).resolve().parents[1] / "src" / "comity" / "data" / "map" / "states.json"
SOURCE = (
    "US Census Bureau, cartographic boundaries 2017 (public domain), through us-atlas 3; drawn in Albers' projection"
)
TOLERANCE = 0.02  # degrees: about two kilometres, a third of a unit of the drawing
SMALLEST = 1.5  # square units: islands below can't be seen

Point = tuple[float, float]


def arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees (TopoJSON: delta-coded, quantised), simplified."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        found.append(simplified(points))
    return found


def simplified(points: list[Point]) -> list[Point]:
    """Douglas and Peucker (1973): the points without which a line leaves its course by more than the tolerance."""
    if len(points) < 3:
        return points
    if points[0] == points[-1]:  # a ring: cut it at its farthest point
        far = max(range(len(points)), key=lambda i: _apart(points[i], points[0]))
        return simplified(points[: far + 1])[:-1] + simplified(points[far:])
    gaps = [_gap(point, points[0], points[-1]) for point in points[1:-1]]
    widest = max(range(len(gaps)), key=gaps.__getitem__) + 1
    if gaps[widest - 1] <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: widest + 1])[:-1] + simplified(points[widest:])


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _gap(point: Point, one: Point, other: Point) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    return abs(dx * (point[1] - one[1]) - dy * (point[0] - one[0])) / hypot(dx, dy)


def rings(geometry: dict[str, Any], lines: list[list[Point]]) -> list[list[Point]]:
    """The outer rings of a state, in degrees."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    found = []
    for polygon in polygons:
        ring: list[Point] = []
        for number in polygon[0]:
            line = lines[number] if number >= 0 else lines[~number][::-1]
            ring += line[1:] if ring else line
        found.append(ring)
    return found


def path(drawn: list[list[Point]]) -> str:
    """Rings as the ``d`` of an SVG path, in tenths of a unit, each point relative to the one before."""
    parts = []
    for ring in drawn:
        tenths = list(dict.fromkeys((round(x * 10), round(y * 10)) for x, y in ring))
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths)]
        parts.append(f"M{tenths[0][0]} {tenths[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z")
    return "".join(parts).replace(" -", "-")


def area(ring: list[Point]) -> float:
    """What a ring covers (the shoelace formula)."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def middle(ring: list[Point]) -> Point:
    """The centroid of a ring; of what covers nothing its first point."""
    crosses = [(a[0] * b[1] - b[0] * a[1], a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
    whole = sum(cross for cross, _, _ in crosses)
    if not whole:
        return ring[0]
    x, y = (sum(cross * (a[axis] + b[axis]) for cross, a, b in crosses) / (3 * whole) for axis in (0, 1))
    return x, y


def middles(topology: dict[str, Any], lines: list[list[Point]], codes: dict[str, str]) -> dict[str, list[int]]:
    """Where the middle of each county is drawn, in tenths of a unit, by its GEOID."""
    found = {}
    for geometry in topology["objects"]["counties"]["geometries"]:
        state = codes.get(str(geometry["id"])[:2])
        outer = rings(geometry, lines)
        at = placed(*middle(max(outer, key=area)), state) if state else None
        if at:
            found[str(geometry["id"])] = [round(at[0] * 10), round(at[1] * 10)]
    return dict(sorted(found.items()))


def compiled(topology: dict[str, Any]) -> dict[str, Any]:
    """The file: what a drawing needs, by the two letters of a state."""
    lines = arcs(topology)
    codes = {row[4]: row[0].split(":")[1] for row in gazetteer.load().governments if "/" not in row[0]}
    states = {}
    for geometry in topology["objects"]["states"]["geometries"]:
        state = codes.get(str(geometry["id"]))
        drawn = []
        for ring in rings(geometry, lines) if state else ():
            points = [placed(longitude, latitude, str(state)) for longitude, latitude in ring]
            if all(points):
                drawn.append([point for point in points if point])
        largest = max(map(area, drawn), default=0.0)
        kept = [ring for ring in drawn if area(ring) > SMALLEST or area(ring) == largest]
        if kept and state:
            states[state] = path(kept)
    return {
        "source": SOURCE,
        "width": WIDTH * 10,
        "height": HEIGHT * 10,
        "states": dict(sorted(states.items())),
        "counties": middles(topology, lines, codes),
    }


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(compiled(given), separators=(",", ":")) + "\n", encoding="utf-8")
