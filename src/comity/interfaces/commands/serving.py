"""``comity serve``: the public pages and the reading API of a register."""

from __future__ import annotations

import ipaddress
import socket
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import uvicorn

from comity.accounts import Accounts
from comity.errors import RegisterError, UsageError
from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Bounds, Serving, create_app
from comity.settings import Settings

__all__ = ["serve"]


def serve(
    *, as_json: bool, settings: Settings, given: bool, demo: bool, host: str, port: int, shown: dict[str, Any]
) -> int:
    """Serves until it is stopped; with ``demo`` the bundled sample, on a temporary register. No use for ``as_json``."""
    del as_json
    if demo and given:
        raise UsageError("--demo shows the bundled sample", where="--register", hint="leave one of the two out")
    with tempfile.TemporaryDirectory(prefix="comity-") if demo else nullcontext("") as folder:
        register = str(Path(folder) / "demo.db") if demo else settings.register
        if demo:
            recorded(register)
        try:
            app = create_app(_serving(register, settings.topic, **shown))
        except RegisterError as error:
            hint = error.hint if demo or error.message != "no such register" else "comity serve --demo shows the sample"
            raise type(error)(error.message, where=error.where, hint=hint) from error
        _look_at(host, register)
        listening = _listening(host, port)
        what = "the bundled sample" if demo else register
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=15, lifespan="on")
        server = _Server(config)
        server.told = f"Serving {what} at http://{_shown(host)}:{listening.getsockname()[1]}/ (Ctrl-C stops it)"
        server.run(sockets=[listening])
    return 0


class _Server(uvicorn.Server):
    """Says that it serves when it does."""

    told = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self.told, flush=True)


def _look_at(host: str, register: str) -> None:
    """Beyond this machine a site is served only where somebody can answer for it."""
    try:
        here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if here:
        return
    with Accounts.open(register) as accounts:
        if not accounts.administered():
            hint = "comity user add NAME --role administrator"
            raise UsageError("is beyond this machine, and there is no administrator", where=f"--host {host}", hint=hint)


def _serving(
    register: str,
    topic: str,
    address: str,
    contact: str,
    rate: float,
    private: bool,
    networks: list[str],
    workers: int,
) -> Serving:
    address = address.rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise UsageError("is no address", where="--address", hint="write https://…")
    try:
        allowed = tuple(ipaddress.ip_network(each) for each in networks)
    except ValueError as error:
        raise UsageError("is no network", where="--webhook-network", hint="write 10.0.0.0/8") from error
    bounds = Bounds(rate=max(rate, 0.0))
    return Serving(register, topic, address, contact, bounds, private, workers, early=True, networks=allowed)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        hint = "name another --port, or --port 0 for any that is free"
        raise UsageError(f"can't listen there: {reason}", where=f"{host}:{port}", hint=hint) from error
    return listening


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
