"""The register: the only writer. Statements on two clocks, in SQLite or PostgreSQL, under a log that proves itself.

Use :meth:`Register.open`; ``docs/register.md`` explains the clocks and the verbs.
"""

from comity.model import Correction, Ending, Succession
from comity.register.catalogue import LogEntry, Withdrawn
from comity.register.changes import About
from comity.register.checkpoints import Checkpoint
from comity.register.listing import EditionRecorded
from comity.register.questions import EDITION, Asked, Question
from comity.register.recording import Recorded, Refused
from comity.register.rereading import Reread, Superseded
from comity.register.rules import Rules, rules_of
from comity.register.seen import Sighting
from comity.register.settling import Telling
from comity.register.store import Register
from comity.register.telling import ListChanges
from comity.register.verification import Failure, Verification

__all__ = [
    "EDITION",
    "About",
    "Asked",
    "Checkpoint",
    "Correction",
    "EditionRecorded",
    "Ending",
    "Failure",
    "ListChanges",
    "LogEntry",
    "Question",
    "Recorded",
    "Refused",
    "Register",
    "Reread",
    "Rules",
    "Sighting",
    "Succession",
    "Superseded",
    "Telling",
    "Verification",
    "Withdrawn",
    "rules_of",
]
