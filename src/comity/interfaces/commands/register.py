"""``comity add``, ``show`` and ``verify``: what lands on the register, what it holds, and whether it is whole."""

from __future__ import annotations

from typing import Any

from comity import pipeline, pipeline_lists, vocabulary
from comity.errors import RegisterError
from comity.interfaces import dates, output, python, telling, text
from comity.interfaces.commands.reading import given_inputs
from comity.interfaces.progress import progress
from comity.register import Register, rules_of
from comity.settings import Settings

__all__ = ["add", "show", "verify"]


def add(
    *, as_json: bool, paths: list[str] | None, manifest: str | None, given: dict[str, Any], settings: Settings
) -> int:
    """Reads and records; prints what is new and what was there already. Returns how many files were refused."""
    items = given_inputs(paths, manifest, given)
    rules = rules_of(vocabulary.load(settings.topic).predicates)
    counts: dict[str, int] = dict.fromkeys(("recorded", "corrected", "sighted", "repeated", "sealed", "refused"), 0)
    statements = 0
    with Register.open(settings.register, rules=rules) as register:
        items = pipeline_lists.located(register, items)
        results = pipeline.add(register, items, settings.topic, workers=settings.workers)
        try:
            for result in progress(results, len(items)):
                if isinstance(result, pipeline.Refused):
                    counts["refused"] += 1
                    output.report(result.error, as_json)
                    continue
                counts[result.outcome] += 1
                statements += len(result.added)
                output.notes(result.document, result.notes, as_json)
                if as_json:
                    output.line(result)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_so_far(counts, len(items))) from None
        except RegisterError as error:
            told = f"{error.message}; {_so_far(counts, len(items))}"
            raise type(error)(told, where=error.where, hint=error.hint) from error
    if not as_json:
        print(_summary(counts, statements, settings.register))
    return counts["refused"]


def _so_far(counts: dict[str, int], total: int) -> str:
    """What a call that ends half way leaves: these files are recorded whole, of the others nothing is."""
    return (
        f"{sum(counts.values()) - counts['refused']} of {text.count(total, 'file')} recorded whole, the rest not at all"
    )


def _summary(counts: dict[str, int], statements: int, register: str) -> str:
    new = counts["recorded"] + counts["corrected"] + counts["sighted"]
    parts = [f"{count} {what}" for what, count in counts.items() if count]
    head = text.count(statements, "new statement") if new else "nothing changed"
    return f"{register}: {head} ({', '.join(parts)})"


def show(*, as_json: bool, name: str, as_of: str | None, known: str | None, settings: Settings) -> int:
    """Prints the dossier of one entity."""
    as_of, known = dates.day(as_of, "--as-of"), dates.day(known, "--known")
    entity = python.entity(name)
    topic = vocabulary.load(settings.topic)
    with Register.open(settings.register, rules=rules_of(topic.predicates), create=False) as register:
        found = telling.dossier(register, entity, topic, as_of, known)
    if as_json:
        output.line(output.dossier_object(found))
    else:
        text.show_dossier(found)
    return 0


def verify(*, as_json: bool, settings: Settings) -> int:
    """Prints whether the register holds; returns 1 where it doesn't."""
    rules = rules_of(vocabulary.load(settings.topic).predicates)
    with Register.open(settings.register, rules=rules, create=False) as register:
        answer = register.verify()
    if as_json:
        output.line(answer)
    else:
        checked = ", ".join(f"{count} {what}" for what, count in answer.checked.items())
        failure: Any = answer.first_failure
        found = "holds" if answer.ok else f"fails: {failure.what} {failure.where}: {failure.why}"
        print(f"{settings.register}: {found}")
        print(f"checked {checked}")
    return 0 if answer.ok else 1
