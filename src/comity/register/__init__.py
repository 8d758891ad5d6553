"""The register: the only writer. Statements on two clocks, in SQLite or PostgreSQL, under a log that proves itself.

Use :meth:`Register.open`.
"""

from comity.register.recording import Recorded, Refused
from comity.register.rules import Rules, rules_of
from comity.register.store import Register
from comity.register.verification import Failure, Verification

__all__ = ["Failure", "Recorded", "Refused", "Register", "Rules", "Verification", "rules_of"]
