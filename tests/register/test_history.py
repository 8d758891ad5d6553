"""Random histories against a model in memory: any question at any two instants gets the same answer.

``COMITY_HISTORIES=2000 pytest tests/register/test_history.py`` plays that many instead of the few of every run.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from comity.errors import ComityError
from comity.identity import statement_id
from comity.model import Document, Statement, Time
from comity.register import Correction, Ending, ListChanges, Register, Succession
from comity.register.instants import end_of, instant
from tests.register.conftest import fresh
from tests.register.samples import RULES, Ticking, document, edition, reading, row_statement, statement

DAYS = tuple(f"2025-0{month}-{day:02}" for month in (5, 6) for day in (1, 8, 15, 22, 29))
PREDICATES = ("designation", "protest")
ROWS = (("OAK Police", "jail", "2025-05-01"), ("ELM Police", "task", ""), ("FIR Police", "jail", "2025-05-22"))
OPEN = instant("9999-12-31") + 86_400_000_000
Row = tuple[str, str, str]
SOME = st.sets(st.sampled_from(ROWS))


@dataclass
class Line:
    """One belief as the model writes it down: who, when in the world, when on the register."""

    statement: str
    start: int
    stop: int
    known_from: int
    observed: int
    status: str = ""
    review: str = "machine"
    rejected: bool = False
    known_to: int = OPEN
    recalled: bool = False  # ended by reading its text again


def own_interval(said: Statement, observed: int) -> tuple[int, int]:
    """As docs/register.md says it."""
    time = said.time
    if time is None or time.earliest is None or time.latest is None:
        return observed, OPEN
    if RULES.nature(said.predicate) == "state":
        return instant(time.latest), OPEN
    return instant(time.earliest), instant(time.latest) + 86_400_000_000


class Histories(RuleBasedStateMachine):
    """Record stories and editions, read again, correct, update, end, retract, withdraw, decide, undo; ask at random."""

    statements = Bundle("statements")
    decisions = Bundle("decisions")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Ticking()
        where = self.database()
        self.register = Register.open(where, rules=RULES, clock=self.clock, captures=Path(self.folder.name) / "c")
        self.lines: list[Line] = []
        self.said: dict[str, Statement] = {}
        self.papers: dict[str, tuple[Document, int]] = {}  # a story's statement to its text, and when it was seen
        self.editions: list[str] = []
        self.undone: dict[str, Any] = {}
        self.count = 0
        self.asked: list[tuple[str, str]] = []

    def database(self) -> str:
        """Where the register is made."""
        return str(Path(self.folder.name) / "register.db")

    def gone(self) -> None:
        """Take the database away."""

    def teardown(self) -> None:
        if hasattr(self, "register"):
            found = self.register.verify()
            self.register.close()
            self.gone()
            self.folder.cleanup()
            assert found.ok, found.first_failure

    @property
    def now(self) -> int:
        return self.clock.now

    def held(self, identity: str) -> list[Line]:
        return [line for line in self.lines if line.statement == identity and line.known_to == OPEN]

    def last(self, identity: str) -> Line | None:
        return max(self.held(identity), key=lambda line: (line.stop, line.start), default=None)

    def rewrite(self, line: Line, **changes: Any) -> None:
        line.known_to = self.now
        self.lines.append(replace(line, known_from=self.now, known_to=OPEN, **changes))

    @rule(
        target=statements,
        days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted),
        dated=st.booleans(),
        predicate=st.sampled_from(PREDICATES),
        published=st.sampled_from((None, *DAYS)),
    )
    def record(self, days: list[str], dated: bool, predicate: str, published: str | None) -> str:
        self.count += 1
        home = document(f"Story {self.count}. Alder Falls was listed on Wednesday.", published=published)
        time = Time("Wednesday", f"{days[0]}/{days[1]}", days[0], days[1], "printed") if dated else None
        one = statement(home, predicate=predicate, time=time, value={"list": "l", "status": f"s{self.count}"})
        self.register.record(home, reading(home, one), home.text.encode())
        observed = instant(published) if published else self.now
        start, stop = own_interval(one, observed)
        self.said[one.id], self.papers[one.id] = one, (home, observed)
        self.lines.append(Line(one.id, start, stop, self.now, observed, status=f"s{self.count}"))
        again = len(self.register.log())
        self.register.record(home, reading(home, one), home.text.encode())
        assert len(self.register.log()) == again
        return one.id

    @rule(old=statements, new=statements)
    def correct(self, old: str, new: str) -> None:
        before, own = self.last(old), self.held(new)
        if before is None or old == new:
            self.refused(lambda: self.register.correct(old, new, reason="r"))
            return
        self.register.correct(old, new, reason="r")
        self.put(new, own, self.in_place_of(before, old, new), before)
        before.known_to = self.now

    def in_place_of(self, before: Line, old: str, new: str) -> tuple[int, int]:
        """When a statement holds that stands in the place of another's line."""
        if self.said[new].time is None:
            return before.start, before.stop
        mine, its = (own_interval(self.said[each], before.observed) for each in (old, new))
        start = its[0] if before.start == mine[0] else before.start
        return start, max(start, its[1] if before.stop == mine[1] else before.stop)

    def put(self, new: str, own: list[Line], interval: tuple[int, int], before: Line) -> None:
        like = max(own, key=lambda line: (line.stop, line.start), default=None)
        if like is None:
            self.open(new, interval, before.observed)
        else:
            like.known_to = self.now
            self.lines.append(replace(like, start=interval[0], stop=interval[1], known_from=self.now, known_to=OPEN))

    def open(self, one: str, interval: tuple[int, int], observed: int) -> None:
        review, rejected, status = self.decided(one)
        self.lines.append(Line(one, *interval, self.now, observed, status, review, rejected))

    @rule(
        target=statements,
        day=st.sampled_from(DAYS),
        rows=SOME,
        left=SOME,
        kind=st.sampled_from((Succession, Correction, None)),
        which=st.integers(0, 5),
    )
    def record_edition(
        self, day: str, rows: set[Row], left: set[Row], kind: type | None, which: int
    ) -> MultipleResults[str]:
        """An edition, in its order or late; of the rows that it leaves out some are said to have left.

        And of two rows one is said to stand in the place of the other, from the start or since the edition.
        """
        if day in self.editions:
            return multiple()
        after = [each for each in self.editions if each > day]
        at, until = instant(day), min(map(instant, after), default=OPEN)
        made, home = edition(sorted(rows), day)
        said = [entry.statement for entry in made.entries if entry.statement is not None]
        gone = [row_statement("partners", home, 0, row).id for row in sorted(left - rows)] if not after else []
        gone = [each for each in gone if (line := self.last(each)) and line.start <= at < line.stop]
        every = [row_statement("partners", home, 0, row).id for row in ROWS]
        pairs = [(one, by.id) for one in every for by in said if self.held(one) and one != by.id and not after]
        told = kind if pairs else None
        old, new = pairs[which % len(pairs)] if pairs else ("", "")
        changed = ListChanges(
            corrected=[Correction(old, new)] if told is Correction else [],
            updated=[Succession(old, new, day)] if told is Succession else [],
            ended=[Ending(each, day) for each in gone],
        )
        self.register.record_edition(made, home, changed, home.text.encode())
        for row in said:
            self.said.setdefault(row.id, row)
        before = self.last(old)
        if told is Correction and before is not None:
            self.put(new, self.held(new), self.in_place_of(before, old, new), before)
            before.known_to = self.now
        elif told is Succession and before is not None and before.stop == OPEN:
            start = max(at, before.start)
            self.put(new, self.held(new), (start, OPEN), before)
            self.rewrite(before, stop=start)
        for each in gone:
            line = self.last(each)
            if line is not None and line.stop == OPEN and not (told and each == old):  # what has ended already stays
                self.rewrite(line, stop=at)
        for row in said:
            stops = [line.stop for line in self.held(row.id)]
            if stops and (after or OPEN in stops):
                continue
            start = max(at, *stops) if stops else own_interval(row, at)[0]
            self.open(row.id, (start, OPEN if until == OPEN else max(start, until)), at)
        self.editions.append(day)
        return multiple(*(row.id for row in said))

    @rule(day=st.sampled_from(DAYS))
    def withdraw(self, day: str) -> None:
        if not self.editions:
            self.refused(lambda: self.register.withdraw("partners", day))
            return
        self.register.withdraw("partners", day)
        for line in [line for line in self.lines if line.known_to == OPEN and line.stop == OPEN]:
            if self.said[line.statement].evidence.cells:
                self.rewrite(line, stop=max(instant(day), line.start))

    @rule(
        target=decisions,
        seen=st.data(),
        what=st.sampled_from(("same", "nothing", "other")),
        first=st.sampled_from(("", "accept", "reject", "correct")),
    )
    def reread(self, seen: Any, what: str, first: str) -> MultipleResults[str]:
        """A story read again: as it was once, not at all, or otherwise than ever; perhaps just after a decision."""
        if not self.papers:
            return multiple()
        one = seen.draw(st.sampled_from(sorted({each for each in self.papers if self.held(each)} or self.papers)))
        made = [self.decided_on(one, first)] if first else []
        home, observed = self.papers[one]
        read = self.said[one] if what == "same" else None
        if what == "other":
            self.count += 1
            read = replace(self.said[one], value={"list": "l", "status": f"s{self.count}"})
            read = replace(read, id=statement_id(read, home.id))
        given = [(home, reading(home, *([read] if read else [])))]
        told = self.register.rereading(given)
        assert self.register.reread(given) == told
        if read is not None and what == "other":
            self.said[read.id], self.papers[read.id] = read, (home, observed)
        missing = [each for each, (where, _) in self.papers.items() if where is home and self.held(each)]
        missing = [each for each in sorted(missing) if read is None or each != read.id]
        new = read.id if read is not None and self.may_come(read.id) else None
        in_place = missing[0] if new and missing else None
        for old in missing:
            made += self.superseded(old, new if old == in_place else None)
        if new and in_place is None:
            self.open(new, own_interval(self.said[new], observed), observed)
        return multiple(*made)

    def may_come(self, one: str) -> bool:
        """Whether a statement that is read is new: never believed, or recalled by an earlier reading."""
        lines = [line for line in self.lines if line.statement == one]
        return not lines or (not self.held(one) and lines[-1].recalled)

    def superseded(self, old: str, new: str | None) -> list[str]:
        """What becomes of a statement that isn't read any more; the ids of decisions that were carried over."""
        mine = {each: it for each, it in self.undone.items() if it[0] == old and it[3]}
        kinds = {kind for _, kind, _, _ in mine.values()}
        if "reject" not in kinds and ("accept" in kinds or ("correct" in kinds and new is None)):
            return []
        before, lines = self.last(old), self.held(old)
        assert before is not None
        carried = []
        if new is not None:
            follows = {each.carried: each.id for each in self.register.decisions()}
            for each, (_, kind, value, _) in mine.items():
                if kind == "correct":
                    self.undone[each] = (old, kind, value, False)
                    self.undone[follows[each]] = (new, kind, value, True)
                    carried.append(follows[each])
            self.open(new, self.in_place_of(before, old, new), before.observed)
        for line in lines:
            line.known_to, line.recalled = self.now, True
        return carried

    @rule(old=statements, new=statements, day=st.sampled_from(DAYS))
    def update(self, old: str, new: str, day: str) -> None:
        before, own, at = self.last(old), self.held(new), instant(day)
        if before is None or old == new or at < before.start or at >= before.stop:
            self.refused(lambda: self.register.update(old, new, day))
            return
        self.register.update(old, new, day)
        self.put(new, own, (at, OPEN), before)
        self.rewrite(before, stop=at)

    @rule(one=statements, day=st.sampled_from(DAYS))
    def end(self, one: str, day: str) -> None:
        before, at = self.last(one), instant(day)
        if before is None or at < before.start or at >= before.stop:
            self.refused(lambda: self.register.end(one, day))
            return
        self.register.end(one, day)
        self.rewrite(before, stop=at)

    @rule(one=statements)
    def retract(self, one: str) -> None:
        if not self.held(one):
            self.refused(lambda: self.register.retract(one, reason="r"))
            return
        self.register.retract(one, reason="r")
        for line in self.held(one):
            line.known_to = self.now

    @rule(target=decisions, one=statements, kind=st.sampled_from(("accept", "reject", "correct")))
    def decide(self, one: str, kind: str) -> str:
        return self.decided_on(one, kind)

    def decided_on(self, one: str, kind: str) -> str:
        more: dict[str, Any] = {"field": "status", "value": f"by {kind} {self.count}"} if kind == "correct" else {}
        if not self.held(one):
            self.refused(lambda: self.register.decide(kind, one, author="A", **more))
            return ""
        decision = self.register.decide(kind, one, author="A", **more)
        self.undone[decision.id] = (one, kind, more.get("value"), True)
        self.lay_over(one)
        return decision.id

    @rule(identity=decisions)
    def undo(self, identity: str) -> None:
        if not identity or not self.undone[identity][3]:
            self.refused(lambda: self.register.decide("undo", identity, author="A"))
            return
        self.register.decide("undo", identity, author="A")
        self.undone[identity] = (*self.undone[identity][:3], False)
        self.lay_over(self.undone[identity][0])

    def decided(self, one: str) -> tuple[str, bool, str]:
        review, rejected, status = "machine", False, str(self.said[one].value.get("status"))
        for target, kind, value, stands in self.undone.values():
            if target == one and stands:
                rejected = rejected or kind == "reject"
                if kind == "correct":
                    review, status = "corrected", value
                elif kind == "accept" and review == "machine":
                    review = "accepted"
        return review, rejected, status

    def lay_over(self, one: str) -> None:
        review, rejected, status = self.decided(one)
        for line in self.held(one):
            if (line.review, line.rejected, line.status) != (review, rejected, status):
                self.rewrite(line, review=review, rejected=rejected, status=status)

    def refused(self, attempt: Any) -> None:
        entries = len(self.register.log())
        try:
            attempt()
        except ComityError:
            assert len(self.register.log()) == entries
        else:
            raise AssertionError("should have been refused")

    @rule(day=st.sampled_from(DAYS), known=st.integers(0, 60))
    def ask(self, day: str, known: int) -> None:
        self.answers_alike(day, min(instant("2026-01-01") + known * 1_800_000_000, self.now))

    @invariant()
    def the_present_is_alike(self) -> None:
        if hasattr(self, "register"):
            self.answers_alike(DAYS[5], self.now)

    def answers_alike(self, day: str, known: int) -> None:
        from comity.register.instants import iso

        at = end_of(day)
        expected = Counter(
            (line.statement, line.status, line.review, iso(line.start), iso(line.stop))
            for line in self.lines
            if line.start <= at < line.stop and line.known_from <= known < line.known_to and not line.rejected
        )
        found = Counter(
            (
                each.statement.id,
                str(each.statement.value.get("status")),
                str(each.statement.review),
                each.valid_from,
                each.valid_to,
            )
            for each in self.register.as_of(day, iso(known))
        )
        assert found == expected


class HistoriesOnPostgreSQL(Histories):
    """The same on the other database."""

    server = ""
    template = ""

    def database(self) -> str:
        self.made = fresh(self.server, self.template)
        return self.made.__enter__()

    def gone(self) -> None:
        self.made.__exit__()


LONG = int(os.environ.get("COMITY_HISTORIES", "0"))
SHORT = settings(
    max_examples=LONG or 40,
    stateful_step_count=50 if LONG else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_any_history_gets_the_same_answers() -> None:
    run_state_machine_as_test(Histories, settings=SHORT)


def test_any_history_gets_the_same_answers_on_postgresql(server: str, template: str) -> None:
    HistoriesOnPostgreSQL.server, HistoriesOnPostgreSQL.template = server, template
    run_state_machine_as_test(HistoriesOnPostgreSQL, settings=settings(SHORT, max_examples=LONG or 10))
