"""What templates call for: days, counts, whose words, addresses; and foreign text made inert.

Text of documents is data. Jinja escapes markup; :func:`inert` shows what has no shape or would reorder a line
(control characters, bidirectional overrides) as what it is, so that nobody is misled by what can't be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus

from comity import gazetteer, lists
from comity.gazetteer.tables import AGENCY
from comity.identity import parse_facet
from comity.interfaces.web.marking import pieces
from comity.model import Change, Decision, Statement, Time, Value
from comity.views import lines as telling
from comity.views import wording
from comity.vocabulary import Vocabulary

__all__ = [
    "FILTERS",
    "GLOBALS",
    "address",
    "counted",
    "day",
    "entity_address",
    "inert",
    "kind",
    "later_list",
    "list_title",
    "matter",
    "meanings",
    "own_address",
    "plain_words",
    "side",
    "slots",
    "slots_of",
    "timed",
]

_REORDERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{_REORDERING}\u200b\u2028\u2029\ufeff\ufff9-\ufffb]")
_HERE = re.compile(r"/(?![/\\])[^\x00-\x1f\x7f\\]*\Z")
_ALONE = ("state", "district")
_BRIEF = 11  # characters of a statement's id that are shown
_KINDS = {
    "retold": "told again",
    "hypothetical": "supposed",
    "unresolved": "missing",
    "transitioned": "moved on",
    "duplicated": "doubled",
}
_MEANINGS = {
    "joined": "printed on the list, as no edition before had it",
    "left": "printed no more, and confirmed by the list's rule of departure",
    "unresolved": "printed no more, and not confirmed to have left",
    "relisted": "printed again after it was missing",
    "withdrawn": "the list as a whole was taken back",
    "renamed": "the same body, printed under another name or spelling",
    "reassigned": "the same agreement, printed with another body",
    "amended": "the row prints something else than before",
    "transitioned": "gone from this list to the one that follows it",
    "duplicated": "printed in more than one row",
    "began": "a state of things, told for the first time",
    "happened": "an event, told for the first time",
    "said": "an utterance, told for the first time",
    "planned": "told as planned",
    "possible": "told as possible",
    "required": "told as required",
    "hypothetical": "told as what would be under a condition",
    "denied": "told as not so",
    "retold": "another account of what the register holds already",
    "changed": "the world changed, from one value to another",
    "ended": "it holds no longer",
    "corrected": "what the register held was wrong",
    "retracted": "taken back by its source",
    "recalled": "not read so any more",
    "rejected": "a person decided that it is wrong",
    "restored": "a person decided that it stands after all",
    "reviewed": "a person checked it",
    "disputed": "accounts came to differ",
}
_BLANKS = re.compile(r"[\t\n\x0b\x0c\r ]+")


def inert(text: object) -> str:
    """Foreign text on one line, with what can't be seen shown by its code."""
    if isinstance(text, str) and text.isprintable() and "  " not in text:
        return text  # nearly all of it: nothing to look for
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


def dated(time: Time | None) -> str:
    """The date that a statement's words give, as understood, else as printed; that they give none is said."""
    if time is None:
        return "gives no date"
    return f"dated {time.edtf}" if time.edtf else f"date unresolved: “{time.text}”"


def counted(number: int, what: str, many: str = "") -> str:
    """A number with its noun: 1 statement, 2 statements, 12,000 statements."""
    return f"{number:,} {what if number == 1 else many or what + 's'}"


def plain_words(name: str | None) -> str:
    """A name of the vocabulary as words: school_district -> school district."""
    return (name or "").replace("_", " ")


def kind(of: str) -> str:
    """The kind of a change, for people."""
    return _KINDS.get(of) or plain_words(of)


def meanings(kinds: Iterable[str]) -> dict[str, str]:
    """What kinds of changes mean, by their words for people: those that are known, in the order of the legend."""
    asked = set(kinds)
    return {kind(of): meaning for of, meaning in _MEANINGS.items() if of in asked}


