"""``comity mcp``: the register for a language model, as a server of the Model Context Protocol."""

from __future__ import annotations

import sys

from comity import __version__
from comity.errors import RegisterError, UsageError
from comity.interfaces.web.serving import Serving
from comity.interfaces.web.site import Site
from comity.settings import Settings

__all__ = ["mcp"]


def mcp(*, as_json: bool, settings: Settings, address: str) -> int:
    """Serves one client over standard input and output until it goes. No use for ``as_json``: all it says is JSON."""
    del as_json
    try:
        from comity.interfaces.mcp.server import run  # noqa: PLC0415 - paid only where it is asked for
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        missing = "the SDK of the Model Context Protocol is not installed"
        raise UsageError(missing, where="mcp", hint="pip install 'comity[mcp]'") from error
    site = Site(Serving(register=settings.register, topic=settings.topic, address=address.rstrip("/")))
    try:
        with site.registers.borrowed():
            pass  # a register that can't be read is said now, not at the first question
    except RegisterError as error:
        hint = error.hint if error.message != "no such register" else "comity demo --register demo.db makes one"
        raise type(error)(error.message, where=error.where, hint=hint) from error
    if sys.stdin.isatty():
        sys.stderr.write(f"Serving {settings.register} to a program over standard input and output; Ctrl-C stops it.\n")
    try:
        run(site, __version__)
    except KeyboardInterrupt:
        pass
    finally:
        site.registers.close()
    return 0
