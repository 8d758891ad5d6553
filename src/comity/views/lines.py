"""A fact and its figures in one plain line, the same wherever a comparison is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.model import Statement, Value
from comity.register.wordings import lowered
from comity.views.wording import quoted, told
from comity.vocabulary import Predicate

__all__ = ["apart", "fact", "figures", "line", "stem"]

_RANGES = (("_low", "_high"), ("_high", "_low"))


def apart(slots: Sequence[str]) -> str:
    """In what tellings differ, in words: ``size``, ``action``, ``whether it is so``."""
    words = {stem(slot): "whether it is so" if slot == "polarity" else stem(slot) for slot in slots}
    return ", ".join(words.values()).replace("_", " ")


def stem(slot: str) -> str:
    """What a figure's slot counts: ``size`` of ``size_low`` and ``size_high``, ``amount`` of ``amount_usd``."""
    return slot.removesuffix("_low").removesuffix("_high").removesuffix("_usd")


def figures(value: Mapping[str, Value], slots: Sequence[str]) -> list[str]:
    """The figures of a value, each with its slot: ``size 200 to 300``, ``count 35``, ``amount $2,600,000``.

    A slot ``x_low`` with its ``x_high`` is one figure; ``x_usd`` is money.
    """
    found: dict[str, list[str]] = {}
    for slot in slots:
        number = value.get(slot)
        if isinstance(number, int | float):
            name = stem(slot)
            shown = f"{'$' if slot.endswith('_usd') else ''}{number:,}"
            low, high = (slot.endswith(end) and slot.replace(end, start) not in value for end, start in _RANGES)
            found.setdefault(name, []).append(f"{shown} or more" if low else f"{shown} or fewer" if high else shown)
    return [f"{name.replace('_', ' ')} {' to '.join(dict.fromkeys(words))}" for name, words in found.items()]


def line(subject: str, predicate: Predicate, value: Mapping[str, Value], statements: Sequence[Statement]) -> str:
    """A fact in one line: of whom, and :func:`fact`."""
    return f"{subject}: {fact(predicate, value, statements)}"


def fact(predicate: Predicate, value: Mapping[str, Value], statements: Sequence[Statement]) -> str:
    """What is said, how it is settled, how firmly; printed words stand in quotation marks."""
    enums = [told(value[slot]) for slot, each in predicate.slots.items() if each.type == "enum" and value.get(slot)]
    counted = [slot for slot, each in predicate.slots.items() if each.type in ("integer", "number")]
    firm = {statement.modality for statement in statements}
    denials = [] if any(statement.polarity == "affirmed" for statement in statements) else ["denied"]
    unsure = sorted(firm - set(enums)) if "actual" not in firm else []
    details = []
    for slot, each in predicate.slots.items():
        given = value.get(slot)
        if given and each.type != "enum" and slot not in counted:
            fixed = {name for name, _ in each.choose} | {each.default}
            words = told(given) if given in fixed else quoted(given)
            details.append(f"by {'itself' if given == 'self' else words}" if slot in predicate.told_by else words)
    settled = ", ".join((*enums, *unsure, *denials, *figures(value, counted)))
    rest = f" ({', '.join(details)})" if details else ""
    return f"{lowered(predicate.label)}{f', {settled}' if settled else ''}{rest}"
