"""Who is said to say, think or want what: sources, cues and contents as spans (PolNeAR's three roles).

Use :func:`find` for the attributions of a text and :func:`chain` for those whose content holds a span.
"""

from __future__ import annotations

from comity.reading.attribution.extract import chain, find, unclaimed

__all__ = ["chain", "find", "unclaimed"]
