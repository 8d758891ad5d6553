"""A fact and its figures in one plain line, the same wherever a comparison is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.model import Statement, Value
from comity.register.wordings import lowered
from comity.views.wording import quoted, told
from comity.vocabulary import Predicate

__all__ = ["apart", "fact", "figures", "line", "stem", "worded"]

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
            low, high = (slot.endswith(end) and value.get(slot.replace(end, start)) is None for end, start in _RANGES)
            found.setdefault(name, []).append(f"{shown} or more" if low else f"{shown} or fewer" if high else shown)
    return [f"{name.replace('_', ' ')} {' to '.join(dict.fromkeys(words))}" for name, words in found.items()]


def line(subject: str, predicate: Predicate, value: Mapping[str, Value], statements: Sequence[Statement]) -> str:
    """A fact in one line: of whom, and :func:`fact`."""
    return f"{subject}: {fact(predicate, value, statements)}"


def fact(predicate: Predicate, value: Mapping[str, Value], statements: Sequence[Statement]) -> str:
    """What is said, how it is settled, how firmly, in the topic's words; printed words stand in quotation marks.

    Where several slots are told in brackets, each has its name before it.
    """
    enums = {slot: value[slot] for slot, each in predicate.slots.items() if each.type == "enum" and value.get(slot)}
    counted = [slot for slot, each in predicate.slots.items() if each.type in ("integer", "number")]
    firm = {statement.modality for statement in statements}
    denials = [] if any(statement.polarity == "affirmed" for statement in statements) else ["denied"]
    unsure = sorted(firm - set(map(str, enums.values()))) if "actual" not in firm else []
    settled = ", ".join(
        (*(worded(predicate, slot, given) for slot, given in enums.items()), *unsure, *denials,
         *figures(value, counted))
    )  # fmt: skip
    details = _details(predicate, {slot: given for slot, given in value.items() if slot not in (*enums, *counted)})
    rest = f" ({', '.join(details)})" if details else ""
    return f"{lowered(predicate.label)}{f', {settled}' if settled else ''}{rest}"


def worded(predicate: Predicate, slot: str, value: Value) -> str:
    """A slot's value in the topic's words for it, else as it is."""
    return predicate.words.get(slot, {}).get(str(value)) or told(value)


def _details(predicate: Predicate, value: Mapping[str, Value]) -> list[str]:
    """The slots that are printed words, or one of a few fixed ones; who tells it is "by" somebody."""
    given = {slot: value[slot] for slot in predicate.slots if value.get(slot)}
    found = []
    for slot, each in given.items():
        about = predicate.slots[slot]
        fixed = {name for name, _ in about.choose} | {about.default}
        words = told(each) if each in fixed else quoted(each)
        if slot in predicate.told_by:
            found.append(f"by {'itself' if each == 'self' else words}")
        else:
            found.append(f"{slot.replace('_', ' ')} {words}" if len(given) > 1 else words)
    return found
