"""The queue as the desk has it: after a decision only what it touches is derived again, so that the next item is there.

What was looked at last is remembered: who decides an item that somebody else has settled meanwhile is told what it was.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from comity.register import Register
from comity.register.draft import Head
from comity.views.decided import Decided
from comity.views.worklist import Item, Kept, in_order, of_group
from comity.vocabulary import Vocabulary

__all__ = ["Queue", "Waiting", "digest", "version_of"]

_REMEMBERED = 1000
_encode = msgspec.json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, worst first; ``places`` says where in the order an item is."""

    items: tuple[Item, ...]
    places: Mapping[str, int]
    kinds: Mapping[str, int]

    def item(self, identity: str) -> Item | None:
        """The item of an id, if it waits."""
        place = self.places.get(identity)
        return None if place is None else self.items[place]

    def around(self, identity: str) -> tuple[Item | None, Item | None]:
        """The items before and after one."""
        place = self.places.get(identity)
        if place is None:
            return None, None
        before = self.items[place - 1] if place else None
        return before, self.items[place + 1] if place + 1 < len(self.items) else None


class Queue:
    """The queue of a site; several threads may use it."""

    def __init__(self, topic: Vocabulary) -> None:
        self._topic = topic
        self._lock = threading.Lock()
        self._head: Head | None = None
        self._parts: dict[str, tuple[Item, ...]] = {}  # by entity, of those that have any
        self._waiting = Waiting((), {}, {})
        self._seen: OrderedDict[str, Item] = OrderedDict()

    def waiting(self, register: Register) -> Waiting:
        """The queue of the register as it is."""
        with self._lock:
            head = register.head()
            if self._head is None or head.hash != self._head.hash:
                self._derive(register)
                self._head = head
            return self._waiting

    def remember(self, item: Item) -> None:
        """Somebody looks at this item."""
        with self._lock:
            self._seen[item.id] = item
            self._seen.move_to_end(item.id)
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)

    def remembered(self, identity: str) -> Item | None:
        """An item as it was looked at last, whether it still waits or not."""
        with self._lock:
            return self._seen.get(identity)

    def _derive(self, register: Register) -> None:
        decisions = register.decisions()
        decided = Decided(decisions)
        touched = register.touched(self._head) if self._head is not None else None
        if touched is None:
            groups = register.by_entity()
            every = ((group[0].facet.split("|")[1], of_group(group, decided, self._topic)) for group in groups)
            self._parts = {entity: items for entity, items in every if items}
        else:
            # A name that was said to mean somebody is in doubt no longer, wherever it is printed.
            parts = self._parts.items()
            settled = [entity for entity, items in parts if any(_settled(each, decided) for each in items)]
            for entity in touched:
                self._parts.pop(entity, None)
            for entity in {*touched.values(), *settled}:
                items = of_group(register.beliefs(entity=entity), decided, self._topic)
                self._parts.pop(entity, None)
                if items:
                    self._parts[entity] = items
        kept = Kept(decisions, register.questions(), register.refused(), dropped=register.dropped())
        found = in_order((item for items in self._parts.values() for item in items), kept, decided)
        places = {item.id: place for place, item in enumerate(found)}
        self._waiting = Waiting(found, places, Counter(item.kind for item in found))


def version_of(item: Item) -> str:
    """Changes with everything that an item shows and that its choices would do."""
    reviewed = [(each.statement.id, each.statement.review, each.decisions) for each in item.entries]
    return digest(item.id, item.why, item.statements, item.candidates, item.choices, reviewed)


def digest(*parts: object) -> str:
    """A short hash of what a form was made from, or would do."""
    return hashlib.sha256(_encode(parts)).hexdigest()[:24]


def _settled(item: Item, decided: Decided) -> bool:
    return item.kind == "margin" and bool(decided.of_name(item.name))
