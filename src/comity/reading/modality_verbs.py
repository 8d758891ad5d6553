"""What an event's own verb says of it: its auxiliaries, negations and modals, and a subject that denies it.

:func:`verb_group` finds the words, :func:`own` what they make of the event, :func:`by_subject` what "no city" adds.
Nothing here asks what governs the event: :mod:`comity.reading.modality` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from comity.model import Modality
from comity.reading.clause_words import finite
from comity.reading.modality_sentence import Sentence, condition
from comity.reading.modality_words import State

__all__ = ["by_subject", "own", "verb_group"]


def verb_group(s: Sentence, left: Sequence[int]) -> list[int]:
    """The auxiliaries, negations and adverbs right before a verb, and its "to"."""
    group: list[int] = []
    for i in reversed(left):
        low = s.low(i)
        takes = low in s.w.auxiliaries or low in s.lex.modals or s.is_in(i, "negators") or low in s.w.contractions
        if low == "'s" and i and s.toks[i - 1].capital:
            # "The mayor's denied" is none, "Ohio's not signed" is one.
            takes = i + 1 < len(s.toks) and (s.is_in(i + 1, "negators") or s.w.is_past(s.low(i + 1)))
        if not (takes or s.w.is_adverb(low) or low == "to"):
            if low == "," and group and i and s.is_in(i - 1, "negators"):
                continue
            break
        group.insert(0, i)
        if low == "to":
            if i - 1 in left and s.is_in(i - 1, "negators"):
                group.insert(0, i - 1)  # "promised never to sign"
            break
    return group


def own(s: Sentence, at: int, left: Sequence[int], group: Sequence[int]) -> State:
    """What the verb group itself says: negation and modal."""
    negations = [i for i in group if s.lex.negates(s.toks, i) or s.lex.phrase(s.toks, i, "negators")]
    negations += _far_negation(s, left, group)
    affirmed = len(negations) % 2 == 0
    lows = {s.low(i) for i in group}
    if "cannot" in lows:
        affirmed = False
    modality: Modality = "actual"
    cues = [s.span(i) for i in negations]
    for i in group:
        if s.low(i) in s.lex.modals and not (s.low(i) == "'d" and s.w.is_past(s.low(at))):
            cues.append(s.span(i))
            modality = _modal(s, i, at, left, affirmed, lows)
    if not affirmed and modality == "actual" and _until_after(s, at):
        affirmed = True
    if s.is_in(at + 1, "no") and not s.lex.phrase(s.toks, at + 1, "pseudo_negation"):
        affirmed = not affirmed  # "received no notice"
        cues.append(s.span(at + 1))
    if any(s.is_in(i, "past_ability") for i in group) and s.is_in(s.parts[s.home(at)].first, "before"):
        affirmed, modality = False, "actual"
    return State(affirmed, modality, tuple(cues))


def _modal(s: Sentence, i: int, at: int, left: Sequence[int], affirmed: bool, group: set[str]) -> Modality:
    """The modality that a modal gives within its group."""
    kind = s.lex.modals[s.low(i)]
    perfect = bool(group & s.w.have)
    if kind == "would":
        found = _would(s, at, left)
        # "The chief would not comment": he didn't.
        refused = found == "hypothetical" and not affirmed and condition(s, affirmed) is None
        return "actual" if refused and not _proposes(s, left) else found
    if s.is_in(i, "past_ability") and not affirmed:
        return "actual"  # "could not reach an agreement"
    if s.is_in(i, "epistemic") and perfect:
        return "possible"  # "must have sent it"
    if kind == "possible" and s.is_in(i, "forbidding") and not affirmed:
        doubts = perfect or any(low in s.lex.sets["doubting"] for low in group)
        return "possible" if doubts else "required"
    if kind == "required" and any(low in s.lex.sets["soon"] for low in group):
        return "planned"
    return cast(Modality, kind)


def _far_negation(s: Sentence, left: Sequence[int], group: Sequence[int]) -> list[int]:
    """A negated auxiliary parted from its verb by an inserted phrase: "has never, in forty years, adopted"."""
    commas = [i for i in left if s.low(i) == ","]
    if group or not left or left[-1] not in commas or len(commas) < 2:
        return []
    outer = verb_group(s, [i for i in left if i < commas[-2]])
    return [i for i in outer if s.lex.negates(s.toks, i)]


def _until_after(s: Sentence, at: int) -> bool:
    """Whether an "until" follows: "did not adopt the measure until May": it did, then."""
    return any(s.is_in(i, "until") for i in range(at + 1, s.parts[s.home(at)].last))


def _would(s: Sentence, at: int, left: Sequence[int]) -> Modality:
    """Planned where somebody announced it ("said it would sign"), hypothetical elsewhere and of proposals."""
    home = s.parts[s.home(at)]
    spoken = any(s.low(i) in s.lex.speech for i in left)
    owner = home
    while not spoken and owner.parent is not None and owner.tie in ("complement", "coordinate", "main"):
        owner = s.parts[owner.parent]
        spoken = any(s.low(i) in s.lex.speech for i in range(owner.first, owner.last))
    after = s.home(at) + 1
    if not spoken and after < len(s.parts) and s.parts[after].opener == "report":
        spoken = True  # "The county would sue, officials said"
    if not spoken:
        return "hypothetical"
    return "hypothetical" if _proposes(s, [i for i in left if i >= home.first]) else "planned"


def _proposes(s: Sentence, left: Sequence[int]) -> bool:
    """Whether a proposal is the subject: "the bill would not require"."""
    near = left[-6:]
    return any(
        s.is_in(i, "proposals") and i - 1 in near and s.low(i - 1) in s.w.determiners and not s.is_in(i - 1, "no")
        for i in near
    )


def by_subject(s: Sentence, outer: Sequence[int], state: State, group: Sequence[int]) -> State:
    """Negation by the subject: "No city in the county has", "Neither", "None of the sheriffs"."""
    nor = any(s.is_in(i, "nor") for i in group)
    for i in reversed(outer):
        if finite(s.toks, i, s.w) and s.low(i) not in s.w.be and not nor and not _inverted(s, i):
            break
        if nor and s.is_in(i, "neither"):
            return state  # "neither sought nor signed": counted once
        spoken = i + 1 < len(s.toks) and not s.low(i + 1)[0].isalnum()  # "No, the city hasn't joined"
        negative = (s.is_in(i, "quantifiers") and not spoken) or s.lex.phrase(s.toks, i, "quantifiers")
        if negative and not s.lex.phrase(s.toks, i, "pseudo_negation"):
            forbids = any(s.is_in(k, "forbidding") for k in group) and state.modality == "possible"
            denied = state.denied(s.span(i))
            return State(denied.affirmed, "required" if forbids else denied.modality, denied.cues)
    return state


def _inverted(s: Sentence, i: int) -> bool:
    """Whether an auxiliary stands before its subject: "at no point did we share"."""
    if s.low(i) not in s.w.finite_auxiliaries or i + 1 >= len(s.toks):
        return False
    return s.low(i + 1) in s.w.subject_pronouns or s.low(i + 1) in s.w.determiners or s.toks[i + 1].capital
