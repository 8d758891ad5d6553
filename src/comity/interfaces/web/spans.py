"""The drawing of a timeline as SVG: its axis, and the spans of its lanes. Numbers and days alone go into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from comity.interfaces.web.evidence import made_safe
from comity.views.timeline import Lane, Span, Tick, Timeline

__all__ = ["DIFFERS", "axis", "lanes", "legend", "spans"]

DIFFERS = ' <span class="tag differs">accounts differ</span>'

_DRAWN = 40  # spans of one lane
_NARROWEST = 0.6  # percent: what can be seen
_ENDS = (7, 93)  # percent: beyond them a label begins or ends at its tick
_MARKS = {
    "held": ('<rect class="span" x="1" y="2" width="32" height="8"/>', "held from its beginning to its end, or on"),
    "seen": (
        '<line class="before" x1="2" x2="16" y1="6" y2="6"/><rect class="span" x="17" y="2" width="16" height="8"/>',
        "since when is unknown; seen where the bar begins",
    ),
    "unsure": (
        '<rect class="unsure" x="1" y="2" width="32" height="8"/>',
        "its date leaves open when in that time",
    ),
    "happened": ('<circle class="mark" cx="17" cy="6" r="4.5"/>', "happened, or was said"),
    "hollow": (
        '<rect class="span hollow" x="1" y="2" width="16" height="8"/>'
        '<circle class="mark hollow" cx="27" cy="6" r="4.5"/>',
        "hollow: denied, planned or possible",
    ),
}


def axis(ticks: Sequence[Tick]) -> Markup:
    """The ticks with their labels."""
    return _drawn("".join(map(_tick, ticks)))


def lanes(timeline: Timeline, few: int) -> Markup:
    """The first ``few`` lanes: each with what it is, which leads to its matter below, and its spans."""
    behind = _grid(timeline.ticks)
    drawn = (
        f'<li>\n<a href="#m{number}">{made_safe(lane.brief)}{DIFFERS if lane.disputed else ""}</a>\n'
        f"{spans(lane, behind)}\n</li>"
        for number, lane in enumerate(timeline.lanes[:few])
        if lane.spans
    )
    return _drawn("\n".join(drawn))


def _grid(ticks: Sequence[Tick]) -> Markup:
    """The lines that stand behind every lane."""
    return _drawn("".join(f'<line class="grid" x1="{tick.left}%" x2="{tick.left}%" y1="0" y2="16"/>' for tick in ticks))


def spans(lane: Lane, behind: Markup) -> Markup:
    """The spans of a lane before the grid: bars of what held, marks of what happened or was said."""
    draw = _bar if lane.nature == "state" else _mark
    days = escape("; ".join(dict.fromkeys(span.label for span in lane.spans)))
    drawn = "".join(map(draw, lane.spans[:_DRAWN]))
    return _drawn(
        f'<svg width="100%" height="16" role="img" aria-label="{days}" class="{lane.nature}">{behind}{drawn}</svg>'
    )


def legend(lanes: Sequence[Lane]) -> Markup:
    """What the marks mean that stand in these lanes, no others."""
    drawn = {kind for lane in lanes for span in lane.spans[:_DRAWN] for kind in _kinds(span, lane.nature == "state")}
    told = (
        f'<li><svg width="34" height="12" aria-hidden="true">{mark}</svg> {words}</li>'
        for kind, (mark, words) in _MARKS.items()
        if kind in drawn
    )
    return _drawn(f'<ul class="legend quiet" aria-label="How to read it">{"".join(told)}</ul>')


def _kinds(span: Span, lasts: bool) -> Iterator[str]:
    yield ("seen" if span.since_unknown else "held") if lasts else "happened"
    if span.unsure:
        yield "unsure"
    if not span.firm:
        yield "hollow"


def _tick(tick: Tick) -> str:
    place = "first" if tick.left < _ENDS[0] else "last" if tick.left > _ENDS[1] else ""
    kind = f' class="{place}"' if place else ""
    at = f"{tick.left}%"
    return f'<line x1="{at}" x2="{at}" y1="12" y2="18"/><text x="{at}" y="10"{kind}>{tick.label}</text>'


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


def _drawn(made: str) -> Markup:
    return Markup(made)  # noqa: S704 - numbers and days
