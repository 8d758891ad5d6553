"""The words of polarity and modality, and how a governor's effect is laid over an event.

``data/language/modality.yml`` gives the words; :func:`compose` is the table of effects described in docs/time.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from comity.model import Modality, Pair
from comity.reading.clause_words import Token, phrase_at
from comity.vocabulary import language

__all__ = ["Lexicon", "State", "compose", "lexicon", "weaker"]


@dataclass(frozen=True, slots=True)
class State:
    """What is known of an event on the way from its own words outward."""

    affirmed: bool = True
    modality: Modality = "actual"
    cues: tuple[Pair, ...] = ()

    def under(self, modality: Modality, *cues: Pair) -> State:
        """The same polarity under at least this modality."""
        return State(self.affirmed, weaker(self.modality, modality), (*self.cues, *cues))

    def denied(self, *cues: Pair) -> State:
        """The opposite polarity."""
        return State(not self.affirmed, self.modality, (*self.cues, *cues))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of ``modality.yml``: effects by phrase, modals, sets and sets of phrases by key."""

    effects: dict[tuple[str, ...], str]
    longest: int
    speech: frozenset[str]
    modals: dict[str, str]
    sets: dict[str, frozenset[str]]
    phrases: dict[str, frozenset[tuple[str, ...]]]
    adjectives: dict[str, Modality]

    def effect(self, toks: tuple[Token, ...], first: int, last: int) -> str | None:
        """The effect of exactly these tokens, if they govern."""
        return self.effects.get(tuple(t.low for t in toks[first:last]))

    def phrase(self, toks: tuple[Token, ...], at: int, key: str) -> int:
        """The length of the longest phrase of a list that begins at a token, or 0."""
        return phrase_at(toks, at, self.phrases[key])

    def negates(self, toks: tuple[Token, ...], at: int) -> bool:
        """Whether a token negates ("not", "never"), and not only seems to ("not only")."""
        return toks[at].low in self.sets["negators"] and not self.phrase(toks, at, "pseudo_negation")


_FIRMEST: tuple[Modality, ...] = ("actual", "planned", "required", "possible", "hypothetical")


def weaker(a: Modality, b: Modality) -> Modality:
    """The less firm of two modalities."""
    return max(a, b, key=_FIRMEST.index)


def _forms(entry: str) -> list[str]:
    """The forms of an entry: given by hand, a phrase as it is, or a regular verb inflected."""
    if "/" in entry:
        return entry.split("/")
    if " " in entry:
        return [entry]
    if entry.endswith("e"):
        return [entry, entry + "s", entry + "d", entry[:-1] + "ing"]
    if entry.endswith("y") and entry[-2] not in "aeou":
        return [entry, entry[:-1] + "ies", entry[:-1] + "ied", entry + "ing"]
    end = "es" if entry.endswith(("s", "sh", "ch", "x")) else "s"
    return [entry, entry + end, entry + "ed", entry + "ing"]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, loaded once."""
    data = language("modality")
    effects: dict[tuple[str, ...], str] = {}
    for effect, entries in data["governors"].items():
        for entry in entries:
            for form in _forms(str(entry)):
                effects.setdefault(tuple(form.split()), effect)
    return Lexicon(
        effects=effects,
        longest=max(len(key) for key in effects),
        speech=frozenset(form for entry in data["governors"]["speech"] for form in _forms(str(entry))),
        modals={str(key): str(value) for key, value in data["modals"].items()},
        sets={key: frozenset(str(word) for word in entries) for key, entries in data["words"].items()},
        phrases={key: frozenset(tuple(str(p).split()) for p in entries) for key, entries in data["phrases"].items()},
        adjectives={word: modality for modality, entries in data["adjectives"].items() for word in entries},
    )


# Effect: (does it turn the polarity, the modality it gives; and both where the governor itself is denied).
_EFFECTS: dict[str, tuple[bool, Modality, bool, Modality]] = {
    "assert": (False, "actual", True, "actual"),
    "speech": (False, "actual", True, "actual"),
    "negate": (True, "actual", False, "actual"),
    "rejected": (True, "actual", False, "actual"),
    "dropped": (True, "planned", False, "possible"),
    "planned": (False, "planned", True, "planned"),
    "performed": (False, "actual", True, "actual"),
    "voted": (False, "planned", True, "planned"),
    "possible": (False, "possible", True, "possible"),
    "unlikely": (True, "possible", False, "possible"),
    "required": (False, "required", False, "possible"),
    "prohibited": (True, "required", False, "possible"),
    "permitted": (False, "possible", True, "required"),
    "doubt": (False, "possible", False, "actual"),
    "hypothetical": (False, "hypothetical", True, "hypothetical"),
}


def compose(effect: str, inner: State, governor: State, cue: Pair) -> State:
    """An event under a governor of an effect; the governor's own state is that of an event."""
    turns, modality, turns_denied, modality_denied = _EFFECTS[effect]
    turned = turns if governor.affirmed else turns_denied
    given = modality if governor.affirmed else modality_denied
    if effect in ("permitted", "required") and not governor.affirmed:
        # "may not be required to", "is not allowed to": the denied governor's own modality is spent.
        outer: Modality = "hypothetical" if governor.modality == "hypothetical" else "actual"
    else:
        outer = governor.modality
    found = weaker(weaker(inner.modality, given), outer)
    return State(inner.affirmed != turned, found, (*inner.cues, cue, *governor.cues))
