"""The words that attribute, in all their forms, from ``data/language/attribution.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from comity.vocabulary import language

__all__ = ["Grammar", "Lexicon", "Noun", "Verb", "forms", "grammar", "lexicon"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb: its lemma, its frames, and which forms the word can be (base, s, past, pp, ing)."""

    lemma: str
    frames: frozenset[str]
    speech: bool
    forms: frozenset[str]


class Noun(NamedTuple):
    """A noun of saying or thinking: its lemma, what may follow it, and whether it is an act of saying."""

    lemma: str
    frames: frozenset[str]
    speech: bool


class Grammar(NamedTuple):
    """Closed classes of English that the clause finder needs."""

    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    semi_modal: frozenset[str]
    clause_adverbs: frozenset[str]
    subordinators: frozenset[str]
    noun_prepositions: frozenset[str]
    wh: frozenset[str]
    listeners: frozenset[str]
    times: frozenset[str]
    time_openers: frozenset[str]
    opens_no_source: frozenset[str]
    time_nouns: frozenset[str]  # after "that": "the rule it passed that night"
    breaking: frozenset[str]
    quantifiers: frozenset[str]
    articles: frozenset[str]
    there: frozenset[str]
    reflexives: frozenset[str]
    always_verbs: frozenset[str]
    papers: frozenset[str]
    paper_acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All the words that attribute, by lower-case form."""

    triggers: frozenset[str]  # a sentence without any of them attributes nothing
    verbs: dict[str, Verb]
    phrasal: dict[str, list[tuple[tuple[str, ...], Verb]]]  # the longest first
    nouns: dict[str, Noun]
    light_verbs: frozenset[str]
    lemmas: dict[str, str]  # forms of light verbs
    adjectives: frozenset[str]
    adjective_prepositions: frozenset[str]
    unsourced: frozenset[str]
    alleged: frozenset[str]
    media: tuple[tuple[str, ...], ...]  # "in a statement", a part of the cue
    copulas: frozenset[str]
    signs: frozenset[str]
    terms: frozenset[str]  # on which somebody speaks, and that are nothing said
    putting: frozenset[str]  # forms of "put the crowd at 200"
    viewed: dict[
        str, frozenset[str]
    ]  # by preposition the nouns of "in the mayor's words", "by the sheriff's own count"
    held_by: dict[str, frozenset[str]]  # who holds the view that a sentence gives: "To critics, the program …"
    stances: frozenset[str]  # nouns of "the sheriff's position is that"
    speaking: frozenset[str]  # the last words of a speaker at a headline's end: "…: sheriff", "… — lawsuit"
    showing: frozenset[str]  # verbs that name an example, so that what "which" tells of it is said too
    labels: frozenset[str]  # what stands before a colon and is no speaker
    silent: frozenset[str]
    prevented: frozenset[str]  # before an -ing form that nobody says: "barred from asking"
    grammar: Grammar
    clause_stops: frozenset[str]
    phrase_stops: frozenset[str]


def forms(lemma: str, double: bool = False) -> tuple[str, str, str, str]:
    """Third person, past, participle and -ing form of a regular verb."""
    stem = lemma + lemma[-1] if double else lemma
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if lemma.endswith("e"):
        ing = lemma + "ing" if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1] + "ing"
        return third, lemma + "d", lemma + "d", ing
    return third, stem + "ed", stem + "ed", stem + "ing"


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, built once."""
    data = language("attribution")
    double = set(data["double"])
    frames: dict[str, set[str]] = {}
    speech: dict[str, bool] = {}
    for group in data["verbs"]:
        for lemma in group["lemmas"]:
            frames.setdefault(lemma, set()).update(group["frames"])
            speech[lemma] = speech.get(lemma, False) or bool(group["speech"])
    by_form: dict[str, Verb] = {}
    for lemma, kinds in frames.items():
        shape = data["irregular"].get(lemma) or forms(lemma, lemma in double)
        named: dict[str, set[str]] = {lemma: {"base"}}
        for form, name in zip(shape, ("s", "past", "pp", "ing"), strict=True):
            named.setdefault(form, set()).add(name)
        for form, names in named.items():
            if form not in by_form:
                by_form[form] = Verb(lemma, frozenset(kinds), speech[lemma], frozenset(names))
    phrasal = _phrasal(data["phrasal"], data["irregular"], double)
    nouns = _nouns(data["nouns"])
    unsourced = frozenset(data["phrases"]["no-source"])
    adjectives = frozenset(data["adjectives"])
    viewed = {noun for nouns in data["viewed"].values() for noun in nouns}
    return Lexicon(
        frozenset(
            [
                *by_form,
                *phrasal,
                *nouns,
                *unsourced,
                *adjectives,
                *data["putting"],
                *viewed,
                *data["stances"],
                *(noun for nouns in data["held-by"].values() for noun in nouns),
                "according",
                "per",
                ":",
            ]
        ),
        by_form,
        phrasal,
        nouns,
        frozenset(data["light-verbs"]),
        {
            form: lemma
            for lemma in data["light-verbs"]
            for form in (lemma, *(data["irregular"].get(lemma) or forms(lemma)))
        },
        adjectives,
        frozenset(data["adjective-prepositions"]),
        unsourced,
        frozenset(data["alleged"]),
        tuple(tuple(medium.split()) for medium in data["media"]),
        frozenset(data["copulas"]),
        frozenset(data["signs"]),
        frozenset(data["terms"]),
        frozenset(data["putting"]),
        {preposition: frozenset(nouns) for preposition, nouns in data["viewed"].items()},
        {preposition: frozenset(nouns) for preposition, nouns in data["held-by"].items()},
        frozenset(data["stances"]),
        frozenset([*data["plural-sources"], *data["bodies"], *data["topics"]["papers"], *data["headline-speakers"]]),
        frozenset(data["showing"]),
        frozenset(data["labels"]),
        frozenset(data["silent"]),
        frozenset(data["prevented"]),
        grammar(),
        frozenset(data["stops"]["clause"]),
        frozenset(data["stops"]["phrase"]),
    )


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The closed classes."""
    data = language("attribution")["grammar"]
    return Grammar(*(frozenset(str(word) for word in data[name.replace("_", "-")]) for name in Grammar._fields))


def _phrasal(
    entries: list[dict[str, Any]], irregular: dict[str, list[str]], double: set[str]
) -> dict[str, list[tuple[tuple[str, ...], Verb]]]:
    found: dict[str, list[tuple[tuple[str, ...], Verb]]] = {}
    for entry in entries:
        lemma = entry["verb"]
        verb = Verb(lemma, frozenset(entry["frames"]), entry["speech"], frozenset())
        for form in dict.fromkeys((lemma, *(irregular.get(lemma) or forms(lemma, lemma in double)))):
            for after in entry["after"]:
                found.setdefault(form, []).append((tuple(after.split()), verb))
    for pairs in found.values():
        pairs.sort(key=lambda pair: -len(pair[0]))
    return found


def _nouns(data: dict[str, list[str]]) -> dict[str, Noun]:
    speech = set(data["speech"])
    frames: dict[str, set[str]] = {}
    for frame, lemmas in data.items():
        for lemma in lemmas:
            frames.setdefault(lemma, set()).update({frame} - {"speech", "thought"})
    found = {}
    for lemma, kinds in frames.items():
        noun = Noun(lemma, frozenset(kinds), lemma in speech)
        found[lemma] = found[forms(lemma)[0]] = noun
    return found
