"""``comity serve``: the public pages and the reading API of a register."""

from __future__ import annotations

import socket
import tempfile
from contextlib import nullcontext
from pathlib import Path

import uvicorn

from comity.errors import RegisterError, UsageError
from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Bounds, Serving, create_app
from comity.settings import Settings

__all__ = ["serve"]


def serve(
    *, as_json: bool, settings: Settings, given: bool, demo: bool, host: str, port: int, public: dict[str, str],
    rate: float,
) -> int:  # fmt: skip
    """Serves until it is stopped; with ``demo`` the bundled sample, on a temporary register. No use for ``as_json``."""
    del as_json
    if demo and given:
        raise UsageError("--demo shows the bundled sample", where="--register", hint="leave one of the two out")
    with tempfile.TemporaryDirectory(prefix="comity-") if demo else nullcontext("") as folder:
        register = str(Path(folder) / "demo.db") if demo else settings.register
        if demo:
            recorded(register)
        try:
            app = create_app(_serving(register, settings.topic, public, rate))
        except RegisterError as error:
            hint = error.hint if demo or error.message != "no such register" else "comity serve --demo shows the sample"
            raise type(error)(error.message, where=error.where, hint=hint) from error
        listening = _listening(host, port)
        what = "the bundled sample" if demo else register
        print(f"Serving {what} at http://{_shown(host)}:{listening.getsockname()[1]}/ (Ctrl-C stops it)", flush=True)
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=15, lifespan="on")
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _serving(register: str, topic: str, public: dict[str, str], rate: float) -> Serving:
    address = public["address"].rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise UsageError("is no address", where="--address", hint="write https://…")
    return Serving(register, topic, address, public["contact"], Bounds(rate=max(rate, 0.0)))


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
