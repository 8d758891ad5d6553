"""Reading: a document in, its statements out, each with its evidence.

Use :func:`read` for statements and :func:`mentions` for the spans of any text. A reader never asks the register.
"""

from __future__ import annotations

from comity.gazetteer import Gazetteer
from comity.model import Document, Reading
from comity.reading import endless, rules
from comity.reading.agreements import stated
from comity.reading.forms import read_form
from comity.reading.rules import mentions
from comity.vocabulary import Vocabulary

__all__ = ["mentions", "notes", "read"]


def notes(document: Document) -> tuple[str, ...]:
    """What a person should know of a document that is to be read: what of it is passed over, and why."""
    return endless.told(endless.passed_over(document.text))


def read(document: Document, vocabulary: Vocabulary, gazetteer: Gazetteer, *, explain: bool = False) -> Reading:
    """The statements of a document, in the order of the text; a signed agreement is read as the form that it is.

    Use it on what :func:`comity.documents.load` returns. A document off the topic yields an empty reading. With
    ``explain`` the reading says for each statement how it came about. Raises nothing of its own.
    """
    form = read_form(document)
    if form is None:
        return rules.read(document, vocabulary, gazetteer, explain=explain)
    statement = stated(document, form, vocabulary, gazetteer)
    if statement is None:
        return Reading(document.id, ())
    how = {"rule": "form", "notes": form.notes, "signatures": form.signatures}
    return Reading(document.id, (statement,), explanations={statement.id: how} if explain else {})
