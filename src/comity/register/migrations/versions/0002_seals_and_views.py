"""Sealed texts; and, on SQLite, views for whoever opens the file with another tool."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_OPEN = 253402300800000000  # an open end: the first instant after the year 9999


def _day(column: str) -> str:
    return f"CASE WHEN {column} < {_OPEN} THEN date({column} / 1000000, 'unixepoch') END"


def _instant(column: str) -> str:
    return f"CASE WHEN {column} < {_OPEN} THEN strftime('%Y-%m-%dT%H:%M:%SZ', {column} / 1000000, 'unixepoch') END"


_CURRENT_STATEMENTS = f"""
CREATE VIEW current_statements AS
SELECT
    s.id AS statement,
    f.predicate,
    e.id AS entity,
    json_extract(s.body, '$.subject.name') AS name,
    json_extract(s.body, '$.value') AS value,
    json_extract(s.body, '$.polarity') AS polarity,
    json_extract(s.body, '$.modality') AS modality,
    json_extract(s.body, '$.voice') AS voice,
    CASE WHEN b.since_known THEN {_day("b.valid_from")} END AS since,
    {_day("b.valid_to")} AS until,
    {_day("b.observed")} AS seen,
    json_extract(p.body, '$.publisher') AS publisher,
    json_extract(p.body, '$.url') AS url,
    json_extract(s.words, '$[0]') AS exact,
    json_extract(s.body, '$.cells') AS cells,
    s.list,
    b.review,
    {_instant("b.known_from")} AS known_since,
    f.facet,
    d.id AS document
FROM beliefs b
JOIN statements s ON s.n = b.statement
JOIN facets f ON f.n = b.facet
JOIN entities e ON e.n = b.entity
JOIN documents d ON d.n = s.document
LEFT JOIN publications p ON p.document = d.n AND p.known_to = {_OPEN}
WHERE b.known_to = {_OPEN} AND b.rejected = 0
"""  # noqa: S608 - built of constants
# The last that was told of each matter; whether accounts differ is more than a query can say.
_CURRENT_STATUS = f"""
CREATE VIEW current_status AS
SELECT facet, predicate, entity, name, value, since, until, seen, statements, accounts, statement AS latest_statement
FROM (
    SELECT
        f.facet,
        f.predicate,
        e.id AS entity,
        json_extract(s.body, '$.subject.name') AS name,
        json_extract(s.body, '$.value') AS value,
        CASE WHEN b.since_known THEN {_day("b.valid_from")} END AS since,
        {_day("b.valid_to")} AS until,
        {_day("b.observed")} AS seen,
        s.id AS statement,
        count(*) OVER (PARTITION BY b.facet) AS statements,
        (SELECT count(DISTINCT s2.document) FROM beliefs b2 JOIN statements s2 ON s2.n = b2.statement
         WHERE b2.entity = b.entity AND b2.facet = b.facet AND b2.known_to = {_OPEN} AND b2.rejected = 0) AS accounts,
        row_number() OVER (PARTITION BY b.facet ORDER BY b.valid_to DESC, b.valid_from DESC, b.n DESC) AS place
    FROM beliefs b
    JOIN statements s ON s.n = b.statement
    JOIN facets f ON f.n = b.facet
    JOIN entities e ON e.n = b.entity
    WHERE b.known_to = {_OPEN} AND b.rejected = 0
        AND json_extract(s.body, '$.polarity') = 'affirmed' AND json_extract(s.body, '$.modality') = 'actual'
)
WHERE place = 1
"""  # noqa: S608 - built of constants
_LIST_CHANGES = f"""
CREATE VIEW list_changes AS
SELECT
    s.list,
    coalesce(json_extract(b.note, '$.kind'), b.cause) AS kind,
    CASE WHEN b.cause = 'end' THEN {_day("b.valid_to")} ELSE {_day("b.valid_from")} END AS date,
    e.id AS entity,
    json_extract(s.body, '$.subject.name') AS name,
    json_extract(w.body, '$.cells') AS before,
    CASE WHEN b.cause <> 'end' THEN json_extract(s.body, '$.cells') END AS after,
    json_extract(b.note, '$.first_absent') AS first_absent,
    json_extract(b.note, '$.confirmed_by') AS confirmed_by,
    json_extract(n.body, '$.name') AS edition,
    s.id AS statement,
    f.facet,
    {_instant("b.known_from")} AS learned
FROM beliefs b
JOIN statements s ON s.n = b.statement
JOIN facets f ON f.n = b.facet
JOIN entities e ON e.n = b.entity
LEFT JOIN beliefs r ON r.n = b.replaces
LEFT JOIN statements w ON w.n = r.statement
LEFT JOIN editions n ON n.n = (
    SELECT max(n2.n) FROM editions n2 WHERE n2.list = s.list AND n2.id = json_extract(b.note, '$.edition'))
WHERE s.list IS NOT NULL AND b.cause <> 'decide' AND coalesce(json_extract(b.note, '$.kind'), '') <> 'first'
    AND NOT (b.cause = 'update' AND b.statement = r.statement)
"""  # noqa: S608 - built of constants


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("n", _WHOLE, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document", _WHOLE, autoincrement=False, nullable=False),
        sa.Column("ground", _WORDS, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.Column("opened", _WHOLE, autoincrement=False, nullable=False),
        sa.Column("known_from", _WHOLE, autoincrement=False, nullable=False),
        sa.UniqueConstraint("document"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for view in (_CURRENT_STATEMENTS, _CURRENT_STATUS, _LIST_CHANGES):
            op.execute(view)
