"""Manifests: what is known of many files at once.

CSV or JSON Lines with ``path`` and any of url, publisher, published, home_state, captured.
"""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from comity.documents.content import Source
from comity.documents.text import decode
from comity.errors import ComityError, ManifestError
from comity.model import Publication

__all__ = ["manifest", "valid_date"]

COLUMNS = ("path", "url", "publisher", "published", "home_state", "captured")
EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?$")
DATE_HINT = "write a day as 2025-05-28, a month as 2025-05, a year as 2025"


def valid_date(text: str) -> bool:
    """Whether a text is an ISO day or an EDTF date or interval that the calendar has."""
    parts = text.split("/")
    return len(parts) <= 2 and all(_valid_part(part) or (len(parts) == 2 and part in ("", "..")) for part in parts)


def _valid_part(text: str) -> bool:
    match = EDTF_DATE.match(text)
    if not match:
        return False
    year, month, day = (int(group) if group else 1 for group in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def manifest(path: str | Path) -> list[tuple[str, Publication]]:
    """The files that a manifest names, in its order, with what it says of each.

    Use it for ``--manifest``. Paths are resolved against the manifest's folder; whether the files are there is
    for :func:`load` to say, so that one missing file doesn't stop the rest. Raises ManifestError naming the line.
    """
    where = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ManifestError(
            f"the manifest can't be read: {error.strerror}", where=where, hint="check the path"
        ) from error
    try:
        text = decode(Source(data, where)).text
    except ComityError as error:
        raise ManifestError(error.message, where=where, hint=error.hint) from error
    if not text.strip():
        raise ManifestError("the manifest is empty", where=where, hint=f"columns: {', '.join(COLUMNS)}")
    records = _json_lines(text, where) if text.lstrip().startswith("{") else _csv(text, where)
    folder = Path(path).parent
    return [(str(folder / record["path"]), _publication(record, line)) for line, record in records]


def _json_lines(text: str, where: str) -> Iterator[tuple[str, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        at = f"{where}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ManifestError("not a JSON object", where=at, hint="one JSON object a line") from error
        if not isinstance(record, dict):
            raise ManifestError("not a JSON object", where=at, hint="one JSON object a line")
        _check_columns(record, at)
        yield at, _record(record, at)


def _csv(text: str, where: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        _check_columns(dict.fromkeys(name.strip() for name in reader.fieldnames or ()), f"{where}:1")
        for record in reader:
            at = f"{where}:{reader.line_num}"
            if None in record:
                raise ManifestError("more cells than columns", where=at, hint="quote values that hold a comma")
            yield at, _record({str(key).strip(): value for key, value in record.items()}, at)
    except csv.Error as error:
        raise ManifestError(f"not CSV ({error})", where=where, hint="save it as CSV in UTF-8") from error


def _check_columns(names: Mapping[str, object], at: str) -> None:
    if "path" not in names:
        raise ManifestError("no column 'path'", where=at, hint=f"columns: {', '.join(COLUMNS)}")
    for name in names:
        meant = difflib.get_close_matches(name.lower(), COLUMNS, 1, 0.75)
        if name not in COLUMNS and meant:
            raise ManifestError(f"column {name!r} isn't known", where=at, hint=f"did you mean {meant[0]!r}?")


def _record(raw: Mapping[str, object], at: str) -> dict[str, str]:
    record = {}
    for name in COLUMNS:
        value = raw.get(name)
        if value is not None and not isinstance(value, str):
            raise ManifestError(f"{name} must be text", where=at, hint="put it in quotation marks")
        record[name] = (value or "").strip()
    if not record["path"] or "\0" in record["path"]:
        raise ManifestError("no path", where=at, hint="each line names a file")
    return record


def _publication(record: Mapping[str, str], at: str) -> Publication:
    published = record["published"] or None
    if published and (day := published[:10]) != published and re.match(r"[T ]\d", published[10:]):
        published = day  # an instant: the day as its writer saw it
    if published and not valid_date(published):
        raise ManifestError(f"impossible date {published!r}", where=at, hint=DATE_HINT)
    captured = record["captured"] or None
    if captured:
        captured = _instant(captured, at)
    state = record["home_state"].upper() or None
    if state and not re.fullmatch(r"[A-Z]{2}", state):
        raise ManifestError(
            f"home_state {record['home_state']!r} isn't two letters", where=at, hint="write AK, not Alaska"
        )
    return Publication(
        url=record["url"] or None,
        publisher=record["publisher"] or None,
        published=published,
        home_state=state,
        captured=captured,
    )


def _instant(text: str, at: str) -> str:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise ManifestError(f"impossible instant {text!r}", where=at, hint="write 2025-05-28T16:00:00Z") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
