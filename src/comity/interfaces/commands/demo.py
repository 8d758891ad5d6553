"""``comity demo``: what Comity does, on the bundled sample, in one minute."""

from __future__ import annotations

import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from comity import documents, pipeline, vocabulary
from comity.interfaces import comparison_text, telling, text
from comity.interfaces.python import entity as entity_named
from comity.register import Register, rules_of
from comity.views.comparison import compare, source

__all__ = ["demo", "recorded"]


def demo(*, as_json: bool, register: str | None) -> int:
    """Builds a register from the sample and shows a dossier and a comparison; ``as_json`` makes no difference."""
    del as_json
    if register is not None:
        _show(register, register)
        return 0
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        _show(str(Path(folder) / "demo.db"), "a temporary register (--register demo.db keeps it)")
    return 0


def _show(register: str, called: str) -> None:
    out = text.console()
    topic = vocabulary.load()
    sample, told, count = recorded(register)
    entity = entity_named(str(sample["entity"]))
    with Register.open(register, rules=rules_of(topic.predicates), create=False) as opened:
        found = telling.dossier(opened, entity, topic)
    read = f"Read {len(told)} invented stories from the sample: {count} new statements on {called}."
    text.paragraph(out, read)
    out.print()
    text.show_dossier(found)
    out.print()
    accounts = [source(item.document, item.reading, item.mentions) for item in told[:2]]
    comparison_text.show(compare(accounts, topic))
    out.print("\n[bold]What next[/bold]")
    for line in sample["next"]:
        out.print(f"  {line}", markup=False, soft_wrap=True)


def recorded(register: str) -> tuple[dict[str, Any], list[pipeline.Told], int]:
    """The sample on a register: its description, what was read, and how many statements are new."""
    topic = vocabulary.load()
    with resources.as_file(resources.files("comity").joinpath("data", "sample")) as folder:
        sample = vocabulary.parse_yaml((folder / "sample.yml").read_text(encoding="utf-8"), "sample.yml")[0]
        items = [
            pipeline.Input(path, pipeline.marked_synthetic(given))
            for path, given in documents.manifest(folder / "manifest.csv")
        ]
        told = [item for item in pipeline.read_with_mentions(items, "") if isinstance(item, pipeline.Told)]
        with Register.open(register, rules=rules_of(topic.predicates)) as opened:
            added = [opened.record(item.document, item.reading) for item in told]
    return sample, told, sum(len(each.added) for each in added)
