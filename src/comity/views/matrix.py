"""The rows of a comparison: facts down, accounts across; the figures that differ, and silences worth seeing. Pure.

Use :func:`rows` on aligned matters; :mod:`comity.views.comparison` does so, and says the rest about the accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.identity import facet
from comity.model import Attribution, Modality, Polarity, Statement, Time, Value, Voice
from comity.register.wordings import lowered
from comity.views import published
from comity.views.alignment import Matter, Telling
from comity.views.differences import contradictions, denied
from comity.views.lines import figures as figure_words
from comity.views.lines import line, stem
from comity.vocabulary import Predicate, Vocabulary

__all__ = ["Cell", "Fact", "Figure", "Figures", "Silence", "rows", "silences"]

Stance = Literal["states", "attributes", "denies", "silent"]
Verdict = Literal["shared", "differs", "only"]

_MANY = 50  # accounts from which on a fact's cells leave out those that are silent


@dataclass(frozen=True, slots=True)
class Cell:
    """What one account says of one fact, in the telling that carries most: its own words before somebody's.

    ``tellings`` counts its statements of the fact; the rest is the one's that is shown, None where it is silent.
    """

    account: str
    stance: Stance
    value: Mapping[str, Value] | None
    attribution: tuple[Attribution, ...]
    exact: str | None
    voice: Voice | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    time: Time | None = None
    start: int | None = None
    end: int | None = None
    statement: str | None = None
    tellings: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One row; ``line`` says it plainly.

    Rows of one ``matter`` stand together; ``differing`` names the slots in which they contradict one another.

    ``value`` is what all tellings that give a slot agree on, ``when`` the most exact date that one gives, ``carried``
    how many accounts carry it, copies counting once; ``why`` says what made these one fact.
    """

    facet: str
    predicate: str
    subject: str
    verdict: Verdict
    cells: tuple[Cell, ...]
    matter: int
    line: str
    entity: str | None
    value: Mapping[str, Value]
    when: str | None
    differing: tuple[str, ...]
    carried: int
    why: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or range, that accounts give for a thing, and who gives it. Nothing is averaged."""

    words: str
    value: Mapping[str, Value]
    told: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The differing figures of one matter, the lowest first; ``line`` says of what."""

    facet: str
    predicate: str
    subject: str
    matter: int
    line: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """A fact that most accounts carry, by its place among the facts, and those that say nothing of its matter."""

    fact: int
    accounts: tuple[str, ...]


# --- rows --------------------------------------------------------------------------------------------------------


