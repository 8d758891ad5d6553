"""Running a command of the command line: its work imported when it runs, its errors one line and an exit code.

The options that most commands have are here too, so that each is worded once.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer

from comity.errors import ComityError, StorageFull, UsageError

__all__ = ["Json", "Known", "Register", "run"]

Json = Annotated[bool, typer.Option("--json", help="JSON, one object a line where there are many.")]
Register = Annotated[
    str | None, typer.Option("--register", help="The register: a path or URL. Else COMITY_REGISTER, else comity.db.")
]
Known = Annotated[str | None, typer.Option("--known", help="As the register knew it on this day.")]


def run(command: str, as_json: bool = False, **arguments: Any) -> None:
    """Runs ``module:function`` of the commands; errors become one line and an exit code."""
    module, _, name = command.partition(":")
    try:
        work = getattr(import_module(f"comity.interfaces.commands.{module}"), name)
        refused = work(as_json=as_json, **arguments)
    except ComityError as error:
        _fail(error, as_json)
    except OSError as error:
        if error.errno == errno.EPIPE:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of the pipe is gone
            raise typer.Exit(0) from None
        if error.errno == errno.ENOSPC:
            _fail(StorageFull("no space left on the disk", hint="free some and run the same command again"), as_json)
        _fail(ComityError(error.strerror or str(error), where=error.filename), as_json)
    except KeyboardInterrupt as stop:
        left = str(stop) or "what was recorded before is whole"
        sys.stderr.write(f"comity: stopped; {left} (run the same command again to go on)\n")
        raise typer.Exit(130) from None
    except Exception as error:
        if os.environ.get("COMITY_TRACEBACK"):
            raise
        hint = "please report it; COMITY_TRACEBACK=1 shows where it happened"
        _fail(ComityError(f"unexpected {type(error).__name__}: {error}", hint=hint), as_json)
    else:
        sys.stdout.flush()
        if refused:
            raise typer.Exit(1)


def _fail(error: ComityError, as_json: bool) -> None:
    report = import_module("comity.interfaces.output").report
    report(error, as_json)
    raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
