"""The drawing of a lane of a timeline: its spans as SVG. Numbers alone go into it, and no foreign text."""

from __future__ import annotations

from markupsafe import Markup

from comity.views.timeline import Lane, Span, Tick

__all__ = ["grid", "spans"]

_DRAWN = 40  # of one lane
_NARROWEST = 0.6  # percent: what can be seen


def grid(ticks: tuple[Tick, ...]) -> Markup:
    """The lines that stand behind every lane."""
    return Markup("").join(
        Markup('<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="16"/>').format(tick.left) for tick in ticks
    )


def spans(lane: Lane) -> Markup:
    """The spans of a lane: bars of what held, marks of what happened or was said."""
    draw = _bar if lane.nature == "state" else _mark
    return Markup("".join(draw(span) for span in lane.spans[:_DRAWN]))  # noqa: S704 - numbers


def _bar(span: Span) -> str:
    left, width = span.left, max(span.width, _NARROWEST)
    before = f'<line class="before" x1="0" x2="{left}%" y1="8" y2="8"/>' if span.since_unknown else ""
    kind = "span" if span.firm else "span hollow"
    unsure = f'<rect class="unsure" x="{left}%" y="4" height="8" width="{span.unsure}%"/>' if span.unsure else ""
    return f'{before}<rect class="{kind}" x="{left}%" y="4" height="8" width="{width}%"/>{unsure}'


def _mark(span: Span) -> str:
    left, width = span.left, span.width
    reach = f'<line class="reach" x1="{left}%" x2="{left + width}%" y1="8" y2="8"/>' if width else ""
    kind = "mark" if span.firm else "mark hollow"
    return f'{reach}<circle class="{kind}" cx="{left + width / 2}%" cy="8" r="4.5"/>'
