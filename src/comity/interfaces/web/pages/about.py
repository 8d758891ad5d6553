"""What the data is: sources, terms, how often the reader is right, known gaps, how to dispute a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.interfaces.web.access import READERS
from comity.interfaces.web.api.description import described
from comity.interfaces.web.pages.lists import definition_of
from comity.interfaces.web.quality import quality
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.register import Register
from comity.views.points import outlines

__all__ = ["router"]

router = Room(dependencies=READERS)


@router.get("/about")
def about(request: Request) -> Response:
    """About the data."""
    return shown(request, "about.html", _about)


@router.get("/api")
def api(request: Request) -> Response:
    """The API's routes, and the exports, for people."""
    return shown(request, "api.html", lambda _, __: {"routes": described(request.app)})


def _about(register: Register, site: Site) -> Mapping[str, Any]:
    head = register.head()
    return {
        "totals": site.kept.get(register, "totals", register.totals),
        "quality": quality(),
        "labels": {name: predicate.label for name, predicate in site.topic.predicates.items()},
        "questions": Counter(asked.question.kind for asked in register.questions()),
        "lists": [(name, definition_of(name)) for name in register.lists()],
        "refused": len(register.refused()),
        "outlines": outlines().source,
        "seq": head.seq,
        "hash": head.hash,
        "moment": last_commit(register),
        "contact": site.serving.contact,
    }
