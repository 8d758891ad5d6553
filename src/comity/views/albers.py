"""Albers' equal-area conic projection of the United States, with Alaska and Hawaii inset below the southwest.

Formulas: Snyder, Map Projections (USGS Professional Paper 1395, 1987), pages 100 to 101, on the sphere. Standard
parallels are those that the USGS uses for the conterminous states, Alaska and Hawaii.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from math import asin, atan2, cos, hypot, radians, sin, sqrt

__all__ = ["HEIGHT", "WIDTH", "degrees", "placed"]

WIDTH, HEIGHT = 960, 600


@dataclass(frozen=True)
class _Conic:
    """One conic: standard parallels, origin (degrees), scale (units an earth's radius), where the origin is drawn."""

    parallels: tuple[float, float]
    origin: tuple[float, float]  # longitude, latitude
    scale: float
    at: tuple[float, float]

    @cached_property
    def _constants(self) -> tuple[float, float, float]:
        one, two = (radians(each) for each in self.parallels)
        n = (sin(one) + sin(two)) / 2
        c = cos(one) ** 2 + 2 * n * sin(one)
        return n, c, sqrt(c - 2 * n * sin(radians(self.origin[1]))) / n

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        n, c, rho_0 = self._constants
        rho = sqrt(c - 2 * n * sin(radians(latitude))) / n
        east = (longitude - self.origin[0] + 180) % 360 - 180  # the Aleutians reach beyond 180 degrees
        theta = n * radians(east)
        x, y = rho * sin(theta), rho_0 - rho * cos(theta)
        return self.at[0] + self.scale * x, self.at[1] - self.scale * y

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        n, c, rho_0 = self._constants
        east, south = (x - self.at[0]) / self.scale, rho_0 + (y - self.at[1]) / self.scale
        longitude = self.origin[0] + math.degrees(atan2(east, south) / n)
        latitude = math.degrees(asin((c - (n * hypot(east, south)) ** 2) / (2 * n)))
        return (longitude + 180) % 360 - 180, latitude


_STATES = _Conic((29.5, 45.5), (-96.0, 37.5), 1070.0, (488.0, 286.0))
_INSETS = {
    "ak": _Conic((55.0, 65.0), (-154.0, 50.0), 380.0, (150.0, 583.0)),
    "hi": _Conic((8.0, 18.0), (-157.0, 20.5), 1070.0, (322.0, 545.0)),
}
_NOT_DRAWN = frozenset({"pr", "vi", "gu", "as", "mp"})


def placed(longitude: float, latitude: float, state: str) -> tuple[float, float] | None:
    """Where a place of a state (two letters) is drawn, from the top left; None for territories, which are not drawn."""
    state = state.lower()
    if state in _NOT_DRAWN:
        return None
    return _INSETS.get(state, _STATES).place(longitude, latitude)


def degrees(x: float, y: float, state: str) -> tuple[float, float]:
    """The longitude and latitude of a place of a state, from where :func:`placed` draws it."""
    return _INSETS.get(state.lower(), _STATES).degrees(x, y)
