"""How firmly a sentence states an event: whether it denies it, and whether it happened, will, may, must or would.

Use :func:`judge` on the words that name an event ("adopted", "signed an agreement", "will be sued"). It reads the
event's own verb group, then what governs it ("refused to", "plans to", "prohibits officers from", "denied that"), each
governor judged in the same way, and the clause that it stands in ("if", "whether", "unless"). Categories after
FactBank (Saurí and Pustejovsky, 2009), conventions in docs/time.md; the words are ``data/language/modality.yml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from comity.model import Modality, Pair, Polarity
from comity.reading.clause_words import Token, Words, finite, words
from comity.reading.clauses import Segment, analysed
from comity.reading.time_tense import sentence_around
from comity.vocabulary import language

__all__ = ["Firmness", "judge"]


@dataclass(frozen=True, slots=True)
class Firmness:
    """The polarity and modality of an event, and the spans of the words that decided them."""

    polarity: Polarity
    modality: Modality
    cues: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of an event on the way from its own words outward."""

    affirmed: bool = True
    modality: Modality = "actual"
    cues: tuple[Pair, ...] = ()
    turned_down: bool = False  # a proposal that was rejected or dropped


@dataclass(frozen=True, slots=True)
class _Lexicon:
    effects: dict[tuple[str, ...], str]
    speech: frozenset[tuple[str, ...]]
    longest: int
    modals: dict[str, str]
    sets: dict[str, frozenset[str]]
    phrases: dict[str, frozenset[tuple[str, ...]]]
    adjectives: dict[str, Modality]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence ready to be judged: its tokens, its clauses, whether it asks."""

    toks: tuple[Token, ...]
    parts: tuple[Segment, ...]
    asks: bool
    w: Words
    lex: _Lexicon


_ORDER: dict[Modality, int] = {"actual": 0, "planned": 1, "required": 2, "possible": 3, "hypothetical": 4}


def _forms(entry: str) -> list[str]:
    """The forms of an entry: given by hand, a phrase as it is, or a regular verb inflected."""
    if "/" in entry:
        return entry.split("/")
    if " " in entry:
        return [entry]
    if entry.endswith("e"):
        return [entry, entry + "s", entry + "d", entry[:-1] + "ing"]
    if entry.endswith("y") and entry[-2] not in "aeou":
        return [entry, entry[:-1] + "ies", entry[:-1] + "ied", entry + "ing"]
    end = "es" if entry.endswith(("s", "sh", "ch", "x")) else "s"
    return [entry, entry + end, entry + "ed", entry + "ing"]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = language("modality")
    effects: dict[tuple[str, ...], str] = {}
    for effect, entries in data["governors"].items():
        for entry in entries:
            for form in _forms(str(entry)):
                effects.setdefault(tuple(form.split()), effect)
    speech = {tuple(form.split()) for entry in data["governors"]["speech"] for form in _forms(str(entry))}
    single = (
        "proposals", "performative", "negators", "quantifiers", "forbidding", "adverbs_possible", "asking", "untrue",
        "untrue_with_not", "until", "any_that", "from", "neither", "proposal_nouns",
    )  # fmt: skip
    plural = ("negator_phrases", "quantifier_phrases", "pseudo_negation", "rejected_after")
    return _Lexicon(
        effects=effects,
        speech=frozenset(speech),
        longest=max(len(key) for key in effects),
        modals={str(key): str(value) for key, value in data["modals"].items()},
        sets={key: frozenset(str(word) for word in data[key]) for key in single},
        phrases={key: frozenset(tuple(str(phrase).split()) for phrase in data[key]) for key in plural},
        adjectives={word: modality for modality, entries in data["adjectives"].items() for word in entries},
    )


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
    whole = _Sentence(toks, parts, toks[-1].low == "?" or "?" in text[end - 1 : end + 1], words(), _lexicon())
    state = _event(whole, _head(whole, here), 0)
    cues = tuple(sorted({(a + start, b + start) for a, b in state.cues}))
    return Firmness("affirmed" if state.affirmed else "negated", state.modality, cues)


def _head(s: _Sentence, here: Sequence[int]) -> int:
    """The word of the trigger that names the event: past its auxiliaries, adverbs and "to"."""
    for i in here:
        low = s.toks[i].low
        if low in s.w.auxiliaries or s.w.is_adverb(low) or low == "to" or low in s.w.contractions:
            continue
        return i
    return here[-1]


def _part(s: _Sentence, at: int) -> int:
    """The clause that holds a token; marks belong to the clause before them."""
    found = 0
    for k, part in enumerate(s.parts):
        if part.first <= at:
            found = k
    return found


def _before(s: _Sentence, home: int, at: int) -> list[int]:
    """The tokens of a clause to the left of a token, with the earlier pieces that it resumes."""
    part = s.parts[home]
    own = list(range(part.first, at))
    if part.resumes is not None:
        return _before(s, part.resumes, s.parts[part.resumes].last) + own
    return own


def _event(s: _Sentence, at: int, depth: int) -> _State:
    """The state of the event at a token: its own group, its governor, its clause."""
    if depth > 6:
        return _State()
    home = _part(s, at)
    left = _before(s, home, at)
    noun = _is_noun(s, at, left)
    if noun:
        state, rest = _noun(s, at, left, depth)
        return _clause(s, home, at, state, depth) if rest is None else state
    group = _group(s, left)
    state = _own(s, at, left, group)
    outer = [i for i in left if not group or i < group[0]]
    infinitive = any(s.toks[i].low == "to" for i in group)
    bound = infinitive or (s.toks[at].low.endswith("ing") and not any(s.toks[i].low in s.w.be for i in group))
    if bound or (not _finite_group(s, at, group) and not group):
        governed = _governed(s, at, outer, state, depth, infinitive)
        if governed is not None:
            return _turned_down(s, at, s.parts[home], governed) or governed
    if not infinitive or not outer:
        state = _subject(s, outer, state, group)
    return _clause(s, home, at, state, depth)


def _is_noun(s: _Sentence, at: int, left: Sequence[int]) -> bool:
    """Whether the head is a noun: after a determiner, an adjective of likelihood, or a preposition."""
    low = s.toks[at].low
    if not left:
        return False
    before = s.toks[left[-1]].low
    if low.endswith("ing") and before not in s.w.determiners and before not in s.lex.adjectives:
        return False
    if before in s.w.determiners or before in s.lex.adjectives:
        return before != "all"
    return before in s.w.prepositions and before not in ("to", "than", "as", "before", "after", "since", "until")


def _group(s: _Sentence, left: Sequence[int]) -> list[int]:
    """The auxiliaries, negations and adverbs right before a verb, and its "to"."""
    group: list[int] = []
    for i in reversed(left):
        low = s.toks[i].low
        takes = (
            low in s.w.auxiliaries or low in s.lex.modals or low in s.lex.sets["negators"] or low in s.w.contractions
        )
        if takes and low == "'s" and i and s.toks[i - 1].capital and not _group_follows(s, i):
            takes = False
        if not (takes or s.w.is_adverb(low) or low == "to"):
            if low == "," and group and i and s.toks[i - 1].low in s.lex.sets["negators"]:
                continue
            break
        group.insert(0, i)
        if low == "to":
            if i - 1 in left and s.toks[i - 1].low in s.lex.sets["negators"]:
                # "promised never to sign"; "did not to" doesn't occur.
                group.insert(0, i - 1)
            break
    return group


def _group_follows(s: _Sentence, at: int) -> bool:
    return at + 1 < len(s.toks) and (s.toks[at + 1].low in s.lex.sets["negators"] or s.w.is_past(s.toks[at + 1].low))


def _finite_group(s: _Sentence, at: int, group: Sequence[int]) -> bool:
    return any(s.toks[i].low in s.w.finite_auxiliaries or s.toks[i].low in s.lex.modals for i in group) or finite(
        s.toks, at, s.w
    )


def _own(s: _Sentence, at: int, left: Sequence[int], group: Sequence[int]) -> _State:
    """What the verb group itself says: negation and modal."""
    negations = [i for i in group if _negates(s, i)]
    longer = [i for i in group if s.toks[i].low == "no" and i + 1 < len(s.toks) and s.toks[i + 1].low == "longer"]
    negations += longer
    negations += _far_negation(s, left, group)
    affirmed = len(negations) % 2 == 0
    modality: Modality = "actual"
    cues = [(s.toks[i].start, s.toks[i].end) for i in negations]
    for i in group:
        kind = s.lex.modals.get(s.toks[i].low)
        if kind is None or (s.toks[i].low == "'d" and s.w.is_past(s.toks[at].low)):
            continue
        cues.append((s.toks[i].start, s.toks[i].end))
        if kind == "would":
            modality = _would(s, at, left)
        elif s.toks[i].low == "could" and not affirmed:
            modality = "actual"
        elif s.toks[i].low == "must" and any(s.toks[k].low == "have" for k in group):
            modality = "possible"
        elif kind == "possible" and s.toks[i].low in s.lex.sets["forbidding"] and not affirmed:
            modality = "possible" if any(s.toks[k].low in ("have", "never") for k in group) else "required"
        elif kind == "required" and s.toks[i].low == "shall" and any(s.toks[k].low == "soon" for k in group):
            modality = "planned"
        else:
            modality = kind  # type: ignore[assignment]
    if s.toks[at].low == "cannot":
        affirmed, modality = False, "required"
    if "cannot" in [s.toks[i].low for i in group]:
        affirmed, modality = False, "required"
    if not affirmed and modality == "actual" and _until_after(s, at):
        affirmed = True
    return _State(affirmed, modality, tuple(cues))


def _far_negation(s: _Sentence, left: Sequence[int], group: Sequence[int]) -> list[int]:
    """A negated auxiliary parted from its verb by an inserted phrase: "has never, in forty years, adopted"."""
    if group or not left or s.toks[left[-1]].low not in (",",):
        return []
    commas = [i for i in left[:-1] if s.toks[i].low == ","]
    if not commas:
        return []
    outer = _group(s, [i for i in left if i < commas[-1]])
    return (
        [i for i in outer if _negates(s, i)]
        if any(s.toks[i].low in s.w.auxiliaries or _negates(s, i) for i in outer)
        else []
    )


def _negates(s: _Sentence, i: int) -> bool:
    low = s.toks[i].low
    if low not in s.lex.sets["negators"] or low == "cannot":
        return False
    return not _phrase_at(s, i, "pseudo_negation")


def _phrase_at(s: _Sentence, i: int, key: str) -> int:
    """The length of a phrase of the lexicon that begins at a token, or 0."""
    for size in (4, 3, 2, 1):
        if i + size <= len(s.toks) and tuple(t.low for t in s.toks[i : i + size]) in s.lex.phrases[key]:
            return size
    return 0


def _until_after(s: _Sentence, at: int) -> bool:
    """ "did not adopt the measure until May": it did, then."""
    home = s.parts[_part(s, at)]
    return any(s.toks[i].low in s.lex.sets["until"] for i in range(at + 1, home.last))


def _would(s: _Sentence, at: int, left: Sequence[int]) -> Modality:
    """Planned where somebody announced it ("said it would sign"), else hypothetical."""
    subject = {s.toks[i].low for i in left[-8:]}
    home = s.parts[_part(s, at)]
    spoken = any((s.toks[i].low,) in s.lex.speech for i in left)
    owner = home
    while not spoken and owner.parent is not None and owner.tie in ("complement", "coordinate", "main"):
        parent = s.parts[owner.parent]
        spoken = any((s.toks[i].low,) in s.lex.speech for i in range(parent.first, parent.last))
        owner = parent
    if not spoken:
        return "hypothetical"
    near = [s.toks[i].low for i in left if i >= home.first]
    if (
        any(
            low in s.lex.sets["proposals"] and k and near[k - 1] in ("the", "a", "his", "this")
            for k, low in enumerate(near[-6:])
            if k
        )
        and "no" not in subject
    ):
        return "hypothetical"
    return "planned"


def _effect(s: _Sentence, first: int, last: int) -> str | None:
    return s.lex.effects.get(tuple(t.low for t in s.toks[first:last]))


def _find_governor(s: _Sentence, outer: Sequence[int], skip_speech: bool = True) -> tuple[int, int, str] | None:
    """The nearest word or phrase to the left that governs: first token, past the last, effect."""
    for i in reversed(outer):
        for size in range(min(s.lex.longest, len(s.toks) - i), 0, -1):
            if i + size - 1 > outer[-1]:
                continue
            effect = _effect(s, i, i + size)
            if effect is not None and not (effect == "speech" and skip_speech):
                # A longer phrase may begin earlier ("called on").
                for more in (1, 2):
                    if i - more >= 0:
                        wider = _effect(s, i - more, i + size)
                        if wider is not None:
                            return i - more, i + size, wider
                return i, i + size, effect
    return None


def _governed(
    s: _Sentence, at: int, outer: Sequence[int], state: _State, depth: int, infinitive: bool
) -> _State | None:
    """The event under its governor, or None where nothing governs it."""
    if not outer:
        home = s.parts[_part(s, at)]
        if home.tie in ("subordinate", "aside", "coordinate", "main") and home.parent is not None and infinitive:
            parent = s.parts[home.parent]
            outer = list(range(parent.first, parent.last))
        if not outer:
            return _headline(s, at, state) if infinitive else None
    last = s.toks[outer[-1]].low
    if infinitive and last in s.w.be:
        return _apply(s, at, "planned", outer[-1], outer[-1] + 1, state, depth)
    if infinitive and last in s.w.have:
        return _apply(s, at, "required", outer[-1], outer[-1] + 1, state, depth)
    if infinitive and last in ("n't", "not", "never") and len(outer) > 1 and s.toks[outer[-2]].low in s.w.be | s.w.have:
        effect = "planned" if s.toks[outer[-2]].low in s.w.be else "required"
        return _apply(s, at, effect, outer[-2], outer[-1], state, depth)
    found = _find_governor(s, outer)
    if found is not None and last in s.lex.sets["from"] and found[2] == "assert":
        found = (found[0], found[1], "negate")
    if found is None:
        if infinitive and not any(finite(s.toks, i, s.w) for i in outer):
            return _headline(s, at, state)
        return None
    return _apply(s, at, found[2], found[0], found[1], state, depth)


def _headline(s: _Sentence, at: int, state: _State) -> _State | None:
    """A headline's infinitive: "Council to vote"."""
    return _State(state.affirmed, _stronger("planned", state.modality), state.cues)


