"""``comity reread`` and ``comity list reread``: what reading again changes, and what becomes of decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich.console import Console

from comity import pipeline, pipeline_editions, vocabulary
from comity.errors import RegisterError, UsageError
from comity.interfaces import output, text
from comity.interfaces.progress import progress
from comity.lists import definition
from comity.model import Statement
from comity.reading import rules
from comity.register import Register, Reread, Superseded, rules_of
from comity.settings import Settings
from comity.views import published
from comity.views.wording import decided, firmness, told, voice, wordings

__all__ = ["list_object", "reread", "reread_list", "tell_before"]

_COLUMNS = ("kept", "revised", "superseded", "gained", "lost", "withstood")
_FEW = 10  # statements of each kind that a page shows; --json has them all


def reread(*, as_json: bool, dry_run: bool, settings: Settings) -> int:
    """Reads again, tells what changes, records it unless ``dry_run``; returns how many texts were left for later."""
    topic = vocabulary.load(settings.topic)
    counts: dict[str, Counter[str]] = {}
    changed: list[Reread] = []
    documents = skipped = 0
    with Register.open(settings.register, rules=rules_of(topic.predicates), create=False) as register:
        total = register.text_count()
        results = pipeline.reread(
            register,
            settings.topic,
            workers=settings.workers,
            record=not dry_run,
            watch=lambda texts: progress(texts, total, "Reading again"),
        )
        try:
            for found in results:
                documents += 1
                _count(found, counts)
                skipped += found.skipped is not None
                if as_json and _is_told(found):
                    output.line(_object(found))
                elif not as_json and _is_told(found):
                    changed.append(found)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_so_far(documents, total, dry_run)) from None
        except RegisterError as error:
            raise type(error)(
                f"{error.message}; {_so_far(documents, total, dry_run)}", where=error.where, hint=error.hint
            ) from error
    by = {"reader": rules.READER, "vocabulary": topic.version}
    if as_json:
        output.line({"documents": documents, "skipped": skipped, "recorded": not dry_run, **by, "predicates": counts})
    else:
        print(f"{settings.register}: {text.count(documents, 'text')} read with {by['reader']}, {by['vocabulary']}")
        _tell(changed, counts, "comity reread" if dry_run else None)
    return skipped


def reread_list(*, as_json: bool, name: str, dry_run: bool, settings: Settings) -> int:
    """Reads the editions of a list and of the other one of its story again, as they are described now."""
    about = definition(name)
    topic = vocabulary.load(settings.topic or about.topic)
    counts: dict[str, Counter[str]] = {}
    with Register.open(settings.register, rules=rules_of(topic.predicates), create=False) as register:
        if about.name not in register.lists():
            raise UsageError(
                "no such list on the register", where=about.name, hint=f"comity list add {name} FILE… adds an edition"
            )
        editions = len(register.editions(about.name))
        found = pipeline_editions.reread(register, name, record=not dry_run)
    for each in found:
        _count(each, counts)
    changed = [each for each in found if _is_told(each)]
    if as_json:
        for each in changed:
            output.line(list_object(each))
        by = {"version": about.version, "vocabulary": topic.version}
        output.line({"list": about.name, "editions": editions, "recorded": not dry_run, **by, "predicates": counts})
    else:
        print(f"{settings.register}: {about.name}: {text.count(editions, 'edition')} read as it is described now")
        _tell(changed, counts, f"comity list reread {name}" if dry_run else None)
    return 0


def _so_far(documents: int, total: int, dry_run: bool) -> str:
    return "nothing was recorded" if dry_run else f"{documents} of {text.count(total, 'text')} done, the rest as before"


def _is_told(found: Reread) -> bool:
    return found.changes or bool(found.withstood or found.orphaned or found.skipped)


def _count(found: Reread, counts: dict[str, Counter[str]]) -> None:
    for predicate, number in found.kept.items():
        counts.setdefault(predicate, Counter())["kept"] += number
    for column in ("revised", "gained", "lost", "withstood"):
        for statement in getattr(found, column):
            counts.setdefault(statement.predicate, Counter())[column] += 1
    for each in found.superseded:
        counts.setdefault(each.new.predicate, Counter())["superseded"] += 1


def _object(found: Reread) -> dict[str, Any]:
    """What changed with one document as JSON."""
    head = {"document": found.document, "path": found.path, "publisher": found.publisher}
    return {**head, **_changes(found), "skipped": found.skipped}


def list_object(found: Reread) -> dict[str, Any]:
    """What changed with the editions of one list as JSON."""
    return {"list": found.document, **_changes(found)}


def tell_before(found: Sequence[Reread]) -> None:
    """Prints what reading a list's recorded editions again changes, before one more is added."""
    counts: dict[str, Counter[str]] = {}
    for each in found:
        _count(each, counts)
    names = " and ".join(each.document for each in found)
    print(f"{names}: described otherwise since the last edition; those of before read as it is described now:")
    _tell(list(found), counts, None)
    print()


