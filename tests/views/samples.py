"""A register of invented stories under the package's topic, as the views' tests read it."""

from __future__ import annotations

from pathlib import Path

from tests.register.samples import Ticking

from comity import documents, gazetteer, vocabulary
from comity.model import Publication
from comity.reading import read
from comity.register import Register, rules_of

TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
FIRST = ("First Sample", "2025-03-05", "About 200 people rallied against ICE in Toledo on Monday.\n")
SECOND = ("Second Sample", "2025-03-06", "About 90 people rallied against ICE in Toledo on Monday.\n")
THIRD = ("Third Sample", "2025-03-07", "Toledo adopted an ordinance on Monday that bars police from asking about "
         "immigration status.\n")  # fmt: skip
Story = tuple[str, str, str]


def opened(folder: Path, *, day: str = "2026-01-01") -> Register:
    """A register whose clock goes on by an hour with each question."""
    rules = rules_of(vocabulary.load().predicates)
    return Register.open(folder / "register.db", rules=rules, clock=Ticking(day))


def add(register: Register, *stories: Story) -> None:
    """Reads and records stories, one transaction each."""
    for publisher, published, text in stories:
        given = Publication(
            url=f"https://{publisher.split()[0].lower()}.example/story",
            published=published,
            publisher=publisher,
            home_state="OH",
        )
        document = documents.parse(text.encode(), path=f"{publisher}.txt", publication=given)
        register.record(document, read(document, vocabulary.load(), gazetteer.load()), text.encode())
