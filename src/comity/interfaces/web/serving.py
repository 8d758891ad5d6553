"""What ``comity serve`` decides once: which register, at which address, within which bounds."""

from __future__ import annotations

from dataclasses import dataclass

from comity.webhooks.addresses import Network

__all__ = ["Bounds", "Serving"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one request, one client and all together may ask.

    ``rate`` requests a second go on for ever, ``burst`` come at once; 0 sets no bound. ``at_once`` requests are worked
    on at a time, as many again as ``waiting`` wait for ``patience`` seconds at most. ``sending`` send files at a time,
    each for ``sending_patience`` seconds at most. A question whose answer has not begun after ``longest`` seconds is
    cut off, and so is a client that takes no piece of an answer for ``taking`` seconds.
    """

    address: int = 4096  # bytes of path and query
    body: int = 1024  # bytes: a page takes none
    form: int = 65_536  # bytes, of a form that is sent; a route may take less or more
    rate: float = 50.0
    burst: int = 200
    at_once: int = 4
    waiting: int = 200
    patience: float = 10.0
    sending: int = 4
    sending_patience: float = 300.0
    longest: float = 30.0
    taking: float = 60.0


@dataclass(frozen=True, slots=True)
class Serving:
    """The settings of a site.

    ``address`` is its public root, for feeds and citations (empty: as it was asked), ``contact`` an address to write to
    about a record. A ``private`` site shows nothing to who has not signed in. So many ``makers`` are processes beside
    the site that make its answers; none: it makes them itself.
    """

    register: str = "comity.db"
    topic: str = ""
    address: str = ""
    contact: str = ""
    bounds: Bounds = Bounds()
    private: bool = False
    makers: int = 0
    early: bool = False  # what the first visitors would wait for is made beside the first visits
    networks: tuple[Network, ...] = ()  # private ones in which webhooks are told, too
