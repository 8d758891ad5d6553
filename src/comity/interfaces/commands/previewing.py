"""``comity add --dry-run`` and ``comity list add --dry-run``: what they would record, told and not recorded."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console

from comity import pipeline_lists, pipeline_preview, vocabulary
from comity.errors import DocumentError, EditionRefused
from comity.interfaces import output, text
from comity.interfaces.commands.lists import edition_inputs
from comity.interfaces.commands.reading import given_inputs
from comity.interfaces.commands.rereading import list_object, tell_before
from comity.interfaces.progress import progress
from comity.lists import definition
from comity.model import Change
from comity.pipeline_preview import Preview
from comity.register import Register, rules_of
from comity.register.dialects import location
from comity.settings import Settings
from comity.views import published
from comity.views.wording import changed, voice, wordings

__all__ = ["edition", "preview_object", "stories"]

_FEW = 20  # statements and changes of a file that a page shows; --json has them all
_NOTHING = "nothing was recorded; without --dry-run it is"


def stories(
    *, as_json: bool, paths: list[str] | None, manifest: str | None, given: dict[str, Any], settings: Settings
) -> int:
    """Prints what recording stories would do; returns how many files would be refused."""
    items = given_inputs(paths, manifest, given)
    with _register(settings, settings.topic) as register:
        found = pipeline_preview.stories(
            register, pipeline_lists.located(register, items), settings.topic, workers=settings.workers
        )
        return _told(progress(found, len(items)), as_json)


def edition(
    *,
    as_json: bool,
    name: str,
    paths: list[str],
    manifest: str | None,
    given: dict[str, str | None],
    settings: Settings,
) -> int:
    """Prints what recording editions of a list would do; returns how many would be refused."""
    about = definition(name)
    items = edition_inputs(name, paths, manifest, given)
    with _register(settings, settings.topic or about.topic) as register:
        found = pipeline_preview.edition(register, name, items, watch=lambda files: progress(files, len(items)))
        return _told(found, as_json)


@contextmanager
def _register(settings: Settings, topic: str) -> Iterator[Register]:
    """The register, or where there is none yet an empty one that is gone afterwards: a dry run makes none."""
    rules = rules_of(vocabulary.load(topic).predicates)
    _, path = location(settings.register)
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        missing = path is not None and not path.exists()
        where = Path(folder) / "empty.db" if missing else settings.register
        with Register.open(where, rules=rules, create=missing) as register:
            yield register


def _told(found: Iterable[Preview], as_json: bool) -> int:
    counts: Counter[str] = Counter()
    statements = refused = 0
    out = text.console()
    for each in found:
        counts[each.outcome] += 1
        if each.reread and not as_json:
            tell_before(each.reread)
        statements += len(each.statements) + each.opened
        refused += each.refused is not None
        if as_json:
            output.line(preview_object(each))
        elif each.refused is not None:
            kind = EditionRefused if each.edition is not None else DocumentError
            output.report(kind(each.refused, where=each.path, hint=each.hint), as_json)
        else:
            _show(out, each)
    if not as_json:
        parts = ", ".join(f"{count} {what}" for what, count in counts.items())
        print(f"{text.count(statements, 'new statement')} ({parts or 'no files'}); {_NOTHING}")
    return refused


def preview_object(preview: Preview) -> dict[str, Any]:
    """A preview as JSON, field by field; its statements and changes as they may be published."""
    answer: dict[str, Any] = msgspec.to_builtins(replace(preview, statements=(), changes=(), reread=()))
    answer["statements"] = [msgspec.to_builtins(published.statement(each)) for each in preview.statements]
    answer["changes"] = [msgspec.to_builtins(published.change(each)) for each in preview.changes]
    answer["reread"] = [list_object(each) for each in preview.reread]
    return answer


def _show(out: Console, preview: Preview) -> None:
    text.paragraph(out, f"{preview.path}: {preview.outcome}", style="bold")
    if preview.document is not None:
        at = preview.document
        day = f"{at.published} ({at.published_basis})" if at.published else "date unknown"
        facts = [at.title or "no title", at.publisher or "publisher unknown", day, *at.notes]
        text.paragraph(out, " · ".join(facts), 2)
    if preview.edition is not None:
        of = preview.edition
        names = ", ".join(f"{count} {outcome}" for outcome, count in sorted(preview.outcomes.items()))
        day = f"edition of {of.date} (date from {of.date_basis})" if of.date else "edition of an unknown day"
        text.paragraph(out, f"{day}, {text.count(preview.rows, 'row')}: {names}", 2)
        done = {"begin": preview.opened, "seen again": preview.repeated, "corrected": preview.corrected,
                "changed in the world": preview.updated, "end": preview.ended}  # fmt: skip
        text.paragraph(out, ", ".join(f"{count} {what}" for what, count in done.items() if count) or "no change", 2)
    elif preview.repeated or preview.corrected or preview.dropped:
        done = {
            "there already": preview.repeated,
            "put right": preview.corrected,
            "dropped by the gate": preview.dropped,
        }
        text.paragraph(out, ", ".join(f"{count} {what}" for what, count in done.items() if count), 2)
    for like in preview.copies:
        who = like.publisher or "publisher unknown"
        share = f"{like.share:.0%} of it stands in"
        text.paragraph(out, f"repeats ({like.kind}): {share} {like.title or like.document} ({who})", 2)
    for statement in preview.statements[:_FEW]:
        one = published.statement(statement)
        words = " ".join((one.evidence.exact or "").split())
        whom = one.subject.id or one.subject.outcome.replace("_", " ")
        says = " · ".join(filter(None, [wordings(one), voice(one), text.timed(one.time)]))
        text.paragraph(out, f"+ {one.predicate}: {one.subject.name} [{whom}]: {says} “{words}”", 2)
    _more(out, len(preview.statements), "statement")
    differing = [each for each in preview.changes if _is_difference(each)]
    for change in differing[:_FEW]:
        text.paragraph(out, f"{change.kind}: {changed(published.change(change))}", 2)
    _more(out, len(differing), "change")


def _more(out: Console, total: int, what: str) -> None:
    if total > _FEW:
        text.paragraph(out, f"and {text.count(total - _FEW, f'more {what}')}; --json has all", 2, "dim")


def _is_difference(change: Change) -> bool:
    """Whether a change says more than that a statement is new, which the statement itself shows."""
    return change.list is not None or change.before is not None
