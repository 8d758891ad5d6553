"""Persons of a text: who is named in it, where, and whether the name may be published.

Use :func:`find` on a document's text with the spans of the places and bodies found in it. Who holds a public office or
speaks for an organisation may be named; everybody else is private, and so is who can't be told. All
mentions of one person share what one of them shows: "Jane Roe, the city attorney, … Roe said". Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from comity.model import Pair
from comity.reading import naming
from comity.reading.names import LIKELY, Name
from comity.reading.names import find as find_names
from comity.reading.sentences import paragraphs

__all__ = ["Person", "find", "private", "unnamed"]

Standing = Literal["office", "organisation", "private"]


_OWNED = re.compile(r"['’]s?\s+(?P<what>[^,;]*[^\s,;])")


@dataclass(frozen=True, slots=True)
class Person:
    """One mention of a person; ``role`` is the span of the words that say who a private person is, "a teacher"."""

    start: int
    end: int
    standing: Standing
    role: Pair | None = None


@dataclass(slots=True)
class _Known:
    """One person of the text so far: the words of the name, and what any mention shows of the standing."""

    parts: tuple[str, ...]
    standing: Standing = "private"
    role: Pair | None = None
    mentions: list[Name] = field(default_factory=list)


def private(persons: Sequence[Person]) -> tuple[Person, ...]:
    """Those whose names aren't published."""
    return tuple(person for person in persons if person.standing == "private")


def unnamed(text: str, span: Pair, people: Sequence[Person]) -> Pair | None:
    """What stands for a source or value where it names a private person: the role's words, None where there are none.

    ``span`` itself where it names none; else the words before the name ("a neighbor", "the family"), those after a
    name that only possesses ("Roe's lawyer"), or the role that the text gives the person elsewhere.
    """
    names = [person for person in private(people) if person.start < span[1] and span[0] < person.end]
    if not names:
        return span
    first = names[0]
    ahead = naming.bare(text[span[0] : first.start])
    if ahead:
        return span[0], span[0] + len(ahead)
    owned = _OWNED.match(text, first.end, span[1])
    if owned is not None and (len(names) == 1 or owned.end() <= names[1].start):
        return owned.span("what")
    return first.role


def find(text: str, known: Sequence[Pair]) -> tuple[Person, ...]:
    """The persons of a text in order. ``known`` are spans of places and bodies: they are no persons."""
    blocks = paragraphs(text)
    names = find_names(text, sorted(known))
    seen: list[tuple[Name, naming.Context]] = []
    held: list[tuple[Name, naming.Context]] = []
    previous: tuple[Name, naming.Context] | None = None
    for name in names:
        listed = previous is not None and naming.listed(text, previous[0].end, name.start) and previous[1].plural
        context = naming.Context(text, name.start, name.end, _block(blocks, name.start), listed=listed)
        previous = (name, context)
        (seen if _is_person(name, context) else held).append(previous)
    people: list[_Known] = []
    for name, context in sorted(seen, key=lambda pair: (len(pair[0].parts) == 1, pair[0].start)):
        _placed(people, name, context)
    for name, context in held:
        if _refers(people, name, context):
            _placed(people, name, context)
    for name, context in _again(text, blocks, people, known):
        _placed(people, name, context)
    return tuple(_mentions(people))


def _again(
    text: str, blocks: Sequence[Pair], people: Sequence[_Known], known: Sequence[Pair]
) -> Iterator[tuple[Name, naming.Context]]:
    """Later mentions by a surname that is another word too: "Mark Cuban … Cuban said", "Dara Warden … told Warden"."""
    taken = [(name.start, name.end) for person in people for name in person.mentions]
    for surname in sorted({person.parts[-1] for person in people if len(person.parts) > 1}):
        for found in re.finditer(rf"(?<![\w'’-]){re.escape(surname)}(?![\w-]|['’](?!s\b)\w|\s+[A-Z])", text):
            start, end = found.span()
            if any(a < end and start < b for a, b in (*taken, *known)) or re.search(
                r"[A-Z][\w’'-]*\s$", text[:start][-24:]
            ):
                continue
            context = naming.Context(text, start, end, _block(blocks, start))
            if not context.law and not context.placed and not context.of_the:
                yield Name(start, end, (surname,), LIKELY, False, False, False), context


def _block(blocks: Sequence[Pair], at: int) -> Pair:
    return next((block for block in blocks if block[0] <= at < block[1]), (0, at))


def _is_person(name: Name, context: naming.Context) -> bool:
    """Whether shape and context show that a name is a person's; in doubt it is, and is withheld."""
    if context.law:
        return False
    if name.strength >= LIKELY:
        return not (context.of_the and not name.given and not name.honorific)
    if context.titled or context.shown:
        return True
    if len(name.parts) > 1:
        return context.acts
    return name.given and not context.placed and (context.acts or not name.opening)


def _refers(people: Sequence[_Known], name: Name, context: naming.Context) -> bool:
    """Whether a name that shows nothing by itself is a later mention of somebody named in full."""
    return not context.law and any(_same(person, name, context) for person in people)


def _same(person: _Known, name: Name, context: naming.Context) -> bool:
    """Whether a name means a person: all its words are of the person's name, or begin one of them ("Santi")."""
    parts = [part.casefold() for part in person.parts]
    own = [part.casefold() for part in name.parts]
    if len(own) == 1:
        if own[0] not in parts and not (len(own[0]) > 3 and any(part.startswith(own[0]) for part in parts)):
            return False
        # "Sheriff Holt" isn't Peter Holt
        return not (person.standing == "private" and context.titled and context.standing == "office")
    if len(parts) == 1:
        return parts[0] in own
    if set(own) <= set(parts) or set(parts) <= set(own):
        return True
    initial = 1 in (len(own[0]), len(parts[0])) and own[0][0] == parts[0][0]
    return own[-1] == parts[-1] and (own[0] == parts[0] or initial)


def _placed(people: list[_Known], name: Name, context: naming.Context) -> None:
    """Puts a mention to the person that it means: the last one named before it, else a new one."""
    fitting = [person for person in people if _same(person, name, context)]
    before = [person for person in fitting if any(other.start < name.start for other in person.mentions)]
    chosen = max(before, key=lambda person: max(o.start for o in person.mentions if o.start < name.start), default=None)
    if chosen is None:
        chosen = fitting[0] if fitting else None
    if chosen is None:
        chosen = _Known(name.parts)
        people.append(chosen)
    if len(name.parts) > len(chosen.parts):
        chosen.parts = name.parts
    chosen.mentions.append(name)
    if chosen.standing == "private":
        chosen.standing = context.standing
    known = " ".join(dict.fromkeys((chosen.parts[0], chosen.parts[-1])))
    if chosen.standing == "private" and naming.is_public(known):
        chosen.standing = "office"
    if chosen.role is None and chosen.standing == "private":
        chosen.role = context.role


def _mentions(people: Sequence[_Known]) -> Iterator[Person]:
    found = [
        Person(name.start, name.end, person.standing, person.role) for person in people for name in person.mentions
    ]
    yield from sorted(found, key=lambda item: item.start)