def _stronger(a: Modality, b: Modality) -> Modality:
    return a if _ORDER[a] >= _ORDER[b] else b


def _apply(s: _Sentence, at: int, effect: str, first: int, last: int, inner: _State, depth: int) -> _State:
    """An event's state under a governor of an effect, itself judged."""
    outer = _event(s, first, depth + 1)
    cue = (s.toks[first].start, s.toks[last - 1].end)
    if effect in ("planned", "possible", "voted"):
        over = _turned_down_before(s, first)
        if over is not None:
            denial, start = over
            verb = _event(s, start, depth + 1)
            kept: Modality = "planned" if denial == "dropped" else "actual"
            spans = (*inner.cues, cue, (s.toks[start].start, s.toks[start].end), *verb.cues)
            return _State(inner.affirmed != verb.affirmed, _stronger(kept, verb.modality), spans)
        if s.toks[first].low in s.lex.sets["proposal_nouns"] and first and s.toks[first - 1].low in s.w.determiners:
            effect = "possible"
    cues = (*inner.cues, cue, *outer.cues)
    low = s.toks[at].low
    affirmed, modality = inner.affirmed, inner.modality
    if effect == "negate":
        return _State(affirmed == (not outer.affirmed), _stronger(modality, outer.modality), cues)
    if effect in ("assert", "speech"):
        return _State(affirmed == outer.affirmed, _stronger(modality, outer.modality), cues)
    if effect == "rejected":
        return _State(affirmed == (not outer.affirmed), _stronger("actual", outer.modality), cues)
    if effect == "dropped":
        if not outer.affirmed:
            return _State(affirmed, "possible", cues)
        return _State(not affirmed, _stronger("planned", outer.modality), cues)
    if effect == "voted":
        base: Modality = "actual" if low in s.lex.sets["performative"] else "planned"
        return _State(affirmed == outer.affirmed, _stronger(base, outer.modality), cues)
    if effect == "prohibited":
        if not outer.affirmed:
            return _State(affirmed, _stronger("possible", outer.modality), cues)
        return _State(not affirmed, _stronger("required", outer.modality), cues)
    if effect == "permitted":
        if not outer.affirmed:
            return _State(not affirmed, _stronger("required", outer.modality), cues)
        return _State(affirmed, _stronger("possible", outer.modality), cues)
    if effect == "required":
        if not outer.affirmed:
            return _State(affirmed, _stronger("possible", outer.modality), cues)
        return _State(affirmed, _stronger(_stronger("required", modality), outer.modality), cues)
    if effect == "doubt":
        kind_of_doubt: Modality = "possible" if outer.affirmed else "actual"
        return _State(affirmed, _stronger(kind_of_doubt, modality), cues)
    if effect == "unlikely":
        return _State(affirmed != outer.affirmed, _stronger("possible", modality), cues)
    kind: Modality = effect if effect in _ORDER else "possible"  # type: ignore[assignment]
    return _State(affirmed == outer.affirmed, _stronger(_stronger(kind, modality), outer.modality), cues)


