"""Predicates as a topic declares them: their slots and rules, and what they say of facets, dates and agreement.

Use :func:`declared` for a declaration in YAML; :mod:`comity.vocabulary` does for whole topics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from comity.model import Kind, Modality, Nature, Polarity, Scalar
from comity.one_fact import OneFact, one_fact
from comity.yamlfile import Node

__all__ = ["Predicate", "Rule", "Slot", "declared"]

SlotType = Literal["enum", "text", "texts", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a predicate, and how its value is found in the evidence.

    ``choose`` maps values to patterns, first match wins, else ``default``. ``find`` are patterns whose group ``value``
    is the value. ``body`` takes the nearest mention of one of these kinds. ``within`` says how far to look. ``rest`` is
    the value for what is none of the others: it tells nothing beside a statement that has one of them. ``dates`` says
    that the date is the act's own, so that it is the statement's time as well. ``words`` are the plain words for
    values, as status lines tell them.
    """

    name: str
    type: SlotType
    values: tuple[str, ...] = ()
    choose: tuple[tuple[str, str], ...] = ()
    find: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    default: str | None = None
    within: Literal["clause", "sentence"] = "sentence"
    rest: str | None = None
    dates: Literal["act"] | None = None
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a predicate is worded. ``trigger`` is a pattern (see docs/reader.md); the rest narrows it.

    ``first`` are parts of the trigger that rules share: they are looked for once a sentence, before any trigger.
    """

    id: str
    trigger: str
    subject: tuple[str, ...]
    kinds: tuple[str, ...]
    set: Mapping[str, Scalar]
    first: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    near: Literal["sentence", "paragraph", "document", "list"] = "sentence"
    unless: tuple[str, ...] = ()
    polarity: Polarity | None = None
    modality: Modality | None = None
    voice: Literal["speaker"] | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """A type of statement: its nature, slots, facet and wordings.

    ``dated_by`` names what may lend its time to a neighbouring statement (``list_event.published``: a predicate, or one
    with that value). ``apart`` is what shows in the evidence that a statement is of another thing than its neighbours
    ("an earlier list"): they lend it nothing. ``firm_on`` names the slot whose words polarity and
    modality are judged on (a policy's action, not what it forbids). ``negations`` maps an enumerated value
    to the one that carries its negation (listed, not_listed). ``told_by`` names the slots of who speaks: two tellers in
    one sentence make two statements. ``gathers`` fills a slot of a document's first such statement about a subject from
    other statements about it: ``demand: demand.what``. ``inherits`` fills a slot that a statement leaves open from the
    nearest other statement of the document that has it: ``authority: list_event.subject``. ``agreeing`` names values of
    an exclusive slot that don't contradict one another: ``action: signed in_force``. ``beside`` names what else is told
    with a status (see ``views/beside.py``): ``listed response.kind.disputes: "the {kind} disputes it"``. ``one_fact``
    says when two statements tell one fact. ``others`` are patterns of sentences that tell of other governments: where
    one stands before the act and no subject does, whoever stands behind it or in the text isn't taken. ``unlearned``
    are patterns: what begins so, the weights alone don't take for it. ``binds`` are kinds of government whose acts bind
    all in them: "Ohio sheriffs must" is told of Ohio; of other predicates such a name says only where many lie.
    """

    name: str
    nature: Nature
    label: str
    kinds: tuple[str, ...]
    slots: Mapping[str, Slot]
    facet: tuple[str, ...]
    exclusive: tuple[str, ...]
    figures: tuple[str, ...]
    dated_by: tuple[str, ...]
    apart: str | None
    firm_on: str | None
    negations: tuple[tuple[str, str], ...]
    told_by: tuple[str, ...]
    gathers: tuple[tuple[str, str], ...]
    inherits: tuple[tuple[str, str], ...]
    agreeing: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    one_fact: OneFact
    unlearned: tuple[str, ...]
    rules: tuple[Rule, ...]
    others: tuple[str, ...] = ()
    binds: tuple[str, ...] = ()

    @property
    def enums(self) -> tuple[str, ...]:
        """The slots that take one of the values that the topic names."""
        return tuple(slot.name for slot in self.slots.values() if slot.type == "enum")

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """By slot, the plain words that the topic has for its values."""
        return {slot.name: dict(slot.words) for slot in self.slots.values() if slot.words}


# --- from YAML ---------------------------------------------------------------------------------------------------

_GROUPED_KINDS: Mapping[str, tuple[str, ...]] = {
    "government": ("state", "district", "county", "place", "county_subdivision"),
    "school": ("school_district",),
}


def _kinds(node: Node, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    known = get_args(Kind)
    found: list[str] = []
    for name in node.texts(key):
        group = _GROUPED_KINDS.get(name, (name,))
        if any(kind not in known for kind in group):
            raise node.error(f"{name!r} is no kind; kinds are government, school, {', '.join(known)}", key)
        found.extend(group)
    return tuple(found) or default


def _slot(name: str, node: Node) -> Slot:
    node.allow("type", "values", "choose", "find", "body", "default", "within", "rest", "dates", "words")
    slot_type = node.choice("type", get_args(SlotType), "text")
    values = node.texts("values")
    if (slot_type == "enum") != bool(values):
        raise node.error("an enum, and only an enum, lists its values", "values")
    choose = node.pairs("choose")
    default, rest = node.optional("default"), node.optional("rest")
    for value in (*(value for value, _ in choose), *(value for value in (default, rest) if value)):
        if values and value not in values:
            raise node.error(f"{value!r} is not among the values", "choose")
    words = node.pairs("words")
    for value, _ in words:
        if value not in values:
            raise node.error(f"{value!r} is not among the values", "words")
    within = node.choice("within", ("clause", "sentence"), "sentence")
    dates = node.choice("dates", ("act",))
    if dates and slot_type != "date":
        raise node.error("only a date dates an act", "dates")
    find, body = node.texts("find"), node.texts("body")
    return Slot(name, slot_type, values, choose, find, body, default, within, rest, dates, words)


_EACH = re.compile(r"%each\b")


def _rules(predicate: str, slots: Mapping[str, Slot], node: Node) -> Iterator[Rule]:
    """The rules of a predicate, one for each value where a rule is told for several; its ``unless`` holds for all."""
    kinds, unless = _kinds(node, "subject"), node.texts("unless")
    for child in node.items("rules"):
        rule = _rule(predicate, slots, kinds, child)
        rule = replace(rule, unless=(*unless, *rule.unless))
        told = list(child.children("each"))
        if not told:
            yield rule
        for slot, values in told:
            for value, pattern in values.pairs(None):
                if slot not in slots or (slots[slot].values and value not in slots[slot].values):
                    raise child.error(f"{predicate} has no slot {slot!r} with the value {value!r}", "each")
                yield _for(rule, slot, value, pattern)


def _for(rule: Rule, slot: str, value: str, pattern: str) -> Rule:
    """A rule that is told for several values, for one of them: ``%each`` in its patterns is that value's own."""

    def filled(text: str) -> str:
        return _EACH.sub(lambda _: f"(?:{pattern})", text)

    return replace(
        rule,
        id=f"{rule.id}-{value}",
        trigger=filled(rule.trigger),
        set={**rule.set, slot: value},
        first=tuple(map(filled, rule.first)),
        needs=tuple(map(filled, rule.needs)),
        unless=tuple(map(filled, rule.unless)),
    )


def _rule(predicate: str, slots: Mapping[str, Slot], kinds: tuple[str, ...], node: Node) -> Rule:
    node.allow(
        "id",
        "each",
        "trigger",
        "subject",
        "kinds",
        "set",
        "first",
        "needs",
        "near",
        "unless",
        "polarity",
        "modality",
        "voice",
    )
    settings = node.data.get("set", {})
    if not isinstance(settings, dict):
        raise node.error("must be a mapping", "set")
    for slot, value in settings.items():
        if slot not in slots:
            raise node.error(f"{predicate} has no slot {slot!r}", "set", slot)
        if slots[slot].values and value not in slots[slot].values:
            raise node.error(f"{value!r} is not among the values of {slot}", "set", slot)
    return Rule(
        id=f"{predicate}.{node.text('id')}",
        trigger=node.text("trigger"),
        subject=node.texts("subject") or ("before", "after", "carried"),
        kinds=_kinds(node, "kinds", kinds),
        set=settings,
        first=node.texts("first"),
        needs=node.texts("needs"),
        near=node.choice("near", ("sentence", "paragraph", "document", "list"), "sentence"),
        unless=node.texts("unless"),
        polarity=node.choice("polarity", get_args(Polarity)),
        modality=node.choice("modality", get_args(Modality)),
        voice=node.choice("voice", ("speaker",)),
    )


def _beside(node: Node) -> tuple[tuple[str, str], ...]:
    found = node.pairs("beside")
    for key, template in found:
        if not re.fullmatch(r"\w+ \w+\.\w+\.\w+(\.\w+)?", key):
            raise node.error(f"{key!r} is no 'status predicate.slot.value'", "beside")
        if set(re.findall(r"\{(\w*)\}", template)) - {"date", "kind"}:
            raise node.error("takes {date} and {kind} alone", "beside")
    return found


def declared(name: str, node: Node) -> Predicate:
    """The predicate that a topic declares as ``name``. Raises VocabularyError naming file, line and key."""
    node.allow(
        "nature",
        "label",
        "subject",
        "slots",
        "facet",
        "exclusive",
        "figures",
        "dated_by",
        "apart",
        "firm_on",
        "negations",
        "told_by",
        "gathers",
        "inherits",
        "agreeing",
        "beside",
        "lines",
        "one_fact",
        "unless",
        "others",
        "unlearned",
        "binds",
        "rules",
    )
    slots = {slot: _slot(slot, child) for slot, child in node.children("slots")}
    for key in ("facet", "exclusive", "figures"):
        for slot in node.texts(key):
            if slot not in slots:
                raise node.error(f"{name} has no slot {slot!r}", key)
    rules = tuple(_rules(name, slots, node))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise node.error(f"two rules are called {rule.id}", "rules")
        seen.add(rule.id)
    nature = node.choice("nature", get_args(Nature))
    if nature is None:
        raise node.error("must be state, event or utterance", "nature")
    return Predicate(
        name=name,
        nature=nature,
        label=node.text("label"),
        kinds=_kinds(node, "subject"),
        slots=slots,
        facet=node.texts("facet"),
        exclusive=node.texts("exclusive"),
        figures=node.texts("figures"),
        dated_by=node.texts("dated_by"),
        apart=node.optional("apart"),
        firm_on=node.optional("firm_on"),
        negations=node.pairs("negations"),
        told_by=node.texts("told_by"),
        gathers=node.pairs("gathers"),
        inherits=node.pairs("inherits"),
        agreeing=node.pairs("agreeing"),
        beside=_beside(node),
        lines=node.pairs("lines"),
        one_fact=one_fact(node, {name: slot.type for name, slot in slots.items()}),
        unlearned=node.texts("unlearned"),
        rules=rules,
        others=node.texts("others"),
        binds=_kinds(node, "binds") if "binds" in node.data else (),
    )
