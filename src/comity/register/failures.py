"""What errors of a database, SQLite or PostgreSQL, and of the file system mean, as errors of the register."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import exc

from comity.errors import NotARegister, RegisterBusy, RegisterError, RegisterReadOnly, StorageFull

__all__ = ["translated"]

_NOTHING_LOST = "nothing of this step was recorded; free some space"


@contextmanager
def translated(path: Path | None) -> Iterator[None]:
    """Turn what a database or the file system raises into the register's errors, one line each."""
    where = str(path) if path else "the database"
    try:
        yield
    except exc.DBAPIError as error:
        raise _meaning(error, where) from error
    except sqlite3.Error as error:
        raise _sqlite_meaning(error, where) from error
    except OSError as error:
        raise _file_meaning(error, where) from error


def _file_meaning(error: OSError, where: str) -> RegisterError:
    place = str(error.filename or where)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StorageFull("no space left", where=place, hint=_NOTHING_LOST)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return RegisterReadOnly("no permission to write", where=place, hint="check the rights of file and folder")
    return RegisterError(error.strerror or "can't be read", where=place)


def _meaning(error: exc.DBAPIError, where: str) -> RegisterError:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _sqlite_meaning(cause, where)
    state = getattr(cause, "sqlstate", None) or ""
    line = str(cause).strip().splitlines()[0] if str(cause).strip() else "failed"
    if state in {"53100", "53200"}:
        return StorageFull("no space left", where=where, hint=_NOTHING_LOST)
    if state in {"25006", "42501"}:
        return RegisterReadOnly("no permission to write", where=where)
    if state in {"55P03", "40001", "40P01", "57014"}:
        return RegisterBusy("another writer holds it", where=where, hint="try again")
    return RegisterError(line, where=where, hint="check the database and its address")


def _sqlite_meaning(error: sqlite3.Error, where: str) -> RegisterError:
    name = getattr(error, "sqlite_errorname", None) or ""
    line = str(error)
    if name.startswith("SQLITE_FULL"):
        return StorageFull("no space left", where=where, hint=_NOTHING_LOST)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return RegisterBusy("another writer holds it", where=where, hint="try again when it is done")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return RegisterReadOnly("no permission to write", where=where, hint="check the rights of file and folder")
    if name.startswith("SQLITE_CANTOPEN"):
        return RegisterReadOnly("can't be opened or made there", where=where, hint="check the rights of the folder")
    if name.startswith("SQLITE_NOTADB"):
        return NotARegister("is no register of Comity", where=where, hint="name another file")
    if name.startswith("SQLITE_CORRUPT"):
        return NotARegister("is damaged or truncated", where=where, hint="restore it from a backup")
    if name == "SQLITE_IOERR_WRITE":  # a quota, too: SQLite calls only a full disk full
        return StorageFull("no space left, or the disk failed to write", where=where, hint=_NOTHING_LOST)
    if name.startswith("SQLITE_IOERR"):
        return RegisterError("the disk failed to read or write", where=where, hint="check the disk")
    return RegisterError(line, where=where)
