"""``comity compare``: accounts of one matter, side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from comity import pipeline, vocabulary
from comity.errors import UsageError
from comity.interfaces import comparison_html, comparison_text, dates, output, python, text
from comity.interfaces.commands.reading import given_inputs
from comity.interfaces.progress import progress
from comity.model import Entity
from comity.register import Register, rules_of
from comity.settings import Settings
from comity.views.comparison import Source, source
from comity.views.comparison import compare as comparison

__all__ = ["compare"]


def compare(
    *,
    as_json: bool,
    paths: list[str] | None,
    manifest: str | None,
    given: dict[str, Any],
    chosen: dict[str, str | None],
    settings: Settings,
) -> int:
    """Prints the comparison of the accounts; returns how many files were refused."""
    about, since = chosen["about"], dates.day(chosen["since"], "--since")
    if about is None and since is not None:
        raise UsageError("goes with --about", where="--since", hint="name an entity: --about 'Anchorage, AK'")
    if about is not None and (paths or manifest):
        raise UsageError(
            "takes its accounts from the register", where="--about", hint="name files, or --about, not both"
        )
    entity = python.entity(about) if about is not None else None
    if entity is None:
        sources, refused = _read(given_inputs(paths, manifest, given), settings, as_json)
    else:
        sources, refused = _recorded(entity, since, settings), 0
    answer = comparison(sources, vocabulary.load(settings.topic))
    if entity is not None and not sources:
        after = f" since {since}" if since else ""
        note = f"The register holds no account of {entity.name}{after}; add stories with comity add."
        answer = replace(answer, notes=(note,))
    if chosen["html"]:
        page = comparison_html.render(answer, entity.name if entity else None)
        Path(chosen["html"]).write_text(page, encoding="utf-8")
    if as_json:
        output.line(answer)
    elif chosen["html"]:
        counts = f"{text.count(len(answer.accounts), 'account')}, {text.count(len(answer.facts), 'fact')}"
        print(f"{chosen['html']}: {counts}")
    else:
        comparison_text.show(answer, entity.name if entity else None)
    return refused


def _read(items: list[pipeline.Input], settings: Settings, as_json: bool) -> tuple[list[Source], int]:
    """The files' accounts, and how many were refused; these are reported."""
    sources: list[Source] = []
    refused = 0
    for result in progress(pipeline.read_with_mentions(items, settings.topic, workers=settings.workers), len(items)):
        if isinstance(result, pipeline.Refused):
            refused += 1
            output.report(result.error, as_json)
        else:
            sources.append(source(result.document, result.reading, result.mentions))
    return sources, refused


def _recorded(entity: Entity, since: str | None, settings: Settings) -> list[Source]:
    rules = rules_of(vocabulary.load(settings.topic).predicates)
    with Register.open(settings.register, rules=rules, create=False) as register:
        return list(python.accounts_of(register, entity.id, since=since))