def _turned_down_before(s: _Sentence, noun: int) -> tuple[str, int] | None:
    """The verb that turns a proposal down, right before its noun: "rejected a plan", "voted down calls"."""
    k = noun - 1
    while k >= 0 and noun - k < 4 and (s.toks[k].low in s.w.determiners or s.toks[k].low in s.lex.adjectives):
        k -= 1
    for size in (3, 2, 1):
        if k - size + 1 >= 0 and (effect := _effect(s, k - size + 1, k + 1)) in ("rejected", "dropped"):
            return effect, k - size + 1
    return None


def _subject(s: _Sentence, outer: Sequence[int], state: _State, group: Sequence[int]) -> _State:
    """Negation by the subject: "No city in the county has", "Neither", "None of the sheriffs"."""
    nor = any(s.toks[i].low == "nor" for i in group)
    for i in reversed(outer):
        if finite(s.toks, i, s.w) and s.toks[i].low not in s.w.be and not nor:
            break
        if nor and s.toks[i].low in s.lex.sets["neither"]:
            return state
        negative = s.toks[i].low in s.lex.sets["quantifiers"] or _phrase_at(s, i, "quantifier_phrases")
        if (
            negative
            and not _phrase_at(s, i, "pseudo_negation")
            and s.toks[i].low in s.lex.sets["negators"] | s.lex.sets["quantifiers"] | {"not", "at", "hardly", "in"}
        ):
            modality = state.modality
            forbids = {s.toks[k].low for k in group} & s.lex.sets["forbidding"]
            if forbids and modality == "possible":
                modality = "required"
            return _State(not state.affirmed, modality, (*state.cues, (s.toks[i].start, s.toks[i].end)))
    return state


