"""A register on which something of several kinds waits: one misprint many times, names that fit several, accounts that
differ. All invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from comity import documents, gazetteer, vocabulary
from comity.identity import statement_id
from comity.interfaces.commands.demo import recorded as sample
from comity.model import Candidate, Publication
from comity.reading import read
from comity.register import Register, rules_of
from tests.interfaces.web.signed import peopled
from tests.register.samples import document, reading, statement

LISTED = "The Justice Department listed {} as a sanctuary jurisdiction.\n\nThe list came on a Monday. Story {}.\n"
MISPRINTS = 18
CINCINNATI = "ocd-division/country:us/state:oh/place:cincinnati"
STORIES = (("NY", "Monroe", 1), ("NY", "Monroe", 2), ("AK", "Springfield", 3), ("GA", "Jackson", 4))


def recorded(path: Path) -> str:
    """The register, with accounts; its path."""
    sample(str(path))
    topic = vocabulary.load()
    with Register.open(path, rules=rules_of(topic.predicates)) as register:
        for state, name, number in STORIES:
            text = LISTED.format(name, number)
            given = Publication(publisher=f"Sample Courier {number}", published="2025-03-05", home_state=state)
            parsed = documents.parse(text.encode(), path=f"{number}.txt", publication=given)
            register.record(parsed, read(parsed, topic, gazetteer.load()), text.encode())
        for number in range(MISPRINTS):
            text = "It was a cold morning. " * 40 + LISTED.format("Cincinatty", number)
            home = document(text, publisher=f"Sample Post {number}", published="2025-03-06", home_state="OH")
            made = statement(home, text[920:].partition("\n")[0], subject=("Cincinatty", None),
                             value={"list": "sanctuary jurisdictions", "status": "listed"})  # fmt: skip
            near = (Candidate(CINCINNATI, "Cincinnati", 0.84),)
            made = replace(made, topic=topic.topic, subject=replace(made.subject, candidates=near))
            made = replace(made, id=statement_id(made, home.id))
            register.record(home, reading(home, made), text.encode())
    peopled(str(path))
    return str(path)
