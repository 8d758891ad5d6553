"""Signed agreements: who agreed with the federal side to what model, and the days on which each side signed.

Use :func:`read_form` on a PDF or text that may be a memorandum of agreement under the program of
``data/language/forms.yml``; what it returns carries the exact words for every field. Nothing is taken over from
outside the text: a day written by hand that the text doesn't hold stays unknown. Names, telephone numbers and
addresses of signers and contacts are not taken over.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from comity.model import Document, Support
from comity.reading.signatures import Dated, Signature, Words, date_in, pattern, signatures
from comity.vocabulary import language

__all__ = ["Dated", "Form", "Signature", "Words", "read_form"]

Model = Literal["jail_enforcement", "task_force", "warrant_service"]
MODELS: tuple[Model, ...] = ("jail_enforcement", "task_force", "warrant_service")
SAME_NAME = 0.8  # of difflib's ratio: one name, misread by OCR ("Fmklin" for Franklin is .89), or two
SENTENCE_END = re.compile(r"[.!?][\"”']?(?=\s+[A-Z(“\"]|\s*$)")
NAME_EDGE = re.compile(r"^[\s\"“”'_.,;:-]+|[\s\"“”_.,;:-]+$")


@dataclass(frozen=True, slots=True)
class Form:
    """A signed agreement as printed. Fields that the text doesn't settle are None.

    ``evidence`` is the sentence that names the parties; ``support`` holds the spans of subject, program, model,
    signed and time, for a statement of the predicate ``agreement``. ``signed`` is the day by which both sides had
    signed; where only one side's day is legible it is an open interval from there (``2019-10-15/..``).
    """

    agency: Words
    program: str
    program_words: Words
    model: Model | None
    model_words: Words | None
    signatures: tuple[Signature, ...]
    signed: Dated | None
    effective: Dated | None
    state: Words | None
    evidence: Words
    support: tuple[Support, ...]
    notes: tuple[str, ...] = ()


def read_form(document: Document) -> Form | None:
    """The agreement that a document is, or None where it is none.

    A text that is about agreements isn't one: the covenant itself must stand in it. Pages that are images leave
    their fields None; when the page that names the parties is one, the other places that print the name serve.
    """
    text = document.text
    cues = language("forms")
    if document.tables or not _is_agreement(text, cues["program"]):
        return None
    program = pattern(cues["program"]["authority"]).search(text)
    party = _party(text, cues["agency"])
    if party is None or program is None:
        return None
    agency, evidence = party
    model, model_words = _model(text, cues["models"])
    signed_by = signatures(text, agency.exact)
    signed = _signed(signed_by)
    effective = _effective(text, cues["effective"], signed)
    program_words = Words.at(text, *program.span())
    return Form(
        agency=agency,
        program=cues["program"]["name"],
        program_words=program_words,
        model=model,
        model_words=model_words,
        signatures=signed_by,
        signed=signed,
        effective=effective,
        state=_state(text, cues),
        evidence=evidence,
        support=tuple(_support(agency, program_words, model_words, signed, effective)),
        notes=_notes(signed_by),
    )


def _is_agreement(text: str, cues: Mapping[str, Any]) -> bool:
    if not pattern(cues["title"]).search(text) or not pattern(cues["authority"]).search(text):
        return False
    return sum(1 for cue in cues["covenant"] if pattern(cue).search(text)) >= 2


@lru_cache(maxsize=8)
def _generic() -> frozenset[str]:
    return frozenset(_plain(name) for name in language("forms")["agency"]["generic"])


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’]", "", name.lower())).strip()


def _named(text: str, match: re.Match[str]) -> Words | None:
    """The agency of a match without what frames it; None for what is no name."""
    start, end = match.span("agency")
    while edge := NAME_EDGE.search(text[start:end]):
        if edge.start() == 0:
            start += edge.end()
        else:
            end = start + edge.start()
    name = _plain(text[start:end])
    if len(name) < 5 or name in _generic() or not any(len(word) > 2 for word in name.split()):
        return None
    return Words.at(text, start, end)


def _party(text: str, cues: Mapping[str, Any]) -> tuple[Words, Words] | None:
    """The party's name where it reads best, and the sentence that makes it a party.

    OCR misreads a name in one place and not in others: of the spellings that are one name, the most frequent wins.
    """
    party_cue = pattern(cues["party"].replace("{more}", cues["more"]))
    party = next(((words, match) for match in party_cue.finditer(text) if (words := _named(text, match))), None)
    others = [
        (words, match)
        for cue in cues["other"]
        for match in pattern(cue).finditer(text)
        if (words := _named(text, match))
    ]
    first = party or (others[0] if others else None)
    if first is None:
        return None
    plain = _plain(text)
    votes: Counter[str] = Counter()
    for words, _ in ([party] if party else []) + others:
        name = _plain(words.exact)
        if difflib.SequenceMatcher(None, name, _plain(first[0].exact), autojunk=False).ratio() >= SAME_NAME:
            votes[name] = plain.count(name)
    usual = _plain(first[0].exact)
    if votes and max(votes.values()) > votes[usual]:
        usual = max(votes, key=lambda name: (votes[name], name))
    agency = next(words for words, _ in [first, *others] if _plain(words.exact) == usual)
    return agency, _sentence(text, first[1])


def _sentence(text: str, match: re.Match[str]) -> Words:
    """The sentence around a match; it ends with its page or paragraph where OCR lost the full stop."""
    before = [end.end() for end in SENTENCE_END.finditer(text, max(0, match.start() - 300), match.start())]
    line = text.rfind("\n", 0, match.start()) + 1
    start = max([line, *before])
    while text[start].isspace():
        start += 1
    stop = SENTENCE_END.search(text, match.end("agency"), min(len(text), match.end() + 1500))
    end = stop.end() if stop else match.end()
    page = text.find("\f", match.end("agency"), end)
    end = page if page >= 0 else end
    return Words.at(text, start, start + len(text[start:end].rstrip()))


def _model(text: str, models: Mapping[str, Any]) -> tuple[Model | None, Words | None]:
    """The model by the head of the text, else by its name anywhere, else by what only its wording says.

    Where one and the same tier names two models, the text doesn't settle it.
    """
    titles = {name: [models[name]["title"]] for name in MODELS}
    wordings = {name: models[name]["wording"] for name in MODELS}
    for cues, reach in ((titles, models["head"]), (wordings, len(text)), (titles, len(text))):
        found = [(name, match) for name in MODELS if (match := _first(text, cues[name], reach))]
        if found:
            name, match = found[0]
            return (name, Words.at(text, *match.span())) if len(found) == 1 else (None, None)
    return None, None


def _first(text: str, cues: Sequence[str], reach: int) -> re.Match[str] | None:
    return next((match for cue in cues if (match := pattern(cue).search(text, 0, reach))), None)


def _signed(signed_by: tuple[Signature, ...]) -> Dated | None:
    """The day by which both sides had signed: the later one; from the only legible one on, if the other isn't."""
    days = [signature.date for signature in signed_by if signature.date]
    if not days:
        return None
    sides = {signature.side for signature in signed_by if signature.date}
    last = max(days, key=lambda day: (day.earliest, day.words.start))
    if {"agency", "federal"} <= sides:
        return last
    return Dated(f"{last.earliest}/..", last.earliest, None, last.words)