def _noun(s: _Sentence, at: int, left: Sequence[int], depth: int) -> tuple[_State, None] | tuple[_State, bool]:
    """The state of an event that a noun names: its adjectives, what governs it, the verb it hangs on."""
    state = _State()
    k = len(left)
    while k and len(left) - k < 5:
        k -= 1
        i = left[k]
        low = s.toks[i].low
        if low in s.lex.adjectives:
            state = _State(
                state.affirmed,
                _stronger(s.lex.adjectives[low], state.modality),
                (*state.cues, (s.toks[i].start, s.toks[i].end)),
            )
            continue
        if low == "no" and not _phrase_at(s, i, "pseudo_negation"):
            state = _State(not state.affirmed, state.modality, (*state.cues, (s.toks[i].start, s.toks[i].end)))
            break
        if low in s.w.prepositions or finite(s.toks, i, s.w) or low in ("to",):
            break
    outer = [i for i in left if i <= (left[k] if left else -1)]
    planned = _verb_after(s, at)
    if planned is not None:
        return _State(
            planned.affirmed == state.affirmed,
            _stronger(planned.modality, state.modality),
            (*state.cues, *planned.cues),
        ), None
    for i in reversed(outer):
        for size in (3, 2, 1):
            if i - size + 1 < 0:
                continue
            effect = _effect(s, i - size + 1, i + 1)
            if effect in ("negate", "possible", "required", "planned", "dropped") and (
                size > 1 or _direct(s, i, effect)
            ):
                return _apply(s, at, effect, i - size + 1, i + 1, state, depth), True
        if finite(s.toks, i, s.w) and s.toks[i].low not in s.w.auxiliaries:
            inner = _event(s, i, depth + 1)
            return _State(
                inner.affirmed == state.affirmed, _stronger(inner.modality, state.modality), (*state.cues, *inner.cues)
            ), True
        if s.toks[i].low not in s.w.prepositions and i + 1 < len(s.toks) and i and _verbal(s, i):
            inner = _event(s, i, depth + 1)
            return _State(
                inner.affirmed == state.affirmed, _stronger(inner.modality, state.modality), (*state.cues, *inner.cues)
            ), True
    return state, None


