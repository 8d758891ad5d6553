"""Small documents, statements and editions for the register's tests. All invented."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from comity.identity import facet_of, row_id, statement_id
from comity.model import (
    Attribution,
    Candidate,
    Capture,
    Document,
    Edition,
    Entry,
    Evidence,
    Reading,
    Statement,
    Subject,
    Support,
    Time,
)
from comity.register import Rules

ALDER = "ocd-division/country:us/state:oh/place:alder_falls"
BIRCH = "ocd-division/country:us/state:oh/county:birch"
RULES = Rules(
    natures={
        "designation": "state",
        "policy": "state",
        "agreement": "state",
        "protest": "event",
        "response": "utterance",
    },
    facets={"designation": ("list",), "policy": ("kind",), "agreement": ("program", "model")},
    exclusive={"designation": ("status",), "policy": ("action",), "agreement": ("action", "signed")},
    figures={"protest": ("size_low", "size_high")},
)
TEXT = "Alder Falls was listed on Wednesday, the agency said. Birch County was not. A march drew 200 people."


class Ticking:
    """A clock that goes on by one hour with each question, from a given day."""

    def __init__(self, day: str = "2026-01-01") -> None:
        from comity.register.instants import instant

        self.now = instant(day)

    def __call__(self) -> int:
        self.now += 3_600_000_000
        return self.now


def document(text: str = TEXT, *, data: bytes | None = None, **fields: Any) -> Document:
    """A document of ``text``, captured as ``data`` (its UTF-8 where not given)."""
    raw = text.encode() if data is None else data
    retrieved = fields.pop("retrieved", None)
    capture = Capture(
        hashlib.sha256(raw).hexdigest(), "text/plain", len(raw), fields.get("path"), fields.get("url"), retrieved
    )
    identity = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Document(id=identity, text=text, capture=capture, **fields)


def day(text: str, edtf: str, last: str | None = None) -> Time:
    """A time printed as ``text``."""
    return Time(text, edtf, edtf, last or edtf, "printed")


def statement(
    home: Document,
    exact: str = "Alder Falls was listed on Wednesday",
    *,
    predicate: str = "designation",
    subject: tuple[str, str | None] = ("Alder Falls", ALDER),
    value: dict[str, Any] | None = None,
    time: Time | None = None,
    support: Sequence[tuple[str, str]] = (),
    **fields: Any,
) -> Statement:
    """A statement that holds against ``home``: its evidence is where ``exact`` first stands."""
    start = home.text.index(exact)
    end = start + len(exact)
    evidence = Evidence(
        home.id,
        home.path,
        home.url,
        start,
        end,
        exact,
        home.text[max(0, start - 32) : start],
        home.text[end : end + 32],
    )
    name, identity = subject
    made = Statement(
        id="",
        topic="cooperation",
        predicate=predicate,
        subject=Subject(
            name, identity, "place" if identity else None, "resolved" if identity else "unknown",
            (Candidate(identity, name, 0.9),) if identity else (),
        ),
        value={"list": "cooperation list", "status": "listed"} if value is None else value,
        polarity=fields.get("polarity", "affirmed"),
        modality=fields.get("modality", "actual"),
        voice=fields.get("voice", "own"),
        attribution=fields.get("attribution", ()),
        time=time,
        evidence=evidence,
        support=tuple(
            Support(slot, home.text.index(words), home.text.index(words) + len(words), words) for slot, words in support
        ),
        review="machine",
        reader=fields.get("reader", "rules/1"),
        vocabulary="cooperation@000000000000",
    )  # fmt: skip
    return replace(made, id=statement_id(made, home.id))


def said(home: Document) -> Statement:
    """An attributed statement with support."""
    return statement(
        home,
        "Alder Falls was listed on Wednesday, the agency said",
        voice="attributed",
        attribution=(Attribution("the agency", True, "said", False),),
        time=day("Wednesday", "2025-05-28"),
        support=(("time", "Wednesday"),),
    )


def reading(home: Document, *statements: Statement) -> Reading:
    """What a reader makes of ``home``."""
    return Reading(home.id, statements)


def sheet(rows: Sequence[Sequence[str]], name: str = "a.csv", **fields: Any) -> Document:
    """A document of a list: its rows as lines."""
    return document("\n".join(",".join(row) for row in rows), path=name, **fields)


def edition(
    rows: Sequence[Sequence[str]], date: str, *, list_name: str = "partners", name: str | None = None, **fields: Any
) -> tuple[Edition, Document]:
    """An edition of (agency, model, signed) rows, and its document."""
    called = name or f"{list_name}-{date}.csv"
    home = sheet([[date], *rows], called)
    made = f"sha256:{home.capture.sha256}"
    entries = tuple(_entry(list_name, made, home, number, row) for number, row in enumerate(rows, start=2))
    whole = Edition(
        list=list_name, id=made, name=called, date=date, order=date, date_basis="file name", captured=None,
        document=home.id, entries=entries, scopes=("*",),
    )  # fmt: skip
    return replace(whole, **fields), home


def row_statement(list_name: str, home: Document, number: int, row: Sequence[str]) -> Statement:
    """The statement of a row (agency, model, signed)."""
    name, model, signed = row
    identity = f"ori:{name.split()[0].upper()}" if not name.startswith("?") else None
    cells = {"AGENCY": name, "MODEL": model, "SIGNED": signed}
    value = {"program": "partners", "model": model, "action": "in_force", "signed": signed or None}
    return Statement(
        id=row_id(list_name, "agreement", name, {"program": "partners", "model": model}, cells),
        topic="cooperation",
        predicate="agreement",
        subject=Subject(name, identity, "agency", "resolved" if identity else "unknown"),
        value=value,
        polarity="affirmed",
        modality="actual",
        voice="own",
        attribution=(),
        time=day(signed, signed) if signed else None,
        evidence=Evidence(home.id, home.path, None, sheet="", row=number, cells=cells),
        support=(),
        review="machine",
        reader="lists/1",
        vocabulary="partners@000000000000",
    )


def _entry(list_name: str, made: str, home: Document, number: int, row: Sequence[str]) -> Entry:
    said = row_statement(list_name, home, number, row)
    return Entry(
        list=list_name, edition=made, row=number, printed={"AGENCY": row[0], "MODEL": row[1], "SIGNED": row[2]},
        entity=said.subject.id, outcome=said.subject.outcome,
        facet=facet_of("agreement", said.subject.id, row[0] + ", OH", said.value, ("program", "model")),
        since=row[2] or None, link=None, statement=said, normal={"agency": row[0], "links": ("a", "b")},
    )  # fmt: skip