def rows(
    aligned: Sequence[Matter], columns: Sequence[str], first: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[list[Fact], tuple[Figures, ...]]:
    """The facts of the matters in the order of the page, and the figures that differ.

    ``columns`` are the accounts, ``first`` maps those that are copies to what they repeat.
    """
    found: list[Fact] = []
    figures: list[Figures] = []
    for number, matter in enumerate(aligned):
        predicate = vocabulary.predicates[matter.predicate]
        differing = contradictions(matter, predicate, first)
        made = [
            _fact(tellings, number, columns, first, vocabulary, differing.get(place, ()))
            for place, tellings in enumerate(matter.facts)
        ]
        found.extend(made)
        figures.extend(_figures(made, predicate))
    natures = ("state", "event", "utterance")
    order = {name: natures.index(each.nature) for name, each in vocabulary.predicates.items()}
    at_odds = {row.matter for row in found if row.verdict == "differs"}
    found.sort(key=lambda row: _rank(row, at_odds, order))
    return found, tuple(figures)


def _rank(row: Fact, at_odds: set[int], order: Mapping[str, int]) -> tuple[object, ...]:
    """Shared facts first, those of most accounts at the top; then matters at odds, whole; then what one alone has."""
    rank = {"shared": 0, "differs": 1, "only": 2}[row.verdict]
    if row.matter in at_odds and row.verdict != "only":
        return 1, 0, order[row.predicate], row.predicate, row.facet, row.matter, -row.carried, _lead(row)
    return rank, -row.carried, order[row.predicate], row.predicate, row.facet, row.matter, 0, _lead(row)


def _lead(row: Fact) -> tuple[str, str]:
    told = next(cell for cell in row.cells if cell.statement is not None)
    return told.exact or "", told.statement or ""


def _fact(
    tellings: Sequence[Telling],
    matter: int,
    columns: Sequence[str],
    first: Mapping[str, str],
    vocabulary: Vocabulary,
    differing: tuple[str, ...],
) -> Fact:
    by_account: dict[str, list[Statement]] = {}
    for telling in tellings:
        by_account.setdefault(telling.account, []).append(telling.statement)
    told = {account: _cell(account, statements) for account, statements in by_account.items()}
    at_odds = (*differing, "polarity") if denied(tellings, first) else differing
    carried = len({first.get(account, account) for account in by_account})
    verdict: Verdict = "differs" if at_odds else "shared" if carried > 1 else "only"
    shown = columns if len(columns) <= _MANY else [account for account in columns if account in told]
    predicate = vocabulary.predicates[tellings[0].statement.predicate]
    value = _common([cell.value or {} for cell in told.values()], predicate)
    named = max((telling.statement for telling in tellings), key=lambda each: _named(each, vocabulary))
    return Fact(
        facet=facet(published.statement(named), vocabulary.facets),
        predicate=named.predicate,
        subject=named.subject.name,
        verdict=verdict,
        cells=tuple(told.get(account) or Cell(account, "silent", None, (), None) for account in shown),
        matter=matter,
        line=line(named.subject.name, predicate, value, [telling.statement for telling in tellings]),
        entity=named.subject.id,
        value=value,
        when=_when([telling.statement.time for telling in tellings]),
        differing=at_odds,
        carried=carried,
        why=_why(tellings, len(by_account)),
    )


def _named(statement: Statement, vocabulary: Vocabulary) -> tuple[int, int, str]:
    """The statement that a row is named by: it fills most of the facet, and names its subject in most words."""
    slots = vocabulary.predicates[statement.predicate].facet
    return sum(statement.value.get(slot) is not None for slot in slots), len(statement.subject.name), statement.id


def _common(values: Sequence[Mapping[str, Value]], predicate: Predicate) -> dict[str, Value]:
    """The slots in which all that fill them agree; of values that are alike, the first by the rule."""
    result: dict[str, Value] = {}
    alike = dict(predicate.one_fact.alike)
    for slot in predicate.slots:
        given = [value[slot] for value in values if value.get(slot) is not None]
        group = alike.get(slot, "").split()
        if given and len({str(each).casefold() for each in given}) == 1:
            result[slot] = given[0]
        elif given and all(each in group for each in given):
            result[slot] = next(each for each in group if each in given)
    return result


def _when(times: Iterable[Time | None]) -> str | None:
    return _most_exact(time.edtf for time in times if time is not None)


def _most_exact(dates: Iterable[str | None]) -> str | None:
    """The EDTF date that says most: a day before a month, either before an interval."""
    return max((edtf for edtf in dates if edtf), key=lambda edtf: ("/" not in edtf, len(edtf), edtf), default=None)


def _why(tellings: Sequence[Telling], accounts: int) -> str:
    dated = sorted({telling.statement.time.edtf or "" for telling in tellings if telling.statement.time} - {""})
    undated = sum(not (telling.statement.time and telling.statement.time.edtf) for telling in tellings)
    if len(tellings) == 1:
        return f"one statement, {f'dated {dated[0]}' if dated else 'undated'}"
    count = f"{_count(len(tellings), 'statement')} of {_count(accounts, 'account')}"
    when = f"dated {', '.join(dated[:3])}{' and more' if len(dated) > 3 else ''}" if dated else ""
    rest = f"{undated} undated" if undated and dated else "undated" if undated else ""
    return f"{count} on one subject, values that fit; {', '.join(filter(None, (when, rest)))}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _cell(account: str, statements: Sequence[Statement]) -> Cell:
    shown = published.statement(min(statements, key=_weight))
    stance: Stance = "attributes"
    if shown.voice == "own":
        stance = "denies" if shown.polarity == "negated" else "states"
    at = shown.evidence
    return Cell(
        account=account,
        stance=stance,
        value={slot: given for slot, given in shown.value.items() if given is not None},
        attribution=shown.attribution,
        exact=at.exact if at.cells is None else "; ".join(f"{name}: {text}" for name, text in at.cells.items() if text),
        voice=shown.voice,
        polarity=shown.polarity,
        modality=shown.modality,
        time=shown.time,
        start=at.start,
        end=at.end,
        statement=shown.id,
        tellings=len(statements),
    )


def _weight(statement: Statement) -> tuple[int, bool, int, int, str]:
    """The telling that carries most of an account: its own words first, then dated, then fuller, then earlier."""
    voices = {"own": 0, "attributed": 1, "uncertain": 2}
    filled = sum(given is not None for given in statement.value.values())
    return voices[statement.voice], statement.time is None, -filled, statement.evidence.start or 0, statement.id


# --- what stands beside the rows ---------------------------------------------------------------------------------


def _figures(rows: Sequence[Fact], predicate: Predicate) -> Iterable[Figures]:
    """The figures of one matter, where there are two or more of one thing, be it in one account."""
    for name in dict.fromkeys(map(stem, predicate.one_fact.figures)):
        slots = [slot for slot in predicate.one_fact.figures if stem(slot) == name]
        found: dict[str, Figure] = {}
        for row in rows:
            value = {slot: row.value[slot] for slot in slots if slot in row.value}
            if value:
                words = ", ".join(figure_words(value, slots))
                told = tuple(cell for cell in row.cells if cell.statement is not None)
                found[words] = Figure(words, value, (*found[words].told, *told) if words in found else told)
        if len(found) > 1:
            in_order = sorted(found.values(), key=lambda each: sorted(float(str(n)) for n in each.value.values()))
            when = _most_exact(row.when for row in rows)
            about = f"{rows[0].subject}: {lowered(predicate.label)}{f', {when}' if when else ''}"
            yield Figures(rows[0].facet, rows[0].predicate, rows[0].subject, rows[0].matter, about, tuple(in_order))


def silences(facts: Sequence[Fact], columns: Sequence[str], first: Mapping[str, str]) -> tuple[Silence, ...]:
    """Facts that more than half of three or more accounts carry, where the others say nothing of the matter at all."""
    roots = [account for account in columns if account not in first]
    speaking: dict[int, set[str]] = {}
    for fact in facts:
        told = {cell.account for cell in fact.cells if cell.statement is not None}
        speaking.setdefault(fact.matter, set()).update(first.get(account, account) for account in told)
    found = []
    for place, fact in enumerate(facts):
        silent = tuple(account for account in roots if account not in speaking[fact.matter])
        if len(roots) > 2 and silent and fact.carried * 2 > len(roots):
            found.append(Silence(place, silent))
    return tuple(found)