def _direct(s: _Sentence, i: int, effect: str) -> bool:
    """Whether a single word governs a noun: "considering a ban", "without an agreement", "faces a suit"."""
    following = s.toks[i + 1].low if i + 1 < len(s.toks) else ""
    if effect == "planned":
        return following in ("a", "an", "the")
    return following in s.w.determiners or following in s.lex.adjectives or following in ("of", "for")


def _verbal(s: _Sentence, i: int) -> bool:
    """Whether a token is a verb after an auxiliary, a modal or "to"."""
    before = s.toks[i - 1].low
    back = i - 1
    while back > 0 and s.w.is_adverb(s.toks[back].low):
        back -= 1
        before = s.toks[back].low
    return (
        (before in s.w.auxiliaries or before == "to" or before in s.lex.modals)
        and s.toks[i].low not in s.w.determiners
        and s.toks[i].low[0].isalpha()
    )


def _verb_after(s: _Sentence, at: int) -> _State | None:
    """What the verb says whose subject the noun is: "a protest is planned"."""
    end = s.parts[_part(s, at)].last
    for i in range(at + 1, min(end, at + 3)):
        if s.toks[i].low in s.w.be:
            for k in range(i + 1, min(end, i + 4)):
                effect = _effect(s, k, k + 1)
                if effect == "planned":
                    return _State(True, "planned", ((s.toks[k].start, s.toks[k].end),))
                if effect == "dropped":
                    return _State(False, "planned", ((s.toks[k].start, s.toks[k].end),))
    return None


