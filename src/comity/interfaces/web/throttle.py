"""How often a password may be tried: with each wrong one who tries waits longer, by account and by address.

Kept in memory, and bounded: of very many names and addresses those that were tried longest ago are forgotten.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Throttle", "network"]

_FREE = 5  # wrong passwords that cost nothing: a person mistypes
_KEPT = 10_000
_FORGOTTEN = 3600.0  # seconds after which what was wrong counts no more
_LONGEST = {"account": 60.0, "address": 900.0, "known": 900.0}  # seconds; strangers' tries put an account off less


class _Tried(NamedTuple):
    wrong: int
    last: float


class Throttle:
    """The tries of a site; several threads may use it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tried: OrderedDict[tuple[str, str], _Tried] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()  # who signed in from where

    def wait(self, account: str, address: str) -> float:
        """Seconds to wait before the next try; 0: it may be made now, and counts as wrong until :meth:`right`.

        Counted before the password is compared, so that many at once are no way around. Where somebody signed in from
        before, an account doesn't wait for what others try elsewhere: nobody can keep its owner out.
        """
        now = self._clock()
        with self._lock:
            keys = self._keys(account, address)
            left = max(self._left(key, now) for key in keys)
            if left <= 0:
                for key in keys:
                    self._put(key, _Tried(self._wrong(key, now) + 1, now))
            return max(0.0, left)

    def right(self, account: str, address: str) -> None:
        """The last try was right: the account's count begins anew, the address's loses that one."""
        with self._lock:
            first, whole = self._keys(account, address)
            self._tried.pop(first, None)
            tried = self._tried.get(whole)
            if tried is not None:
                self._put(whole, tried._replace(wrong=max(0, tried.wrong - 1)))
            pair = _pair(account, address)
            self._known[pair] = None
            self._known.move_to_end(pair)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)

    def _keys(self, account: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
        pair = _pair(account, address)
        first = ("known", " ".join(pair)) if pair in self._known else ("account", pair[0])
        return first, ("address", pair[1])

    def __len__(self) -> int:
        return len(self._tried)

    def _wrong(self, key: tuple[str, str], now: float) -> int:
        tried = self._tried.get(key)
        return tried.wrong if tried is not None and now - tried.last < _FORGOTTEN else 0

    def _left(self, key: tuple[str, str], now: float) -> float:
        over = self._wrong(key, now) - _FREE
        if over < 0:
            return 0.0
        return self._tried[key].last + min(2.0 ** min(over, 20), _LONGEST[key[0]]) - now

    def _put(self, key: tuple[str, str], tried: _Tried) -> None:
        self._tried[key] = tried
        self._tried.move_to_end(key)
        if len(self._tried) > _KEPT:
            self._tried.popitem(last=False)


def _pair(account: str, address: str) -> tuple[str, str]:
    return account.strip().casefold()[:80], network(address)


def network(address: str) -> str:
    """An address as it is counted: of IPv6 its /64, which is one household's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:80]
    if found.version == 4:
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