def _effective(text: str, cues: Mapping[str, Any], signed: Dated | None) -> Dated | None:
    match = pattern(cues["on_signature"]).search(text)
    if match:
        words = Words.at(text, *match.span())
        return Dated(signed.edtf, signed.earliest, signed.latest, words) if signed else None
    for match in pattern(cues["dated"]).finditer(text):
        date = date_in(text, *match.span("date"))
        if date:
            return Dated(date.edtf, date.earliest, date.latest, Words.at(text, *match.span()))
    return None


def _state(text: str, cues: Mapping[str, Any]) -> Words | None:
    """The state as printed: where the party is said to represent it, or in the address of its own contact."""
    first, *others = cues["state"]
    match = pattern(first).search(text)
    if match:
        return Words.at(text, *match.span("state"))
    contacts = cues["contacts"]
    begin = pattern(contacts["begin"]).search(text)
    if begin is None:
        return None
    agency = pattern(contacts["agency"]).search(text, begin.end())
    federal = pattern(contacts["federal"]).search(text, agency.end() if agency else begin.end())
    for cue in others:
        match = pattern(cue).search(
            text, agency.end() if agency else begin.end(), federal.start() if federal else len(text)
        )
        if match:
            return Words.at(text, *match.span("state"))
    return None


def _support(
    agency: Words, program: Words, model: Words | None, signed: Dated | None, effective: Dated | None
) -> Iterator[Support]:
    named = (
        ("subject", agency),
        ("program", program),
        ("model", model),
        ("signed", signed.words if signed else None),
        ("time", effective.words if effective else None),
    )
    for slot, words in named:
        if words is not None:
            yield Support(slot, words.start, words.end, words.exact)


def _notes(signed_by: tuple[Signature, ...]) -> tuple[str, ...]:
    legible = {signature.side for signature in signed_by if signature.date}
    sides = (("agency", "the agency's"), ("federal", "the federal"))
    return tuple(f"{words} day of signing isn't legible" for side, words in sides if side not in legible)