def _clause(s: _Sentence, home: int, at: int, state: _State, depth: int) -> _State:
    """What the clause adds: condition, question, command, doubt, and the verb that a that-clause hangs on."""
    part = s.parts[home]
    state = _doubt(s, part, at, state)
    base = _resumed(s, home)
    tie = s.parts[base].tie
    opener = s.toks[s.parts[base].first]
    span = (opener.start, opener.end)
    if tie == "conditional":
        asked = (
            s.parts[base].first and s.toks[s.parts[base].first - 1].low in s.lex.sets["asking"] and opener.low == "if"
        )
        return _State(state.affirmed, "possible" if asked else "hypothetical", (*state.cues, span))
    if tie == "interrogative" and opener.low == "whether":
        return _State(state.affirmed, _stronger("possible", state.modality), (*state.cues, span))
    if state.modality in ("planned", "hypothetical") and any(p.tie == "conditional" for p in s.parts):
        condition = next(p for p in s.parts if p.tie == "conditional")
        token = s.toks[condition.first]
        asked = condition.first and s.toks[condition.first - 1].low in s.lex.sets["asking"]
        if not asked:
            return _State(state.affirmed, "hypothetical", (*state.cues, (token.start, token.end)))
    if s.asks and tie == "main" and s.toks[s.parts[base].first].low in s.w.finite_auxiliaries:
        return _State(state.affirmed, "possible", state.cues)
    if state.modality == "actual" and _commands(s, at):
        return _State(state.affirmed, "required", state.cues)
    rejected = _turned_down(s, at, part, state)
    if rejected is not None:
        return rejected
    if tie == "relative" and _any_before(s, s.parts[base].first):
        return _State(state.affirmed, "hypothetical", (*state.cues, span))
    if tie in ("complement", "relative") and opener.low == "that":
        return _hangs_on(s, base, at, state, depth)
    # A that-clause without "that": "said the county is not", "denied the county had signed".
    return state


