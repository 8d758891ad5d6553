"""Accounts: who may sign in to a register's site, and their sessions. Beside the register, never part of its log.

Use :meth:`Accounts.open`; ``docs/editors.md`` explains roles, sessions and where all this lies.
"""

from comity.accounts.store import Accounts
from comity.accounts.tokens import MARK, SCOPES, Scope, Token, Tokens
from comity.accounts.values import ROLES, Role, Session, User, reaches

__all__ = ["MARK", "ROLES", "SCOPES", "Accounts", "Role", "Scope", "Session", "Token", "Tokens", "User", "reaches"]
