"""``comity list …``: editions of official lists added, compared, shown, and taken back as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from comity import pipeline, pipeline_editions, pipeline_lists, vocabulary
from comity.errors import EditionRefused, UsageError
from comity.interfaces import dates, output
from comity.interfaces.commands.rereading import list_object, tell_before
from comity.interfaces.progress import progress
from comity.lists import definition
from comity.model import Change, Edition, Entry, Publication
from comity.register import Register, rules_of
from comity.settings import Settings
from comity.views.wording import changed

__all__ = ["add", "changes", "diff", "edition_inputs", "show", "withdraw"]

_TOLD = ("joined", "left", "renamed", "reassigned", "amended", "relisted", "duplicated", "transitioned", "unresolved")


def _open(settings: Settings, topic: str, *, create: bool = False) -> Register:
    rules = rules_of(vocabulary.load(settings.topic or topic).predicates)
    return Register.open(settings.register, rules=rules, create=create)


def edition_inputs(
    name: str, paths: list[str], manifest: str | None, given: dict[str, str | None]
) -> list[pipeline.Input]:
    """The files that a call names as editions of a list. Raises UsageError where it names none."""
    if not paths and manifest is None:
        raise UsageError("no files given", where=f"list add {name}", hint=f"comity list add {name} FILE…")
    return pipeline.inputs(paths, Publication(url=given.get("url"), published=given.get("published")), manifest)


def add(
    *,
    as_json: bool,
    name: str,
    paths: list[str],
    manifest: str | None,
    given: dict[str, str | None],
    settings: Settings,
) -> int:
    """Records editions in the order of their capture. Returns how many files were refused."""
    about = definition(name)
    items = edition_inputs(name, paths, manifest, given)
    refused = 0
    done: list[pipeline_editions.Added] = []
    with _open(settings, about.topic, create=True) as register:
        for result in pipeline_editions.add(register, name, items, watch=lambda files: progress(files, len(items))):
            if isinstance(result, pipeline.Refused):
                refused += 1
                output.report(result.error, as_json)
                continue
            if result.refused is not None:
                refused += 1
                where = result.edition.name
                output.report(EditionRefused(result.refused, where=where, hint="kept, and nothing changed"), as_json)
            done.append(result)
            if result.reread and not as_json:
                tell_before(result.reread)
            if as_json:
                output.line(_added(result))
    if not as_json:
        for text in _summary(name, done, settings.register):
            print(text)
    return refused


def _added(result: pipeline_editions.Added) -> dict[str, Any]:
    edition, recorded = result.edition, result.recorded
    return {
        "list": edition.list,
        "edition": edition.id,
        "name": edition.name,
        "date": edition.date,
        "date_basis": edition.date_basis,
        "captured": edition.captured,
        "rows": len(edition.entries),
        "outcome": recorded.outcome,
        "refused": result.refused,
        "opened": recorded.opened,
        "sighted": recorded.sighted,
        "corrected": recorded.corrected,
        "updated": recorded.updated,
        "ended": recorded.ended,
        "changes": dict(Counter(change.kind for change in result.changes)),
        "resolution": result.outcomes,
        "reread": [list_object(each) for each in result.reread],
    }


def _summary(name: str, done: Sequence[pipeline_editions.Added], register: str) -> Iterable[str]:
    outcomes = Counter(result.recorded.outcome for result in done)
    kinds = Counter(change.kind for result in done for change in result.changes)
    latest = next((result for result in reversed(done) if result.refused is None), None)
    new = outcomes["recorded"]
    head = f"{new} new edition{'s' if new != 1 else ''}" if new else "nothing changed"
    each = ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))
    yield f"{register}: {name}: {head}{f' ({each})' if each else ''}"
    if kinds:
        yield "changes: " + ", ".join(f"{kinds[kind]} {kind}" for kind in _TOLD if kinds[kind])
    if latest is not None:
        of = ", ".join(f"{count} {outcome}" for outcome, count in sorted(latest.outcomes.items()))
        yield f"latest: {latest.edition.date} ({latest.edition.name}), {len(latest.edition.entries)} rows: {of}"


def diff(*, as_json: bool, name: str, old: str, new: str, later: list[str] | None) -> int:
    """Prints what changed between two files of a list. Touches no register."""
    about = [pipeline.Input(path, Publication()) for path in (old, new, *(later or []))]
    found = pipeline_lists.diff(name, about[0], about[1], about[2:])
    _print(found, as_json)
    if not as_json and not found:
        print("nothing changed")
    return 0


def changes(
    *, as_json: bool, name: str, since: str | None, as_of: str | None, known: str | None, settings: Settings
) -> int:
    """Prints what changed on a list, edition by edition."""
    since, as_of = dates.day(since, "--since"), dates.day(as_of, "--as-of")
    known = dates.day(known, "--known")
    with _open(settings, definition(name).topic) as register:
        found = pipeline_lists.changes(register, name, since, as_of, known)
        names = {edition.id: edition.name for edition in register.editions()}
    _print(found, as_json, names)
    if not as_json and not found:
        print("nothing changed" + (f" since {since}" if since else ""))
    return 0


def show(*, as_json: bool, name: str, as_of: str | None, known: str | None, settings: Settings) -> int:
    """Prints a list as it stood on a day."""
    as_of, known = dates.day(as_of, "--as-of"), dates.day(known, "--known")
    with _open(settings, definition(name).topic) as register:
        edition = pipeline_lists.show(register, name, as_of, known)
    if edition is None:
        if not as_json:
            print(f"{name}: no edition in force" + (f" on {as_of}" if as_of else ""))
        return 0
    if not as_json:
        print(_heading(edition))
    for entry in edition.entries:
        if as_json:
            output.line(_entry(entry))
        else:
            print(_row(entry))
    return 0


def withdraw(*, as_json: bool, name: str, date: str, evidence: str, settings: Settings) -> int:
    """Records that a list was taken back as a whole."""
    day = dates.day(date, "--date")
    if day is None:
        raise UsageError("the day is missing", where="--date", hint="write YYYY-MM-DD")
    with _open(settings, definition(name).topic) as register:
        ended = pipeline_lists.withdraw(register, name, day, evidence)
    if as_json:
        output.line({"list": name, "date": day, "evidence": evidence, "ended": ended})
    else:
        print(f"{name}: taken back on {day}; {ended} entries end with it")
    return 0


# --- text ------------------------------------------------------------------------------------------------------


def _print(found: Sequence[Change], as_json: bool, names: dict[str, str] | None = None) -> None:
    edition = None
    for change in found:
        if as_json:
            output.line(msgspec.to_builtins(change))
            continue
        if change.edition != edition:
            edition = change.edition
            print(f"{change.date}  {(names or {}).get(edition or '', '')}".rstrip())
        print(f"  {change.kind:<12} {changed(change)}")


def _heading(edition: Edition) -> str:
    scope = "" if "*" in edition.scopes else "; an excerpt"
    return f"{edition.list}: edition of {edition.date} ({edition.name}, date from {edition.date_basis}){scope}"


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "list": entry.list,
        "edition": entry.edition,
        "row": entry.row,
        "printed": dict(entry.printed),
        "entity": entry.entity,
        "outcome": entry.outcome,
        "facet": entry.facet,
        "since": entry.since,
        "link": entry.link,
        "reason": entry.reason,
        "statement": entry.statement.id if entry.statement else None,
    }


def _row(entry: Entry) -> str:
    printed = " | ".join(text for text in entry.printed.values() if text)
    return f"{entry.row:>5}  {printed}  [{entry.entity or f'{entry.outcome}: {entry.reason}'}]"