def _any_before(s: _Sentence, first: int) -> bool:
    """ "Any city that adopts such a rule"."""
    return any(s.toks[i].low in s.lex.sets["any_that"] for i in range(max(0, first - 3), first))


def _resumed(s: _Sentence, home: int) -> int:
    while s.parts[home].resumes is not None:
        home = s.parts[home].resumes or 0
    return home


def _hangs_on(s: _Sentence, base: int, at: int, state: _State, depth: int) -> _State:
    """The event under the verb or noun before "that"."""
    first = s.parts[base].first
    end = s.parts[base].last
    following = [s.toks[i].low for i in range(at, min(len(s.toks), end + 4))]
    governor = s.toks[first - 1].low if first else ""
    untrue = s.lex.sets["untrue"]
    if governor in s.lex.sets["untrue_with_not"]:
        denied = any(_negates(s, i) for i in range(max(0, first - 5), first))
        return _State(state.affirmed != denied, state.modality, state.cues)
    if set(following) & untrue and any(low in s.w.be for low in following):
        return _State(not state.affirmed, state.modality, state.cues)
    if s.parts[base].tie == "relative" and _effect(s, first - 1, first) is None:
        return state
    found = _find_governor(s, list(range(max(0, first - 6), first)), skip_speech=False)
    if found is None:
        return state
    if found[2] == "speech" or (s.toks[found[0]].low,) in s.lex.speech:
        outer = _event(s, found[0], depth + 1)
        if not outer.affirmed and outer.modality == "actual":
            return _State(not state.affirmed, state.modality, (*state.cues, *outer.cues))
        return state
    if found[2] in (
        "negate",
        "required",
        "possible",
        "planned",
        "rejected",
        "hypothetical",
        "assert",
        "doubt",
        "unlikely",
    ):
        return _apply(s, at, found[2], found[0], found[1], state, depth)
    return state


def _doubt(s: _Sentence, part: Segment, at: int, state: _State) -> _State:
    """Perhaps, possibly, probably."""
    for i in range(part.first, min(part.last, at + 1)):
        if s.toks[i].low in s.lex.sets["adverbs_possible"] and state.modality in ("actual", "planned"):
            return _State(state.affirmed, "possible", (*state.cues, (s.toks[i].start, s.toks[i].end)))
    return state


def _commands(s: _Sentence, at: int) -> bool:
    """Whether the event is an imperative: the verb in its base form opens the sentence or the quotation."""
    part = s.parts[_part(s, at)]
    low = s.toks[at].low
    if part.first != at or not s.toks[at].capital or low.endswith(("s", "ed", "ing")) or s.w.is_past(low):
        return False
    following = s.toks[at + 1].low if at + 1 < len(s.toks) else ""
    return following in s.w.determiners


def _turned_down(s: _Sentence, at: int, part: Segment, state: _State) -> _State | None:
    """A proposal whose verb follows: "a motion to adopt the policy failed"."""
    if state.modality != "possible":
        return None
    for i in range(at + 1, part.last):
        size = _phrase_at(s, i, "rejected_after")
        if size:
            return _State(False, "actual", (*state.cues, (s.toks[i].start, s.toks[i + size - 1].end)))
    return None
