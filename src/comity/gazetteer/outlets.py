"""Where an outlet is at home: domain or publisher to a state, from ``data/outlets/``."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from urllib.parse import urlsplit

from comity.gazetteer.names import plain
from comity.model import Document
from comity.vocabulary import data_text

__all__ = ["home_state"]


@lru_cache(maxsize=1)
def _outlets() -> tuple[dict[str, str], dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(data_text("outlets/outlets.csv"))))
    domains = {row["domain"]: row["state"] for row in rows if row["domain"]}
    names = {plain(row["publisher"]).removeprefix("the "): row["state"] for row in rows if row["publisher"]}
    return domains, names


def home_state(document: Document | None = None, url: str | None = None, publisher: str | None = None) -> str | None:
    """The two letters of the state that an outlet writes from, or None where the table doesn't know it.

    A document's own ``home_state`` comes first, then its url, then its publisher.
    """
    if document is not None:
        if document.home_state:
            return document.home_state.upper()
        url, publisher = url or document.url, publisher or document.publisher
    domains, names = _outlets()
    if url:
        host = (urlsplit(url if "//" in url else "//" + url).hostname or "").lower()
        while host.count("."):
            if host in domains:
                return domains[host]
            host = host.split(".", 1)[1]
    if publisher:
        return names.get(plain(publisher).removeprefix("the ")) or (
            home_state(url=publisher) if "." in publisher and " " not in publisher else None
        )
    return None