def address(path: str, query: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An address on this site; parameters that are empty are left out."""
    asked = {**(query or {}), **more}
    if not asked:
        return _quoted(path)
    kept = [
        f"{_plussed(name)}={_plussed(str(each))}"
        for name, value in asked.items()
        for each in _several(value)
        if each not in (None, "")
    ]
    tail = f"?{'&'.join(kept)}" if kept else ""
    return _quoted(path) + tail


_plussed = lru_cache(maxsize=4096)(quote_plus)  # a page asks of one entity ten times


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return quote(path, safe="/:~@!$'()*+,=")


def own_address(given: str) -> str:
    """An address that was given to go to, if it is one of this site; empty else."""
    return given if len(given) <= 2000 and _HERE.match(given) else ""


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def entity_address(identity: str, **query: Any) -> str:
    """The dossier's address."""
    return address(f"/entity/{identity}", query)


def slots(statement: Statement, topic: Vocabulary) -> list[tuple[str, str]]:
    """The slots that a statement fills, as words: the topic's where it has some for a value."""
    words = topic.predicates[statement.predicate].words
    return [
        (plain_words(name), words.get(name, {}).get(str(value)) or wording.told(value))
        for name, value in statement.value.items()
        if value is not None
    ]


def said(statement: Statement, topic: Vocabulary) -> str:
    """What a statement says, in a line, without whom it is about."""
    return telling.fact(topic.predicates[statement.predicate], statement.value, [statement])


def matter(facet: str, topic: Vocabulary) -> str:
    """A matter in words: its predicate, and what tells it from others of that."""
    name = parse_facet(facet)[0]
    label = topic.predicates[name].label if name in topic.predicates else plain_words(name)
    return ", ".join(filter(None, [label, slots_of(facet, topic)]))


def side(facet: str, field: str | None, value: Value, topic: Vocabulary) -> str:
    """One side of a change, in the topic's words for it where it has some."""
    predicate = topic.predicates.get(parse_facet(facet)[0])
    return telling.worded(predicate, field, value) if predicate is not None and field else wording.told(value)


def slots_of(facet: str, topic: Vocabulary) -> str:
    """What tells a matter from others of its predicate, in words. A facet is folded; a body's name is not."""
    name, _, given = parse_facet(facet)
    declared = topic.predicates[name].slots if name in topic.predicates else {}
    told = []
    for slot, value in given.items():
        about = declared.get(slot)
        words = dict(about.words).get(value) if about else None
        told.append(words or (_named(value) if about and about.body else _federal().get(value) or plain_words(value)))
    return ", ".join(filter(None, told))


def called(change: Change) -> str:
    """Whom a change of a story is about: what the entity is called, else the name as printed. Of a list's row as
    printed.
    """
    entity = gazetteer.load().entity(change.entity) if change.entity and not change.list else None
    return entity.name if entity else change.name


@lru_cache(maxsize=512)
def _named(folded: str) -> str:
    """A body's name as it is written, from its folded form."""
    identity = gazetteer.load().resolve(folded).id
    entity = gazetteer.load().entity(identity) if identity else None
    return entity.name if entity is not None and entity.name.casefold() == folded else plain_words(folded)


@lru_cache(maxsize=1)
def _federal() -> Mapping[str, str]:
    """The names of federal bodies as they are written, by their folded form."""
    agencies = gazetteer.load().agencies.values()
    names = (row[AGENCY["name"]] for row in agencies if row[AGENCY["kind"]] == "federal")
    return {name.casefold(): name for name in names}


def published_by(basis: str) -> str:
    """How a document's publication date is known."""
    return {"given": "given with the file", "htmldate": "found on the page"}.get(basis, f"from the page’s {basis}")


def edition_dated(basis: str) -> str:
    """How an edition's date is known."""
    return {
        "given": "as given",
        "file name": "by its file’s name",
        "capture": "by its capture",
        "last modified": "by when its file last changed",
    }.get(basis, f"by {basis}")


@lru_cache(maxsize=256)
def list_title(name: str) -> str:
    """What a list is called; the name of one that was described elsewhere."""
    return lists.definition(name).title if name in lists.definitions() else name


def later_list(name: str) -> str:
    """The list that the entries of this one move on to; empty where it has none."""
    pair = lists.definition(name).pair if name in lists.definitions() else None
    return pair.list if pair is not None and pair.role == "later" else ""


def state_of(identity: str | None, facet: str = "") -> str:
    """The state that a name needs beside it, two letters: none for a state itself and for federal bodies.

    Of a name that is not resolved, the one that its ``facet`` was given.
    """
    if identity is None:
        tail = facet.split("|")[1].rpartition(", ")[2] if facet.count("|") else ""
        return tail.upper() if len(tail) == 2 else ""
    entity = gazetteer.load().entity(identity)
    return (entity.state or "") if entity and entity.kind not in _ALONE else ""


def decided(decision: Decision, label: Callable[[str], str]) -> str:
    """What a person decided, who, when and why; entities by what they are called, statements by the beginning of their
    ids.
    """
    value = label(str(decision.value)) if decision.field == "subject" and decision.value else decision.value
    other = label(decision.other) if decision.other else None
    target = decision.target[:_BRIEF] if decision.target.startswith("st-") else label(decision.target)
    return wording.decided(replace(decision, target=target, other=other, value=value))


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
    "dated": dated,
    "plain": plain_words,
    "kind": kind,
    "short": short,
    "told": wording.told,
}
GLOBALS = {
    "address": address,
    "entity_address": entity_address,
    "counted": counted,
    "slots": slots,
    "said": said,
    "matter": matter,
    "slots_of": slots_of,
    "called": called,
    "side": side,
    "list_title": list_title,
    "later_list": later_list,
    "published_by": published_by,
    "edition_dated": edition_dated,
    "apart": telling.apart,
    "pieces": pieces,
    "state_of": state_of,
    "voice": wording.voice,
    "firmness": wording.firmness,
    "chain": wording.chain,
    "decided": decided,
    "changed": wording.changed,
}
