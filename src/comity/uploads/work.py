"""The process that reads one upload: ``python -m comity.uploads.work``, with a task as JSON on standard input.

It bounds its own time and memory first, so that a file made to break a reader ends this process and nothing else. It
stands in the file's folder, so that what is recorded of the file's place is its name. What it has to say are lines of
JSON on standard output: ``{"stage": …}``, and at the end ``{"end": …}``.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

import msgspec

from comity import pipeline, pipeline_editions, pipeline_lists, pipeline_preview, vocabulary
from comity.errors import ComityError
from comity.lists import definition
from comity.model import Publication
from comity.pipeline_preview import Preview
from comity.register import Register, rules_of
from comity.views import published

__all__ = ["MOST", "digest", "main", "told"]

MOST = 300
"""Statements and changes of one file that a preview shows; it counts all."""

_HARD = 5  # seconds after the soft limit of processor time


def told(preview: Preview) -> dict[str, Any]:
    """A preview as it is kept and shown: bounded, words as they may be published, with a digest of what it would do."""
    found: dict[str, Any] = msgspec.to_builtins(replace(preview, statements=(), changes=(), reread=()))
    found["statements"] = [msgspec.to_builtins(published.statement(each)) for each in preview.statements[:MOST]]
    found["changes"] = [msgspec.to_builtins(published.change(each)) for each in preview.changes[:MOST]]
    return {
        **found,
        "reread": sum(each.count for each in preview.reread),
        "new": len(preview.statements) + preview.opened,
        "changed": len(preview.changes),
        "digest": digest(preview),
    }


def digest(preview: Preview) -> str:
    """The same for two previews that would record the same."""
    what = [
        preview.outcome,
        [each.id for each in preview.statements],
        [(each.kind, each.facet, each.field, each.before, each.after) for each in preview.changes],
        [preview.corrected, preview.repeated, preview.opened, preview.updated, preview.ended],
        [each.count for each in preview.reread],
    ]
    return hashlib.sha256(msgspec.json.encode(what)).hexdigest()


def main(source: TextIO, out: TextIO) -> None:
    """Do one task and say what came of it."""
    task: dict[str, Any] = json.load(source)
    _bound(task["seconds"], task["memory"])
    try:
        for line in _worked(task):
            _say(out, line)
    except ComityError as error:
        _say(out, {"end": "refused", "message": error.message, "hint": error.hint})
    except MemoryError:
        _say(out, {"end": "refused", "message": "takes too much memory to read", "hint": "give a smaller file"})


def _bound(seconds: float, memory: int) -> None:
    whole = int(seconds) + 1
    for what, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, whole, whole + _HARD),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_NOFILE, 256, 256),
    ):
        most = resource.getrlimit(what)[1]
        within = hard if most == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(what, (min(soft, within), within))


def _worked(task: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"stage": "the file is read"}
    about = definition(task["list"]) if task["list"] else None
    topic = (about.topic if about else "") or task["topic"]
    item = pipeline.Input(task["name"], Publication(**task["given"]))
    rules, captures = rules_of(vocabulary.load(topic).predicates), Path(task["captures"])
    with Register.open(task["register"], rules=rules, captures=captures, create=False) as register:
        if task["digest"] is None or register.head().seq != task["seq"]:
            seq = register.head().seq
            found = _previewed(register, task["list"], item, topic)
            if found.refused is not None:
                checks = msgspec.to_builtins(found.edition.checks) if found.edition else []
                yield {"end": "refused", "message": found.refused, "hint": None if checks else found.hint,
                       "checks": checks}  # fmt: skip
                return
            if task["digest"] is None or task["digest"] != digest(found):
                yield {"end": "previewed", "preview": {**told(found), "seq": seq}}
                return
        yield {"stage": "it is recorded"}
        register.by = {"author": task["decided"]["author"], "reason": task["decided"]["reason"], "upload": task["id"]}
        yield {"end": "done", "told": _recorded(register, task["list"], item, topic)}


def _previewed(register: Register, list_name: str | None, item: pipeline.Input, topic: str) -> Preview:
    if list_name is not None:
        (found,) = pipeline_preview.edition(register, list_name, [item])
    else:
        (found,) = pipeline_preview.stories(register, pipeline_lists.located(register, [item]), topic)
    return found


def _recorded(register: Register, list_name: str | None, item: pipeline.Input, topic: str) -> str:
    if list_name is not None:
        (added,) = pipeline_editions.add(register, list_name, [item])
        if isinstance(added, pipeline.Refused):
            raise added.error
        done = added.recorded
        return f"{done.outcome}: {done.opened} begin, {done.sighted} seen again, {done.ended} end"
    (story,) = pipeline.add(register, pipeline_lists.located(register, [item]), topic)
    if isinstance(story, pipeline.Refused):
        raise story.error
    counts = f"{len(story.added)} new, {len(story.corrected)} put right, {len(story.repeated)} there already"
    return f"{story.outcome}: {counts}"


def _say(out: TextIO, line: Mapping[str, Any]) -> None:
    out.write(json.dumps(line) + "\n")
    out.flush()


if __name__ == "__main__":
    # Libraries may print: what they print goes where errors go.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as lines:
        os.dup2(2, 1)
        main(sys.stdin, lines)
