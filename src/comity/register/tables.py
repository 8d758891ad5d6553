"""The tables of a register, for both databases; the migrations make them, a test holds the two together.

Every row carries ``opened``, the number of the log entry that wrote it. Rows are never changed and never deleted; the
one exception is the end of their known time: ``known_to`` and ``closed``, the log entry that closed them. Numbers
(``n``) are given out by the writer in order, so the rows of one log entry are one range of numbers in each table.

Instants are microseconds since 1970 (see ``instants``); columns that hold JSON are text in both databases. What the log
covers are all columns but those of :data:`UNCOVERED`: the two that close a row, and the words of texts, which are held
to the hash of the text instead, so that a text can be sealed later and the log still holds.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

__all__ = ["CLOSABLE", "DERIVED", "ORDER", "UNCOVERED", "WHOLE", "WORDS", "covered", "metadata", "table"]

metadata = MetaData()
# Code point order, in both databases: prefixes are ranges, and answers come in one order.
WORDS = Text().with_variant(Text(collation="C"), "postgresql")
WHOLE = BigInteger().with_variant(Integer(), "sqlite")  # SQLite's own row number is INTEGER, and only that
UNCOVERED = frozenset({"known_to", "closed", "text", "words"})


def _number(name: str = "n", *, primary: bool = False, null: bool = False) -> Column[int]:
    return Column(name, WHOLE, primary_key=primary, autoincrement=False, nullable=null)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, WORDS, nullable=null)


def _flag(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False)


def _known() -> tuple[Column[int], ...]:
    return _number("opened"), _number("closed", null=True), _number("known_from"), _number("known_to")


Table(
    "log",
    metadata,
    _number("seq", primary=True),
    _number("at"),
    _text("operation"),
    _text("detail"),  # JSON: what a person reads of it
    _number("format"),  # of the leaves and of this entry
    _text("heads"),  # JSON: the last number of each table after this entry
    _text("closures"),  # JSON: how many rows of each table it closed
    _text("root"),  # Merkle root (RFC 6962) of the rows written and closed
    _text("previous"),
    _text("hash"),
)
Table("entities", metadata, _number(primary=True), _text("id"), _number("opened"), UniqueConstraint("id"))
Table(
    "facets",
    metadata,
    _number(primary=True),
    _text("facet"),
    _number("entity"),
    _text("predicate"),
    _number("opened"),
    UniqueConstraint("facet"),
    Index("facets_entity", "entity", "predicate"),
)
Table(
    "documents",
    metadata,
    _number(primary=True),
    _text("id"),  # sha256: and the hash of the text
    Column("text", LargeBinary, nullable=True),  # UTF-8, zlib; null once sealed
    _text("blocks"),  # JSON
    _number("opened"),
    UniqueConstraint("id"),
)
Table(
    "publications",
    metadata,
    _number(primary=True),
    _number("document"),
    _text("body"),  # JSON: title, publisher, byline, published, …
    *_known(),
    Index("publications_document", "document"),
)
Table(
    "captures",
    metadata,
    _number(primary=True),
    _number("document"),
    _text("sha256"),
    _text("body"),  # JSON: media type, size, path, url, retrieved, and the publication as given with it
    _number("opened"),
    _number("known_from"),
    Index("captures_document", "document"),
    Index("captures_sha256", "sha256"),
)
Table(
    "readings",
    metadata,
    _number(primary=True),
    _number("document"),
    _text("reader"),
    _text("vocabulary"),
    _text("dropped"),  # JSON: what the gate refused
    _number("opened"),
    _number("known_from"),
    Index("readings_document", "document"),
)
Table(
    "statements",
    metadata,
    _number(primary=True),
    _text("id"),
    _number("revision"),  # 0 as first read; one more for each correction that keeps the id
    _number("document"),
    _text("list", null=True),  # of a row of a list
    _text("body"),  # JSON: the statement without its words
    _text("words", null=True),  # JSON: exact, prefix, suffix, exacts of the support; null once sealed
    _number("opened"),
    UniqueConstraint("id", "revision"),
    Index("statements_document", "document"),
    Index("statements_list", "list", sqlite_where=text("list IS NOT NULL"), postgresql_where=text("list IS NOT NULL")),
)
Table(
    "beliefs",
    metadata,
    _number(primary=True),
    _number("statement"),
    _number("entity"),
    _number("facet"),
    _number("valid_from"),
    _number("valid_to"),
    _flag("since_known"),
    _number("observed"),
    _text("review"),
    _flag("rejected"),
    _text("cause"),  # record, correct, update, end, decide, …: why it was written
    _number("replaces", null=True),  # the belief that it stands for since then
    _text("note", null=True),  # JSON: evidence of an end, kind of a list's change, reason
    *_known(),
    Index("beliefs_entity", "entity", "known_to", "facet", "valid_from"),
    Index("beliefs_statement", "statement"),
    Index(
        "beliefs_replaces",
        "replaces",
        sqlite_where=text("replaces IS NOT NULL"),
        postgresql_where=text("replaces IS NOT NULL"),
    ),
    Index(
        "beliefs_closed", "closed", sqlite_where=text("closed IS NOT NULL"), postgresql_where=text("closed IS NOT NULL")
    ),
)
Table(
    "editions",
    metadata,
    _number(primary=True),
    _text("list"),
    _text("id"),
    _text("ord"),
    _text("date"),  # ISO day, '' where unknown
    _text("body"),  # JSON: name, basis of the date, captured, scopes, checks
    _flag("accepted"),
    _number("document"),
    _number("opened"),
    _number("known_from"),
    UniqueConstraint("list", "id", "ord", "accepted"),  # one that was refused may be accepted later
    Index("editions_list", "list", "ord"),
)
Table(
    "printed",
    metadata,
    _number(primary=True),
    _text("key"),  # hash of statement id and body: one row for all editions that print it alike
    _text("statement", null=True),  # statement id
    _text("body"),  # JSON: cells as printed and as understood
    _number("opened"),
    UniqueConstraint("key"),
    Index("printed_statement", "statement"),
)
Table(
    "entries",
    metadata,
    _number("edition", primary=True),
    _number("position", primary=True),
    _number("row"),
    _number("printed"),
    Index("entries_printed", "printed"),
    sqlite_with_rowid=False,
)
Table(
    "decisions",
    metadata,
    _number(primary=True),
    _text("id"),
    _text("kind"),
    _text("target"),
    _text("other", null=True),
    _text("body"),  # JSON: field, value, author, reason
    *_known(),
    UniqueConstraint("id"),
    Index("decisions_target", "target"),
    Index("decisions_other", "other"),
)
Table(
    "questions",
    metadata,
    _number(primary=True),
    _text("id"),
    _text("kind"),
    _text("about"),
    _text("body"),
    *_known(),
    Index("questions_about", "about"),
    Index("questions_known", "known_to"),
)
Table(
    "withdrawals",
    metadata,
    _number(primary=True),
    _text("list"),
    _number("at"),
    _text("body"),  # JSON: evidence, reason
    *_known(),
    Index("withdrawals_list", "list"),
)

Table(
    "seals",
    metadata,
    _number(primary=True),
    _number("document"),
    _text("ground"),  # court, takedown, privacy
    _text("body"),  # JSON: reason, author
    _number("opened"),
    _number("known_from"),
    UniqueConstraint("document"),
)

Table(
    "sighted_as",  # rows that are sightings of another statement than the one they were printed with
    metadata,
    _number(primary=True),
    _number("edition"),
    _number("position"),
    _text("statement"),
    *_known(),
    Index("sighted_as_entry", "edition", "position"),
    Index("sighted_as_statement", "statement"),
)

Table(
    "fingerprints",
    metadata,
    _number("value", primary=True),
    _number("document", primary=True),
    sqlite_with_rowid=False,
)
Table(
    "repeats",
    metadata,
    _number("one", primary=True),  # documents, the one with the lesser id first
    _number("other", primary=True),
    _text("kind"),  # same, verbatim, reworded
    _number("one_share"),  # thousandths of it that stand in the other
    _number("other_share"),
    _number("one_length"),  # code points
    _number("other_length"),
    Index("repeats_other", "other"),
    sqlite_with_rowid=False,
)
Table(
    "marks",
    metadata,
    _number("seq", primary=True),  # log entry
    Column("table", WORDS, primary_key=True),
    _text("rows"),  # hex: four bytes of each row
    _text("columns"),  # JSON: a CRC of each column, and of each field of JSON objects
    _text("closed"),  # JSON: numbers of the rows that were closed
    sqlite_with_rowid=False,
)

Table(
    "checkpoints",
    metadata,
    Column("lists", WORDS, primary_key=True),  # names of the lists of one story, apart by blanks
    _text("version"),  # of what made it
    _number("editions"),  # how many are in it, refused ones included
    _number("withdrawals"),
    Column("body", LargeBinary, nullable=False),  # zlib
    sqlite_with_rowid=False,
)

DERIVED = frozenset({"checkpoints", "fingerprints", "marks", "repeats"})
"""The tables that are made of others alone: no log covers them, ``verify`` holds them to what they are made of."""

ORDER = tuple(name for name in metadata.tables if name != "log" and name not in DERIVED)
"""The tables in the order in which the log covers their rows; new ones are added at the end."""

CLOSABLE = tuple(name for name in ORDER if "closed" in metadata.tables[name].c)


def table(name: str) -> Table:
    """The table called ``name``."""
    return metadata.tables[name]


def covered(name: str) -> tuple[str, ...]:
    """The columns of a table whose values the log covers, in order."""
    return tuple(column.name for column in metadata.tables[name].c if column.name not in UNCOVERED)
