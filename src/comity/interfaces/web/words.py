"""What templates call for: days, counts, whose words, addresses; and foreign text made inert.

Text of documents is data. Jinja escapes markup; :func:`inert` shows what has no shape or would reorder a line
(control characters, bidirectional overrides) as what it is, so that nobody is misled by what can't be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from comity import gazetteer
from comity.identity import parse_facet
from comity.model import Statement, Time
from comity.views import wording

__all__ = ["FILTERS", "GLOBALS", "address", "counted", "day", "inert", "own_address", "plain_words"]

_REORDERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{_REORDERING}\u200b\u2028\u2029\ufeff\ufff9-\ufffb]")
_HERE = re.compile(r"/(?![/\\])[^\x00-\x1f\x7f\\]*\Z")
_BLANKS = re.compile(r"[\t\n\x0b\x0c\r ]+")


def inert(text: object) -> str:
    """Foreign text on one line, with what can't be seen shown by its code."""
    return _UNSEEN.sub(_visible, _BLANKS.sub(" ", str(text)))


def lined(text: str) -> str:
    """Foreign text with its lines, and with what can't be seen shown by its code."""
    return _UNSEEN.sub(_visible, text.replace("\r\n", "\n"))


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return f"⟨U+{code:04X}⟩" if unicodedata.name(found[0], "") or code > 0x7E else "␡"


def day(instant: str | None) -> str:
    """The day of an instant; empty for none."""
    return (instant or "")[:10]


def minute(instant: str | None) -> str:
    """An instant to the minute, in UTC, for people."""
    return f"{instant[:10]} {instant[11:16]} UTC" if instant and len(instant) > 10 else day(instant)


def timed(time: Time | None) -> str:
    """When a statement held: as understood, else as printed; unknown is said."""
    if time is None:
        return "date unknown"
    if time.edtf is None:
        return f"date unresolved: “{time.text}”"
    return time.edtf


def counted(number: int, what: str, many: str = "") -> str:
    """A number with its noun: 1 statement, 2 statements, 12,000 statements."""
    return f"{number:,} {what if number == 1 else many or what + 's'}"


def plain_words(name: str | None) -> str:
    """A name of the vocabulary as words: school_district -> school district."""
    return (name or "").replace("_", " ")


def address(path: str, query: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An address on this site; parameters that are empty are left out."""
    asked = {**(query or {}), **more}
    kept = [(name, each) for name, value in asked.items() for each in _several(value) if each not in (None, "")]
    tail = f"?{urlencode(kept)}" if kept else ""
    return quote(path, safe="/:~@!$'()*+,=") + tail


def own_address(given: str) -> str:
    """An address that was given to go to, if it is one of this site; empty else."""
    return given if len(given) <= 2000 and _HERE.match(given) else ""


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def entity_address(identity: str, **query: Any) -> str:
    """The dossier's address."""
    return address(f"/entity/{identity}", query)


def slots(statement: Statement) -> list[tuple[str, str]]:
    """The slots that a statement fills, as words."""
    return [(plain_words(name), wording.told(value)) for name, value in statement.value.items() if value is not None]


def slots_of(facet: str) -> str:
    """What tells a matter from others of its predicate, in words."""
    predicate, _, slots = parse_facet(facet)
    return ", ".join([plain_words(predicate), *(plain_words(value) for value in slots.values() if value)])


def state_of(identity: str) -> str:
    """The state of an entity, two letters; empty for federal bodies."""
    entity = gazetteer.load().entity(identity)
    return (entity.state or "") if entity else ""


def short(identity: str) -> str:
    """A hash shortened for the eye; the whole one stands where it can be copied."""
    head, colon, rest = identity.partition(":")
    return f"{head}{colon}{rest[:12]}…" if colon and len(rest) > 16 else identity


FILTERS = {
    "inert": inert,
    "lined": lined,
    "day": day,
    "minute": minute,
    "timed": timed,
    "plain": plain_words,
    "short": short,
    "told": wording.told,
}
GLOBALS = {
    "address": address,
    "entity_address": entity_address,
    "counted": counted,
    "slots": slots,
    "slots_of": slots_of,
    "state_of": state_of,
    "voice": wording.voice,
    "firmness": wording.firmness,
    "chain": wording.chain,
    "decided": wording.decided,
    "changed": wording.changed,
}
