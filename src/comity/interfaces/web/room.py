"""A room of the site: routes whose answers are made in a thread of their own, or at once where nobody else waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from comity.interfaces.web.site import site_of

__all__ = ["Room"]


class Room(APIRouter):
    """A router of the site's pages or answers. Use it as FastAPI's."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        """Add a route; the site says where its answers are made (:attr:`Site.alone`)."""
        super().add_api_route(path, endpoint if iscoroutinefunction(endpoint) else _placed(endpoint), **more)


def _placed(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(endpoint)
    async def answered(request: Request, **given: Any) -> Any:
        if site_of(request).alone:
            return endpoint(request, **given)
        return await run_in_threadpool(endpoint, request, **given)

    return answered
