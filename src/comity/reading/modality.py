"""How firmly a sentence states an event: whether it denies it, and whether it happened, will, may, must or would.

Use :func:`judge` on the words that name an event ("adopted", "signed an agreement", "will be sued"). It reads the
event's own verb group (:mod:`comity.reading.modality_verbs`), then what governs it ("refused to", "plans to",
"prohibits officers from", "denied that"), each governor judged in the same way, and the clause that it stands in ("if",
"whether", "unless"). Categories after FactBank (Saurí and Pustejovsky, 2009), conventions in docs/time.md; the words
are ``data/language/modality.yml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.model import Modality, Pair, Polarity
from comity.reading.clause_words import finite, words
from comity.reading.clauses import Segment, analysed
from comity.reading.modality_sentence import Sentence, any_such, condition, is_noun, is_verb
from comity.reading.modality_verbs import by_subject, own, verb_group
from comity.reading.modality_words import State, compose, lexicon
from comity.reading.time_tense import sentence_around

__all__ = ["Firmness", "judge"]

_DEEPEST = 6  # governors above one another; real sentences have three
_OVER_NOUNS = frozenset({"negate", "possible", "required", "planned", "dropped"})


@dataclass(frozen=True, slots=True)
class Firmness:
    """The polarity and modality of an event, and the spans of the words that decided them."""

    polarity: Polarity
    modality: Modality
    cues: tuple[Pair, ...]


def judge(text: str, clause: Pair, trigger: Pair) -> Firmness:
    """Polarity and modality of the event that ``trigger`` names, within the sentence that holds ``clause``.

    Use it for any event that a rule has found. ``clause`` and ``trigger`` are spans of ``text`` in code points; the
    cues of the answer likewise, in order.
    """
    start, end = sentence_around(text, trigger[0])
    start, end = min(start, clause[0]), max(end, clause[1], trigger[1])
    toks, parts = analysed(text[start:end])
    here = [i for i, tok in enumerate(toks) if trigger[0] <= tok.start + start < trigger[1]]
    if not here or not parts:
        return Firmness("affirmed", "actual", ())
    sentence = Sentence(toks, parts, "?" in (toks[-1].low, text[end : end + 1]), words(), lexicon())
    state = _event(sentence, _head(sentence, here), 0)
    cues = tuple(sorted({(a + start, b + start) for a, b in state.cues}))
    return Firmness("affirmed" if state.affirmed else "negated", state.modality, cues)


def _head(s: Sentence, here: Sequence[int]) -> int:
    """The word of the trigger that names the event: past its auxiliaries, adverbs and "to".

    Of a trigger that is an auxiliary alone ("has" of "has neither signed"), the verb that follows.
    """
    for i in here:
        if not _is_light(s, i):
            return i
    after = here[-1] + 1
    while after < len(s.toks) and _is_light(s, after) and not s.is_in(after, "no"):
        after += 1
    modal = any(s.low(i) in s.lex.modals for i in here)
    verbal = after < len(s.toks) and (modal or s.w.is_past(s.low(after)) or s.low(after).endswith("ing"))
    return after if verbal and any(s.low(i) in s.w.auxiliaries for i in here) else here[-1]


def _is_light(s: Sentence, i: int) -> bool:
    low = s.low(i)
    light = low in s.w.auxiliaries or low in s.w.contractions or low == "to"
    return light or s.w.is_adverb(low) or s.is_in(i, "negators")


def _event(s: Sentence, at: int, depth: int) -> State:
    """The state of the event at a token: its own group, its governor, its clause."""
    if depth > _DEEPEST:
        return State()
    home = s.home(at)
    left = s.left(home, at)
    if is_noun(s, at, left):
        return _noun(s, at, left, depth)
    group = verb_group(s, left)
    state = own(s, at, left, group)
    outer = [i for i in left if not group or i < group[0]]
    infinitive = any(s.low(i) == "to" for i in group)
    gerund = s.low(at).endswith("ing") and not any(s.low(i) in s.w.be for i in group)
    if infinitive or gerund or (not group and not finite(s.toks, at, s.w)):
        governed = _governed(s, at, outer, state, depth, infinitive)
        if governed is not None:
            return _failed_after(s, at, governed) or governed
    if not infinitive or not outer:
        state = by_subject(s, outer, state, group)
    return _clause(s, home, at, state, depth)


# --- what governs it -------------------------------------------------------------------------------------------


def _find_governor(s: Sentence, outer: Sequence[int], speech: bool = False) -> tuple[int, int, str] | None:
    """The nearest word or phrase to the left that governs: first token, past the last, effect."""
    for i in reversed(outer):
        for last in range(min(i + s.lex.longest, outer[-1] + 1), i, -1):
            effect = s.lex.effect(s.toks, i, last)
            if effect is None or (effect == "speech" and not speech):
                continue
            if last == i + 1 and s.is_in(i, "adjacent") and any(not s.w.is_adverb(s.low(k)) for k in outer if k > i):
                continue
            for first in (i - 2, i - 1):
                # A longer phrase may begin earlier ("called on").
                wider = s.lex.effect(s.toks, first, last) if first >= 0 else None
                if wider is not None:
                    return first, last, wider
            return i, last, effect
    return None


def _governed(s: Sentence, at: int, outer: list[int], state: State, depth: int, infinitive: bool) -> State | None:
    """The event under its governor, or None where nothing governs it."""
    if not outer:
        home = s.parts[s.home(at)]
        if home.parent is None or home.tie in ("complement", "relative", "conditional", "interrogative"):
            return state.under("planned") if infinitive else None
        outer = list(range(s.parts[home.parent].first, s.parts[home.parent].last))
    last = len(outer) - 1
    while infinitive and last > 0 and s.is_in(outer[last], "negators"):
        last -= 1
    if infinitive and s.low(outer[last]) in s.w.be | s.w.have:
        # "is to sign", "has to sign".
        effect = "planned" if s.low(outer[last]) in s.w.be else "required"
        return _apply(s, at, effect, outer[last], outer[last] + 1, state, depth)
    found = _find_governor(s, outer)
    if found is None:
        headline = infinitive and not any(finite(s.toks, i, s.w) for i in outer)
        return state.under("planned") if headline else None
    first, end, effect = found
    if effect == "assert" and s.is_in(outer[-1], "from"):
        effect = "negate"  # "kept the city from adopting"
    return _apply(s, at, effect, first, end, state, depth)


def _apply(s: Sentence, at: int, effect: str, first: int, last: int, inner: State, depth: int) -> State:
    """An event under the governor at ``[first, last)``, itself judged as an event."""
    cue = s.span(first, last)
    if effect in ("planned", "possible", "voted"):
        over = _turned_down(s, first)
        if over is not None:
            verb = _event(s, over[1], depth + 1)
            kept = State(inner.affirmed, "actual", (*inner.cues, cue))
            return compose(over[0], kept, verb, s.span(over[1]))
        if s.is_in(first, "proposal_nouns") and first and s.low(first - 1) in s.w.determiners:
            effect = "possible"
    if effect == "voted" and s.is_in(at, "performative"):
        effect = "performed"
    return compose(effect, inner, _event(s, first, depth + 1), cue)


def _turned_down(s: Sentence, noun: int) -> tuple[str, int] | None:
    """The verb that turns a proposal down, right before its noun: "rejected a plan", "voted down calls"."""
    k = noun - 1
    while k >= 0 and noun - k < 4 and (s.low(k) in s.w.determiners or s.low(k) in s.lex.adjectives):
        k -= 1
    for first in (k - 2, k - 1, k):
        if first >= 0 and (effect := s.lex.effect(s.toks, first, k + 1)) in ("rejected", "dropped"):
            return effect, first
    return None


def _failed_after(s: Sentence, at: int, state: State) -> State | None:
    """A proposal whose verb follows: "a motion to adopt the policy failed"."""
    if state.modality != "possible":
        return None
    for i in range(at + 1, s.parts[s.home(at)].last):
        size = s.lex.phrase(s.toks, i, "rejected_after")
        if size:
            return State(not state.affirmed, "actual", (*state.cues, s.span(i, i + size)))
    return None


# --- events that a noun names ----------------------------------------------------------------------------------


def _noun(s: Sentence, at: int, left: Sequence[int], depth: int) -> State:
    """The state of an event that a noun names: its adjectives, what governs it, the verb it hangs on."""
    state, outer = _adjectives(s, left)
    predicate = _predicate(s, at)
    if predicate is not None:
        return _clause(s, s.home(at), at, compose(predicate[0], state, State(), s.span(predicate[1])), depth)
    for i in reversed(outer):
        for first in (i - 2, i - 1, i):
            effect = s.lex.effect(s.toks, first, i + 1) if first >= 0 else None
            if effect in _OVER_NOUNS and (first < i or _takes_noun(s, i, effect)):
                return _apply(s, at, effect, first, i + 1, state, depth)
        if (finite(s.toks, i, s.w) and s.low(i) not in s.w.auxiliaries) or is_verb(s, i):
            verb = _event(s, i, depth + 1)
            return compose("assert", state, verb, s.span(i))
    return _clause(s, s.home(at), at, state, depth)


def _adjectives(s: Sentence, left: Sequence[int]) -> tuple[State, list[int]]:
    """What stands before the noun within its phrase says, and the tokens to the left of it."""
    state = State()
    for n, i in enumerate(reversed(left)):
        low = s.low(i)
        if low in s.lex.adjectives:
            state = state.under(s.lex.adjectives[low], s.span(i))
        elif s.is_in(i, "no") and not s.lex.phrase(s.toks, i, "pseudo_negation"):
            return state.denied(s.span(i)), [k for k in left if k < i]
        elif low in s.w.determiners:
            return state, [k for k in left if k < i]
        elif low in s.w.prepositions or finite(s.toks, i, s.w) or is_verb(s, i) or n == 4:
            return state, [k for k in left if k <= i]
    return state, []


def _predicate(s: Sentence, at: int) -> tuple[str, int] | None:
    """What the verb says whose subject the noun is: "a protest is planned", "was called off"."""
    end = s.parts[s.home(at)].last
    for i in range(at + 1, min(end, at + 3)):
        if s.low(i) in s.w.be:
            for k in range(i + 1, min(end, i + 4)):
                effect = s.lex.effect(s.toks, k, k + 1)
                if effect in ("planned", "dropped"):
                    return effect, k
    return None


def _takes_noun(s: Sentence, i: int, effect: str) -> bool:
    """Whether a single word governs the noun phrase after it: "considering a ban", "faces a suit"."""
    following = s.low(i + 1) if i + 1 < len(s.toks) else ""
    if effect == "planned":
        return following in s.w.determiners
    return following in s.w.determiners or following in s.lex.adjectives or s.is_in(i + 1, "of_for")


# --- the clause ------------------------------------------------------------------------------------------------


def _clause(s: Sentence, home: int, at: int, state: State, depth: int) -> State:
    """What the clause adds: condition, question, command, doubt, and the verb that a that-clause hangs on."""
    state = _doubt(s, s.parts[home], at, state)
    base = s.begun(home)
    part = s.parts[base]
    if part.tie == "conditional":
        asked = part.first and s.is_in(part.first - 1, "asking") and s.is_in(part.first, "if")
        cue = s.span(part.first)
        return State(state.affirmed, "possible" if asked else "hypothetical", (*state.cues, cue))
    if part.tie == "interrogative" and s.low(part.first) in s.w.whether:
        return state.under("possible", s.span(part.first))
    at_if = condition(s, state.affirmed) if state.modality in ("planned", "hypothetical") else None
    if at_if is not None:
        return state.under("hypothetical", s.span(at_if))
    if s.asks and part.tie == "main" and s.low(part.first) in s.w.finite_auxiliaries:
        return state.under("possible")
    if state.modality == "actual" and _commands(s, at):
        return state.under("required")
    failed = _failed_after(s, at, state)
    if failed is not None:
        return failed
    if part.tie == "relative" and any_such(s, part):
        return state.under("hypothetical", s.span(part.first))
    if part.tie in ("complement", "relative") and s.low(part.first) in s.w.complement:
        return _hangs_on(s, part, at, state, depth)
    return state


def _hangs_on(s: Sentence, part: Segment, at: int, state: State, depth: int) -> State:
    """The event under the verb or noun before "that"."""
    first = part.first
    if s.is_in(first - 1, "untrue_with_not"):
        denied = any(s.lex.negates(s.toks, i) for i in range(max(0, first - 5), first))
        return state.denied() if denied else state
    following = range(at, min(len(s.toks), part.last + 4))
    if s.is_in(first - 1, "untrue"):
        return state.denied(s.span(first - 1))  # "a myth that"
    if any(s.is_in(i, "untrue") for i in following) and any(s.low(i) in s.w.be for i in following):
        return state.denied()  # "the claim that it signed is false"
    if part.tie == "relative" and s.lex.effect(s.toks, first - 1, first) is None:
        return state
    found = _find_governor(s, list(range(max(0, first - 6), first)), speech=True)
    if found is None:
        return state
    begin, end, effect = found
    if any(finite(s.toks, k, s.w) for k in range(end, first)):
        return state  # another verb stands nearer: "who considered it ruled that"
    if effect == "speech" or s.low(begin) in s.lex.speech:
        said = _event(s, begin, depth + 1)
        unsaid = not said.affirmed and said.modality == "actual"
        return state.denied(*said.cues) if unsaid else state
    if effect in ("prohibited", "permitted", "dropped", "voted"):
        return state
    return _apply(s, at, effect, begin, end, state, depth)


def _doubt(s: Sentence, part: Segment, at: int, state: State) -> State:
    """Perhaps, possibly, probably."""
    for i in range(part.first, min(part.last, at + 1)):
        if s.is_in(i, "perhaps") and state.modality in ("actual", "planned"):
            return state.under("possible", s.span(i))
    return state


def _commands(s: Sentence, at: int) -> bool:
    """Whether the event is an imperative: the verb in its base form opens the sentence or the quotation."""
    low = s.low(at)
    if s.parts[s.home(at)].first != at or not s.toks[at].capital or low.endswith(("s", "ed", "ing")):
        return False
    return not s.w.is_past(low) and at + 1 < len(s.toks) and s.low(at + 1) in s.w.determiners
