"""Entities of the US and their names: an id gives an entity, a name gives ranked candidates.

``load()`` gives the gazetteer; ``places.resolve_places`` and ``bodies.find_bodies`` read running text.
"""

from __future__ import annotations

from comity.gazetteer.gazetteer import Gazetteer, load

__all__ = ["Gazetteer", "load"]
