"""Random histories against a model in memory: any question at any two instants gets the same answer."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from comity.errors import ComityError
from comity.model import Statement, Time
from comity.register import Register
from comity.register.instants import end_of, instant
from tests.register.conftest import fresh
from tests.register.samples import RULES, Ticking, document, reading, statement

DAYS = tuple(f"2025-0{month}-{day:02}" for month in (5, 6) for day in (1, 8, 15, 22, 29))
PREDICATES = ("designation", "protest")
OPEN = instant("9999-12-31") + 86_400_000_000


@dataclass
class Line:
    """One belief as the model writes it down: who, when in the world, when on the register."""

    statement: str
    start: int
    stop: int
    known_from: int
    known_to: int = OPEN
    status: str = ""
    review: str = "machine"
    rejected: bool = False


def own_interval(said: Statement, observed: int) -> tuple[int, int]:
    """As docs/register.md says it."""
    time = said.time
    if time is None or time.earliest is None or time.latest is None:
        return observed, OPEN
    if RULES.nature(said.predicate) == "state":
        return instant(time.latest), OPEN
    return instant(time.earliest), instant(time.latest) + 86_400_000_000


class Histories(RuleBasedStateMachine):
    """Record, correct, update, end, retract and decide at random; ask at random."""

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
        self.observed: dict[str, int] = {}
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
        self.said[one.id], self.observed[one.id] = one, observed
        self.lines.append(Line(one.id, start, stop, self.now, status=f"s{self.count}"))
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
        was, becomes = self.said[old], self.said[new]
        interval = before.start, before.stop
        if becomes.time is not None:
            mine = own_interval(was, self.observed[old])
            its = own_interval(becomes, self.observed[old])
            start = its[0] if before.start == mine[0] else before.start
            interval = start, max(start, its[1] if before.stop == mine[1] else before.stop)
        self.put(new, own, interval)
        before.known_to = self.now

    def put(self, new: str, own: list[Line], interval: tuple[int, int]) -> None:
        like = max(own, key=lambda line: (line.start, line.known_from), default=None)
        if like is None:
            review, rejected, status = self.decided(new)
            self.lines.append(Line(new, *interval, self.now, OPEN, status, review, rejected))
        else:
            like.known_to = self.now
            self.lines.append(replace(like, start=interval[0], stop=interval[1], known_from=self.now, known_to=OPEN))

    @rule(old=statements, new=statements, day=st.sampled_from(DAYS))
    def update(self, old: str, new: str, day: str) -> None:
        before, own, at = self.last(old), self.held(new), instant(day)
        if before is None or old == new or at < before.start or at >= before.stop:
            self.refused(lambda: self.register.update(old, new, day))
            return
        self.register.update(old, new, day)
        self.put(new, own, (at, OPEN))
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
        review, rejected, status = "machine", False, str(self.said[one].value["status"])
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
        expected = sorted(
            (line.statement, line.status, line.review, iso(line.start), iso(line.stop))
            for line in self.lines
            if line.start <= at < line.stop and line.known_from <= known < line.known_to and not line.rejected
        )
        found = sorted(
            (
                each.statement.id,
                str(each.statement.value["status"]),
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


SHORT = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


def test_any_history_gets_the_same_answers() -> None:
    run_state_machine_as_test(Histories, settings=SHORT)


def test_any_history_gets_the_same_answers_on_postgresql(server: str, template: str) -> None:
    HistoriesOnPostgreSQL.server, HistoriesOnPostgreSQL.template = server, template
    run_state_machine_as_test(HistoriesOnPostgreSQL, settings=settings(SHORT, max_examples=10))
