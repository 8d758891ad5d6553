"""When two statements tell one fact: what a topic says of it, per predicate, under ``one_fact``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.yamlfile import Node

__all__ = ["OneFact", "one_fact"]


@dataclass(frozen=True, slots=True)
class OneFact:
    """When two statements of a predicate tell one fact (docs/comparison.md); the subject is the same in any case.

    ``matter`` slots part one matter from another; ``bodies`` do where they name two known bodies, ``words`` where their
    words have little in common; ``side`` are the slots of either side, of which the subject stands in one. Within a
    matter facts differ in ``values`` (``alike`` names those of a slot that don't) and in ``figures``. ``days`` is how
    far apart dated tellings may lie; ``recent`` how many days before its publication an undated one lies, None: any.
    ``firm`` parts what is so from what is planned, possible or required.
    """

    matter: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    alike: tuple[tuple[str, str], ...] = ()
    figures: tuple[str, ...] = ()
    days: int = 0
    recent: int | None = None
    firm: bool = True


def one_fact(predicate: Node, slots: Mapping[str, str]) -> OneFact:
    """What the topic says under ``one_fact``; else what facet, exclusive slots and figures say of themselves.

    ``slots`` maps the predicate's slots to their types. Raises VocabularyError where a key doesn't hold.
    """
    node = predicate.child("one_fact")
    if node is None:
        fixed = tuple(slot for slot in predicate.texts("facet") if slots[slot] == "enum")
        alike = predicate.pairs("agreeing")
        return OneFact(
            matter=fixed, values=predicate.texts("exclusive"), alike=alike, figures=predicate.texts("figures")
        )
    names = ("matter", "bodies", "words", "side", "values", "figures")
    node.allow(*names, "alike", "days", "recent", "firm")
    for key in names:
        for slot in node.texts(key):
            if slot not in slots:
                raise node.error(f"no slot {slot!r}", key)
    if len(node.texts("side")) not in (0, 2):
        raise node.error("must name two slots", "side")
    for key, kind in (("days", int), ("recent", int), ("firm", bool)):
        if key in node.data and type(node.data[key]) is not kind:
            raise node.error("must be a whole number" if kind is int else "must be true or false", key)
    return OneFact(
        matter=node.texts("matter"),
        bodies=node.texts("bodies"),
        words=node.texts("words"),
        side=node.texts("side"),
        values=node.texts("values"),
        alike=node.pairs("alike"),
        figures=node.texts("figures"),
        days=node.data.get("days", 0),
        recent=node.data.get("recent"),
        firm=node.data.get("firm", True),
    )
