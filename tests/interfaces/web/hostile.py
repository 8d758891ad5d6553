"""Texts and names that mean harm: markup, control characters, overrides of direction, endless lines. All invented."""

from __future__ import annotations

from pathlib import Path

from comity import documents, gazetteer, vocabulary
from comity.model import Publication
from comity.reading import read
from comity.register import Register, rules_of
from tests.register.samples import document, reading, statement

TOLEDO = "ocd-division/country:us/state:oh/place:toledo"
MARKS = (
    "<script>window.harmed=1</script>",
    "<img src=x onerror='window.harmed=1'>",
    '"><svg onload=window.harmed=1>',
    "{{ 7*7 }}",
    "</blockquote></main><h1>Not ours</h1>",
)
OVERRIDE = "\u202egnihton\u202c"
PUBLISHERS = (
    "<script>window.harmed=1</script> Sample",
    f"Sample {OVERRIDE} Courier",
    "Sample\x1b[31m \x07Bell",
    "A" * 5000,
)
LONG = 10_000_000  # characters of one sentence, as a broken reader may give it


def stories() -> list[tuple[str, str]]:
    """Publisher and text of each story."""
    told = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status"
    found = [(PUBLISHERS[0], f"{told}, {mark} and more.") for mark in MARKS]
    found += [
        (PUBLISHERS[1], f"{told} {OVERRIDE} in Ohio."),
        (PUBLISHERS[2], f"{told} \x1b[2J\x08\x7f in Ohio."),
        (PUBLISHERS[3], f"{told} {'and so on ' * 2000}."),
    ]
    return found


def recorded(path: Path) -> str:
    """A register with all of these; its path."""
    topic = vocabulary.load()
    with Register.open(path, rules=rules_of(topic.predicates)) as register:
        for number, (publisher, text) in enumerate(stories()):
            given = Publication(
                url="javascript:window.harmed=1", publisher=publisher, published="2025-03-05", home_state="OH"
            )
            data = text.encode()
            parsed = documents.parse(data, path=f"<b>{number}</b>.txt", publication=given)
            register.record(parsed, read(parsed, topic, gazetteer.load()), data)
        home = document("Toledo was listed on Wednesday " + "and so on " * (LONG // 10))
        said = statement(home, home.text[:LONG], subject=("Toledo", TOLEDO))
        register.record(home, reading(home, said), home.text.encode())
    return str(path)