def _changes(found: Reread) -> dict[str, Any]:
    """What reading again changed, as JSON: statements as they may be published."""
    shown: dict[str, Any] = {
        name: [published.statement(each) for each in getattr(found, name)]
        for name in ("revised", "gained", "lost", "withstood")
    }
    shown["superseded"] = [
        {"old": published.statement(each.old), "new": published.statement(each.new), "carried": each.carried}
        for each in found.superseded
    ]
    answer: dict[str, Any] = msgspec.to_builtins({**shown, "orphaned": found.orphaned})
    return answer


# --- text ------------------------------------------------------------------------------------------------------


def _tell(changed: list[Reread], counts: dict[str, Counter[str]], tried: str | None) -> None:
    """What was found; ``tried`` is the command that records it, where that was not done."""
    out = text.console()
    if not changed:
        print("nothing changes" if tried else "nothing changed")
        return
    widths = [max(len(predicate) for predicate in counts), *(len(column) for column in _COLUMNS)]
    _row(["", *_COLUMNS], widths)
    for predicate in sorted(counts):
        _row([predicate, *(str(counts[predicate][column]) for column in _COLUMNS)], widths)
    for name in ("gained", "lost", "revised", "withstood"):
        _list(out, name, [_line(each) for found in changed for each in getattr(found, name)])
    _list(out, "superseded", [_pair(each) for found in changed for each in found.superseded])
    _list(out, "decisions carried over", [decided(d) for r in changed for each in r.superseded for d in each.carried])
    _list(out, "decisions that nothing is left of to bear on", [decided(each) for r in changed for each in r.orphaned])
    _list(out, "left for another time", [f"{r.path or r.document}: {r.skipped}" for r in changed if r.skipped])
    if tried:
        print(f"nothing was recorded; {tried} without --dry-run records it")


def _row(cells: Iterable[str], widths: list[int]) -> None:
    first, *rest = cells
    print(
        "  ".join([first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))])
    )


def _list(out: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    out.print()
    text.paragraph(out, f"{title} ({len(lines)})", style="bold")
    for line in lines[:_FEW]:
        text.paragraph(out, line, 2)
    if len(lines) > _FEW:
        text.paragraph(out, f"and {len(lines) - _FEW} more; --json has all", 2, "dim")


def _line(statement: Statement) -> str:
    one = published.statement(statement)
    whom = one.subject.id or one.subject.outcome.replace("_", " ")
    return f"{one.predicate}: {one.subject.name} [{whom}]: {_says(one)} {_words(one)}"


def _pair(each: Superseded) -> str:
    """What a statement says otherwise than the one in whose place it stands; else whose words carry it now."""
    old, new = published.statement(each.old), published.statement(each.new)
    facts = [
        (slot, *(told(one.value.get(slot) or "unknown") for one in (old, new)))
        for slot in sorted({*old.value, *new.value})
    ]
    facts += [("subject", *(one.subject.id or one.subject.outcome for one in (old, new)))]
    facts += [("voice", voice(old), voice(new)), ("time", text.timed(old.time), text.timed(new.time))]
    facts += [(name, getattr(old, name), getattr(new, name)) for name in ("polarity", "modality")]
    differing = [f"{name.replace('_', ' ')} {was} -> {now}" for name, was, now in facts if was != now]
    what = "; ".join(differing) or "says the same, by other words of the text"
    return f"{new.predicate}: {new.subject.name}: {what} {_words(new)}"


def _words(statement: Statement) -> str:
    """The words that carry a statement, or its row as printed."""
    if statement.evidence.cells is not None:
        return "| " + " | ".join(filter(None, statement.evidence.cells.values())) + " |"
    return f"“{' '.join((statement.evidence.exact or '').split())}”"


def _says(one: Statement) -> str:
    return " · ".join(filter(None, [wordings(one), voice(one), *firmness(one), text.timed(one.time)]))
