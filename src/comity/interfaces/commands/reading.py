"""``comity read``, ``mentions`` and ``version``: what a text holds; no register is touched."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console

import comity
from comity import pipeline, vocabulary
from comity.documents import valid_date
from comity.errors import UsageError
from comity.interfaces import output, text
from comity.interfaces.progress import progress
from comity.model import Document, Publication, Reading, Statement
from comity.reading import rules
from comity.settings import Settings
from comity.views.wording import firmness, voice, wordings

__all__ = ["given_inputs", "mentions", "read", "version"]


def given_inputs(paths: list[str] | None, manifest: str | None, given: dict[str, Any]) -> list[pipeline.Input]:
    """The files that a call names; UsageError where it names none or gives an impossible date."""
    if not paths and not manifest:
        raise UsageError("no files given", hint="name files or folders, or give --manifest")
    published, state = given["published"], given["home_state"]
    if published is not None and not valid_date(published):
        raise UsageError(f"impossible date {published!r}", where="--published", hint="write YYYY-MM-DD")
    if state is not None and (len(state) != 2 or not state.isalpha()):
        raise UsageError(f"{state!r} isn't two letters", where="--home-state", hint="write AK, not Alaska")
    return pipeline.inputs(paths or [], Publication(**{**given, "home_state": state and state.upper()}), manifest)


def read(
    *,
    as_json: bool,
    paths: list[str] | None,
    manifest: str | None,
    given: dict[str, Any],
    explain: bool,
    settings: Settings,
) -> int:
    """Prints the statements of each file; returns how many files were refused."""
    items = given_inputs(paths, manifest, given)
    refused = found = dropped = 0
    for result in progress(pipeline.read(items, settings.topic, workers=settings.workers, explain=explain), len(items)):
        if isinstance(result, pipeline.Refused):
            refused += 1
            output.report(result.error, as_json)
            continue
        found += len(result.reading.statements)
        dropped += len(result.reading.dropped)
        _show(result.document, result.reading, as_json, explain)
        output.notes(result.document.path, result.document.notes, as_json)
    if not as_json:
        counts = f"{text.count(found, 'statement')} from {text.count(len(items) - refused, 'document')}"
        gate = f"; the gate dropped {dropped}" if dropped else ""
        print(f"{counts}{gate}{f'; {refused} refused' if refused else ''}")
    return refused


def _show(document: Document, reading: Reading, as_json: bool, explain: bool) -> None:
    out = text.console()
    for statement in reading.statements:
        if as_json:
            output.line(
                {"statement": statement, "explanation": reading.explanations[statement.id]} if explain else statement
            )
            continue
        _print(out, statement)
        if explain:
            for name, value in reading.explanations[statement.id].items():
                text.paragraph(out, f"{name}: {value}", 6, "dim")
    if explain:
        for item in reading.dropped:
            if as_json:
                output.line({"dropped": item})
            else:
                print(f"dropped by the gate: {item.rule} at {item.start}-{item.end}: {item.why}")
    if not as_json and not reading.statements:
        print(f"{document.path}: no statement on the topic")


def _print(out: Console, statement: Statement) -> None:
    """A statement in four lines: of whom, what, whose words and when, and where they stand."""
    whom = statement.subject.id or statement.subject.outcome.replace("_", " ")
    evidence = statement.evidence
    where = f"{evidence.path or ''}:{evidence.start}-{evidence.end}"
    facts = [voice(statement), *firmness(statement), text.timed(statement.time)]
    text.paragraph(out, f"{statement.predicate}: {statement.subject.name} [{whom}]", style="bold")
    text.paragraph(out, wordings(statement), 2)
    text.paragraph(out, " · ".join(facts), 2)
    text.paragraph(out, f"{where} “{' '.join((evidence.exact or '').split())}”", 2)
    out.print()


def mentions(
    *,
    as_json: bool,
    paths: list[str] | None,
    manifest: str | None,
    given: dict[str, Any],
    settings: Settings,
) -> int:
    """Prints the mentions of each file; returns how many files were refused."""
    items = given_inputs(paths, manifest, given)
    refused = 0
    for result in progress(pipeline.spot(items, workers=settings.workers), len(items)):
        if isinstance(result, pipeline.Refused):
            refused += 1
            output.report(result.error, as_json)
        elif as_json:
            output.line(result.mentions)
        else:
            _list(result)
    return refused


def _list(spotted: pipeline.Spotted) -> None:
    words, found = spotted.document.text, spotted.mentions
    print(f"{spotted.document.path}")
    for item in found.attributions:
        source, cue, content = (
            " … ".join(_at(words, span) for span in part) for part in (item.source, item.cue, item.content)
        )
        print(f"  attribution  {source or '(no source)'} | {cue} | {content}")
    for kind, spans in (("place", found.places), ("body", found.bodies)):
        for mention in spans:
            candidates = "" if mention.id else f" ({', '.join(item.id for item in mention.candidates[:3])})"
            print(
                f"  {kind:<12} {_at(words, (mention.start, mention.end))} = {mention.id or mention.outcome}{candidates}"
            )
    for date in found.dates:
        print(f"  date         {_at(words, (date.start, date.end))} = {date.edtf or 'unresolved'}")


def _at(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[slice(*span)].split())


def version(*, as_json: bool) -> int:
    """Prints the versions that stand on every statement."""
    versions: dict[str, Any] = {
        "comity": comity.__version__,
        "vocabulary": vocabulary.load().version,
        "reader": rules.READER,
        "python": sys.version.split()[0],
    }
    if as_json:
        output.line(versions)
    else:
        print("\n".join(f"{name} {value}" for name, value in versions.items()))
    return 0
