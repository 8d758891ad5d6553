"""Whose act it is: the office for which an officer acts, the government behind its police, its jail, its counsel.

Use :func:`settled` on the mention that a sentence is about, before it becomes the subject of a statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from comity.model import Candidate, Entity
from comity.reading.mentions import Mention, called
from comity.reading.page import Page
from comity.vocabulary import language

__all__ = ["settled"]


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, re.Pattern[str]]:
    """What makes a government's name an officer's, a jail's or its police, and what names an office itself."""
    return {
        name: re.compile(rf"(?:['’]s)?\s+(?:{words})$", re.IGNORECASE)
        for name, words in language("definite")["titles"].items()
    }


def settled(page: Page, kinds: Sequence[str], mention: Mention) -> Mention:
    """Whose act it is: an officer acts for the office where the text names it, else for the government that it serves.

    "Lucas County Sheriff Dana Ruiz" and "the Lucas County jail" stand for Lucas County in a text that doesn't print
    "Lucas County Sheriff's Office"; "Dayton police" for Dayton where the predicate has governments before agencies.
    """
    titles = _titles()
    if mention.kind != "agency":
        return _office_named(page, mention) if mention.definite or mention.person else mention
    if titles["counsel"].search(mention.name):  # it sues and is sued in its state's name
        state = _behind(page, mention)
        return _as(mention, state) if state and state.kind == "state" and state.kind in kinds else mention
    title = titles["officer"].search(mention.name)
    police = titles["police"].search(mention.name)
    if title is None and police is None:
        return mention
    for other in page.mentions:
        if other.id == mention.id and other.id is not None and titles["office"].search(other.name):
            return other
    parent = _behind(page, mention)
    if parent is None or parent.kind not in kinds:
        return mention
    if title is None and kinds.index(parent.kind) > kinds.index("agency"):
        return mention
    bare = len(mention.name) - len((title or police or [""])[0])
    named = (mention.named[0], mention.named[0] + bare)
    name = page.text[slice(*named)]
    known = page.gazetteer.resolve(name, state=parent.state)
    owner = page.gazetteer.entity(known.id) if known.id else None
    if owner is None or owner.kind not in kinds:
        owner = parent
    return replace(_as(mention, owner), name=name, named=named)


def _as(mention: Mention, owner: Entity) -> Mention:
    """The mention as one of the government for which it acts."""
    candidates = (Candidate(owner.id, owner.name, 1.0),)
    return replace(mention, kind=owner.kind, id=owner.id, outcome="resolved", candidates=candidates)


def _behind(page: Page, agency: Mention) -> Entity | None:
    """The government whose agency it is."""
    entity = page.gazetteer.entity(agency.id) if agency.id else None
    return page.gazetteer.entity(entity.parent) if entity is not None and entity.parent else None


def _office_named(page: Page, mention: Mention) -> Mention:
    """The sheriff's office or police department that the text names, where "the sheriff" stands for the government."""
    printed = page.text[mention.start : mention.end]
    words = next((words for words in called().values() if words.search(printed)), None)
    if words is None or mention.id is None:
        return mention
    for other in page.mentions:
        if other.kind == "agency" and other.id is not None and words.search(other.name):
            entity = page.gazetteer.entity(other.id)
            if entity is not None and entity.parent == mention.id and _titles()["office"].search(other.name):
                return other
    return mention
