"""The whole register as one file, streamed: as ``comity export`` writes it, the same bytes for the same register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import Path, Query, Request
from starlette.responses import Response, StreamingResponse

from comity.interfaces.commands.exporting import MEDIA, stream
from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.description import documented
from comity.interfaces.web.asked import AsOf, Known
from comity.interfaces.web.errors import TooMuch
from comity.interfaces.web.rendering import tagged
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit, site_of
from comity.register import Register
from comity.views import export as exports

__all__ = ["router"]

router = Room(tags=["exports"], dependencies=READERS)

_BLOCK = 65_536
_ANY: dict[str, str] = {}

Format = Annotated[Literal["csv", "jsonl", "geojson", "ftm"], Path(description="The form of the file.")]
Table = Annotated[
    Literal["statements", "status", "entities"], Query(description="Of CSV and JSON Lines: which of the three tables.")
]


@router.get("/exports/{format}", responses=documented(_ANY, media=sorted(set(MEDIA.values()))))
def export(
    request: Request, format: Format, table: Table = "statements", as_of: AsOf = None, known: Known = None
) -> Response:
    """All statements, statuses or entities, as CSV, JSON Lines, GeoJSON or FollowTheMoney."""
    site = site_of(request)

    def made(register: Register, _: Site) -> Response:
        # One moment from the first row to the last, whoever writes meanwhile.
        moment = known or last_commit(register)
        if not site.exporting.acquire(blocking=False):
            raise TooMuch(503, "two exports are under way", hint="try again in a minute")
        name = f"{table if format in ('csv', 'jsonl') else 'comity'}.{'ftm.json' if format == 'ftm' else format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(_blocks(site, format, table, as_of, moment), media_type=MEDIA[format], headers=headers)

    return tagged(request, made)


def _blocks(site: Site, format: str, table: str, as_of: str | None, known: str | None) -> Iterator[bytes]:
    """The file in blocks, from a register of its own: the one that the request borrowed is given back by then."""
    try:
        with site.registers.borrowed() as register:
            groups = register.by_entity(begun=as_of, known=known)
            found = exports.holdings(groups, site.gazetteer.entity, site.topic, as_of)
            waiting = bytearray()
            for part in stream(found, site.topic, format, table):
                waiting += part
                if len(waiting) >= _BLOCK:
                    yield bytes(waiting)
                    waiting.clear()
            yield bytes(waiting)
    finally:
        site.exporting.release()
