"""Pages and answers made of templates and values, each under a tag that names what it was made of.

The register only grows, and every commit has a hash: what an address answers is a function of that hash, the address
and this version. So a browser that has it is told so (304) before anything is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from importlib import resources
from typing import Any

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from comity.interfaces.web import evidence, matters, spans, words
from comity.interfaces.web.access import who
from comity.interfaces.web.quality import precision
from comity.interfaces.web.site import Site, site_of
from comity.register import Register

__all__ = ["RELEASE", "answer", "encoded", "page", "root", "shown", "tagged"]

_encode = msgspec.json.Encoder(decimal_format="string").encode
_CACHING = "no-cache"  # kept, but asked about each time: a commit may have come
_CACHING_ONES_OWN = "private, no-cache"  # likewise, by nobody between here and the browser


def _release() -> str:
    """A hash over the code and templates of this room: another version answers otherwise."""
    digest = hashlib.sha256()
    room = resources.files("comity.interfaces.web")
    for folder in ("", "pages", "api", "desk", "reconciliation", "sent", "templates", "static"):
        place = room.joinpath(folder) if folder else room
        for file in sorted(place.iterdir(), key=lambda each: each.name):
            if file.is_file() and not file.name.endswith(".pyc"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


RELEASE = _release()


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    folder = resources.files("comity.interfaces.web").joinpath("templates")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(words.FILTERS)
    environment.filters["unbroken"] = evidence.unbroken
    environment.globals.update(words.GLOBALS)
    environment.globals.update(release=RELEASE, precision=precision)
    environment.globals.update(facts_here=evidence.facts_here)
    drawn = (evidence.entry, evidence.facts, evidence.reply, evidence.sentence, evidence.trust, evidence.words,
             matters.matter, spans.axis, spans.lanes, spans.legend)  # fmt: skip
    environment.globals.update({f"{each.__name__}_of": each for each in drawn})
    environment.globals["parts"] = environment.get_template("_parts.html").module  # once, and not for each page
    return environment


def shown(request: Request, template: str, build: Callable[[Register, Site], Mapping[str, Any]]) -> Response:
    """A page: ``build`` gives what the template shows, from a register that nobody else uses meanwhile."""

    def rendered(register: Register, site: Site) -> Response:
        return page(request, template, build(register, site))

    return tagged(request, rendered)


def answer(request: Request, build: Callable[[Register, Site], Any]) -> Response:
    """An answer of the API: the JSON of what ``build`` gives."""
    return tagged(request, lambda register, site: encoded(build(register, site)))


def encoded(value: Any) -> Response:
    """A value as JSON: frozen values field by field, in the order of their class."""
    return Response(_encode(value), media_type="application/json")


def page(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """A template with its values."""
    site = site_of(request)
    url = request.url
    shared = {"site": site, "path": url.path, "asked": request.query_params, "who": who(request),
              "root": root(request), "here": f"{url.path}?{url.query}".rstrip("?")}  # fmt: skip
    text = _templates().get_template(template).render({**shared, **values})
    return Response(text, status, media_type="text/html; charset=utf-8")


def root(request: Request) -> str:
    """The site's public root, without a slash at its end."""
    return site_of(request).serving.address or str(request.base_url).rstrip("/")


def tagged(request: Request, make: Callable[[Register, Site], Response]) -> Response:
    """What ``make`` answers from a register, under a tag; 304 where the tag was sent."""
    site = site_of(request)
    with site.registers.borrowed() as register, register.moment():
        head = register.head()
        url = f"{request.url.path}?{request.url.query}"
        found = who(request)
        named = f"{head.hash} {RELEASE} {site.topic.version} {root(request)} {url} {found.session.id if found else ''}"
        tag = f'W/"{hashlib.sha256(named.encode()).hexdigest()[:32]}"'
        ones_own = found is not None or site.serving.private
        headers = {"ETag": tag, "Cache-Control": _CACHING_ONES_OWN if ones_own else _CACHING, "Vary": "Cookie"}
        if tag in (given.strip() for given in request.headers.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        sent = site.answers.get(tag)
        if sent is not None:
            body, media = sent
            return Response(body, headers=headers, media_type=media)
        response = make(register, site)
    if found is None and response.status_code == HTTPStatus.OK and not isinstance(response, StreamingResponse):
        body = bytes(response.body)
        site.answers.keep(tag, (body, response.headers["content-type"]), len(body))
    response.headers.update(headers)
    return response
