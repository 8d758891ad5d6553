"""``comity compare``: accounts of one matter, side by side."""

from __future__ import annotations

from typing import Any

from comity import pipeline, vocabulary
from comity.errors import UsageError
from comity.interfaces import output, text
from comity.interfaces.commands.reading import given_inputs
from comity.interfaces.progress import progress
from comity.settings import Settings
from comity.views.comparison import Source
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
    for option in ("about", "since", "html"):
        if chosen[option]:
            raise UsageError("not built yet", where=f"--{option}", hint="name the files to compare, without it")
    items = given_inputs(paths, manifest, given)
    sources: list[Source] = []
    refused = 0
    for result in progress(pipeline.read_with_mentions(items, settings.topic, workers=settings.workers), len(items)):
        if isinstance(result, pipeline.Refused):
            refused += 1
            output.report(result.error, as_json)
        else:
            sources.append(Source(result.document, result.reading.statements, result.mentions.attributions))
    answer = comparison(sources, vocabulary.load(settings.topic))
    if as_json:
        output.line(answer)
    else:
        text.show_comparison(answer)
    return refused
