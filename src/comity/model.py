"""The values that the rooms hand to one another: frozen, slotted, without logic.

Use these to read what Comity returns and to build what it takes. The JSON of the command line, the API and the
exports is these classes field by field, in this order. Offsets are code points into ``Document.text``, half-open.
Days are ISO dates, instants ISO timestamps in UTC, imprecise dates EDTF strings (Library of Congress).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Attribution",
    "AttributionMention",
    "Belief",
    "Block",
    "BodyMention",
    "Candidate",
    "Capture",
    "Cell",
    "Change",
    "Check",
    "Correction",
    "DateMention",
    "Decision",
    "Document",
    "Dropped",
    "Edition",
    "Ending",
    "Entity",
    "Entry",
    "Evidence",
    "Kind",
    "Mentions",
    "Modality",
    "Nature",
    "OffsetRun",
    "Outcome",
    "Pair",
    "PlaceMention",
    "Polarity",
    "Publication",
    "Reading",
    "Resolution",
    "Review",
    "Row",
    "Scalar",
    "Statement",
    "Subject",
    "Succession",
    "Support",
    "Table",
    "Time",
    "Value",
    "Voice",
    "Withheld",
    "Withholding",
]

Kind = Literal[
    "state", "district", "county", "place", "county_subdivision", "school_district", "agency", "federal", "other"
]
Outcome = Literal["resolved", "kind_disputed", "ambiguous", "unknown"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "planned", "possible", "required", "hypothetical"]
Voice = Literal["own", "attributed", "uncertain"]
Review = Literal["machine", "accepted", "corrected"]
Nature = Literal["state", "event", "utterance"]
Withholding = Literal["name", "address", "phone", "email", "handle", "plate", "number", "birth", "operation"]
Pair = tuple[int, int]
Scalar = str | int | float | bool | None
Value = Scalar | tuple[str, ...]


# --- documents -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Publication:
    """What a caller or a manifest says of a file, before it is read. Unknown fields are None."""

    url: str | None = None
    publisher: str | None = None
    published: str | None = None  # ISO day or EDTF
    home_state: str | None = None  # two letters
    captured: str | None = None  # ISO instant, UTC
    synthetic: bool = False  # invented for a sample or a test; shown wherever it stands


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as retrieved (a WARC record): their hash, where they came from, when."""

    sha256: str  # hex, without prefix
    media_type: str
    size: int
    path: str | None = None
    url: str | None = None
    retrieved: str | None = None  # ISO instant, UTC


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or quotation of a document's text."""

    kind: Literal["heading", "paragraph", "item", "quotation"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OffsetRun:
    """``length`` code points that stand at ``clean`` in the document's text and at ``raw`` in the decoded bytes."""

    clean: int
    raw: int
    length: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text as a person sees it, and its link."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet; ``number`` is the row's number as the spreadsheet program shows it (from 1)."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook, or the one table of a CSV file (sheet name '')."""

    sheet: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Clean text or tables of a capture. ``id`` is ``sha256:`` and the hash of ``text`` in UTF-8."""

    id: str
    text: str
    capture: Capture
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None  # ISO day or EDTF
    published_basis: str | None = None  # given, meta tag, JSON-LD, htmldate
    home_state: str | None = None
    path: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    offsets: tuple[OffsetRun, ...] = ()
    tables: tuple[Table, ...] = ()
    synthetic: bool = False
    notes: tuple[str, ...] = ()  # what a person should know: "pages 3 and 4 are images"


# --- gazetteer -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entity:
    """A government, agency, school district or federal body, under its canonical id."""

    id: str
    name: str
    kind: Kind
    state: str | None = None  # two letters; None for federal bodies
    geoid: str | None = None
    ori: str | None = None
    nces: str | None = None
    parent: str | None = None  # id; a government is an agency's parent, never its substitute
    type: str | None = None  # city, town, borough, parish, sheriff, state police, …
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    aliases: tuple[str, ...] = ()  # other ids of the same government


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entity that a name may mean; ``score`` lies between 0 and 1."""

    id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name resolves to, and why. ``id`` is None unless the outcome is ``resolved``."""

    name: str
    state: str | None
    kind: Kind | None
    outcome: Outcome
    id: str | None
    candidates: tuple[Candidate, ...]
    reason: str


# --- reading ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AttributionMention:
    """Who is said to say, think or want what (PolNeAR): spans of the source, its cue and the content.

    ``source`` is empty where none is given. ``parent`` is the index of the attribution whose content holds this
    one, so that a chain can be read outermost first.
    """

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    content: tuple[Pair, ...]
    named: bool = False  # the source is named, not "officials" or "a teacher"
    direct: bool = False  # the content is quoted
    speech: bool = True  # an act of saying or writing, not a belief, wish or feeling
    parent: int | None = None
    speaker: Pair | None = None  # whom a pronoun or bare source refers back to, where that is clear


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A span that names a state, county, place or school district; ``id`` is None where the reader abstains."""

    start: int
    end: int
    id: str | None
    candidates: tuple[Candidate, ...]
    kind: Kind | None = None
    outcome: Outcome = "unknown"


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A span that names an agency, a federal body or another organisation of the topic."""

    start: int
    end: int
    id: str | None
    candidates: tuple[Candidate, ...]
    kind: Kind | None = None
    outcome: Outcome = "unknown"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression as an interval. Where it can't be resolved the three dates are None."""

    start: int
    end: int
    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: str | None = None  # "printed", or "publication date" where it was needed


@dataclass(frozen=True, slots=True)
class Mentions:
    """The spans of one document, before any statement is read from them."""

    path: str | None
    document: str
    attributions: tuple[AttributionMention, ...]
    places: tuple[PlaceMention, ...]
    bodies: tuple[BodyMention, ...]
    dates: tuple[DateMention, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a statement is about: the name as printed, and what it resolves to."""

    name: str
    id: str | None
    kind: Kind | None
    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of sources: who, as printed, and by which cue."""

    source: str | None
    named: bool
    cue: str | None
    direct: bool


@dataclass(frozen=True, slots=True)
class Time:
    """When a statement held, as printed and as an interval; None where it can't be resolved."""

    text: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A span of a document's text that isn't published: a private person's name, a way to find somebody, or where
    an operation of enforcement is under way.
    """

    kind: Withholding
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the words stand (W3C Web Annotation selectors), or which row of which sheet.

    Of a text: ``start`` to ``exact`` and the context. Of a row: ``sheet``, ``row`` and ``cells``. ``withheld`` are the
    spans of evidence, context and support that aren't published; where ``masked``, neutral marks stand in their place.
    """

    document: str
    path: str | None = None
    url: str | None = None
    start: int | None = None
    end: int | None = None
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    sheet: str | None = None
    row: int | None = None
    cells: Mapping[str, str] | None = None
    withheld: tuple[Withheld, ...] = ()
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """A further span that carries a slot of the statement (subject, time, cue, source, a value's slot)."""

    slot: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One typed claim read from one piece of evidence. ``value`` holds every slot of the predicate, None if unknown."""

    id: str
    topic: str
    predicate: str
    subject: Subject
    value: Mapping[str, Value]
    polarity: Polarity
    modality: Modality
    voice: Voice
    attribution: tuple[Attribution, ...]
    time: Time | None
    evidence: Evidence
    support: tuple[Support, ...]
    review: Review
    reader: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement that the gate refused: which rule, on which words, and why."""

    predicate: str
    rule: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one document. ``explanations`` maps a statement's id to how it came about."""

    document: str
    statements: tuple[Statement, ...]
    dropped: tuple[Dropped, ...] = ()
    explanations: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


# --- lists -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an edition, as printed and as understood."""

    list: str
    edition: str
    row: int
    printed: Mapping[str, str]
    entity: str | None
    outcome: Outcome
    facet: str
    since: str | None  # ISO day on which the row says that it began
    link: str | None
    reason: str = ""
    statement: Statement | None = None
    normal: Mapping[str, Value] = field(default_factory=dict)  # the definition's column key to what the cell means


@dataclass(frozen=True, slots=True)
class Check:
    """One plausibility check of an edition: what was looked at, and what was found."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication of a list. ``id`` is ``sha256:`` and the hash of the bytes; ``order`` sorts a list's editions."""

    list: str
    id: str
    name: str  # the file's name
    date: str  # ISO day
    order: str
    date_basis: str  # file name, last modified, capture, given
    captured: str | None
    document: str
    entries: tuple[Entry, ...]
    scopes: tuple[str, ...]  # what it is complete for; ("*",) for the whole list
    checks: tuple[Check, ...] = ()
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """What became different on a list or on the register, with both sides and their evidence."""

    list: str | None
    edition: str | None
    date: str | None
    kind: str
    facet: str
    name: str
    entity: str | None
    field: str | None = None
    before: Value = None
    after: Value = None
    first_absent: str | None = None
    confirmed_by: str | None = None
    evidence: tuple[Evidence, ...] = ()
    learned: str | None = None  # ISO instant at which the register learned of it; None outside one


@dataclass(frozen=True, slots=True)
class Correction:
    """A row that was printed wrong before: ``new`` stands in the place of ``old`` (ids); the list's word for it."""

    old: str
    new: str
    kind: str = "amended"


@dataclass(frozen=True, slots=True)
class Succession:
    """A row whose matter changed in the world ``at`` a day or instant: ``old`` until then, ``new`` since (ids)."""

    old: str
    new: str
    at: str
    kind: str = "amended"


@dataclass(frozen=True, slots=True)
class Ending:
    """A row that is gone, by the list's rule of proof: its statement ends ``at``, and nothing comes in its place."""

    statement: str
    at: str
    kind: str = "left"
    first_absent: str | None = None
    confirmed_by: str | None = None
    evidence: tuple[Evidence, ...] = ()


# --- register --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Belief:
    """A statement on the register, with its two clocks; intervals are half-open, an open end is None."""

    statement: Statement
    facet: str
    valid_from: str | None
    valid_to: str | None
    known_from: str
    known_to: str | None
    observed: str | None
    since_known: bool = True  # False: valid_from stands in for "since unknown"
    sightings: int = 1
    publisher: str | None = None
    synthetic: bool = False
    attested: str | None = None  # the latest instant at which its source says so: publication, last edition


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, by whom, when and why."""

    id: str
    kind: Literal["accept", "reject", "correct", "same", "distinct", "undo"]
    target: str
    other: str | None
    field: str | None
    value: Value
    author: str
    at: str
    reason: str
    carried: str | None = None  # the decision that this one goes on with, after its statement was read anew
