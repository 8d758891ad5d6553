"""Passwords: what one has to be, its hash (argon2id), and whether one fits a hash."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from comity.errors import UsageError

__all__ = ["SHORTEST", "checked", "fits", "hashed", "worn"]

SHORTEST, _LONGEST = 12, 1024
"""Characters of a password; NIST SP 800-63B asks for length, and for nothing of its make-up."""

# RFC 9106's second choice: 64 MiB and three passes, so that a few at once fit in a small machine.
_hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def checked(password: str, name: str) -> str:
    """The password, if it may be one. Raises UsageError, which doesn't repeat it."""
    if not SHORTEST <= len(password) <= _LONGEST:
        raise UsageError(f"a password has {SHORTEST} to {_LONGEST:,} characters", where="password", hint="use a phrase")
    if len(set(password)) < 5 or name.casefold() in password.casefold().split():
        raise UsageError("is guessed at once", where="password", hint="use a phrase without the account's name")
    return password


def hashed(password: str) -> str:
    """The hash of a password, with a salt of its own."""
    return _hasher.hash(password)


def fits(hash: str | None, password: str) -> bool:
    """Whether a password is the one of a hash. Of no hash (nobody of that name) it takes as long to say no."""
    try:
        return _hasher.verify(hash or _nobodys(), password[: _LONGEST + 1]) and hash is not None
    except (VerificationError, InvalidHashError):
        return False


def worn(hash: str) -> bool:
    """Whether a hash was made at other costs than these, and should be made anew when the password is there."""
    return _hasher.check_needs_rehash(hash)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return hashed(secrets.token_hex())
