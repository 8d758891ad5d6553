"""The statement that a signed agreement makes: this party, this program and model, signed on this day."""

from __future__ import annotations

from dataclasses import replace

from comity.gazetteer import Gazetteer
from comity.identity import statement_id
from comity.model import Document, Statement, Subject, Support, Time, Value
from comity.reading.evidence import evidence
from comity.reading.forms import Form
from comity.reading.withholding import carrying, joined
from comity.vocabulary import Vocabulary, language

__all__ = ["READER", "stated"]

READER = "forms/1"

_UNSIGNED = ("signed", "time")


def stated(document: Document, form: Form, vocabulary: Vocabulary, gazetteer: Gazetteer) -> Statement | None:
    """The statement of a form, in the document's own voice; None where the topic knows no such predicate."""
    states = language("forms")["states"]
    predicate = vocabulary.predicates.get(states["predicate"])
    if predicate is None:
        return None
    signed = form.signed
    given: dict[str, Value] = {"program": form.program, "model": form.model}
    if signed is not None:
        given |= {"action": states["action"], "signed": signed.edtf}
    state = form.state.exact if form.state else document.home_state
    found = gazetteer.resolve(" ".join(form.agency.exact.split()), state=state, kind="agency")
    start, end = form.evidence.start, form.evidence.end
    kept = [item for item in form.support if item.slot not in _UNSIGNED or signed is not None]
    support = [item for item in kept if item.slot != "time"]
    if signed is not None:
        support.append(Support("time", signed.words.start, signed.words.end, signed.words.exact))
    statement = Statement(
        id="",
        topic=vocabulary.topic,
        predicate=predicate.name,
        subject=Subject(form.agency.exact, found.id, "agency", found.outcome, found.candidates),
        value={slot: given.get(slot) for slot in predicate.slots},
        polarity="affirmed",
        modality="actual",
        voice="own",
        attribution=(),
        time=Time(signed.words.exact, signed.edtf, signed.earliest, signed.latest, "printed") if signed else None,
        evidence=evidence(document, start, end),
        support=tuple(sorted(support, key=lambda item: (item.start, item.slot))),
        review="machine",
        reader=READER,
        vocabulary=vocabulary.version,
    )
    identified = replace(statement, id=statement_id(statement, document.id))
    return carrying(identified, joined(document.text, ()))  # who signs it does so in office
