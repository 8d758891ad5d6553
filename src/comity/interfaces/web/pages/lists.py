"""Official lists: their editions with checks, two side by side, what changed as a calendar, entries as printed."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NamedTuple

from fastapi import Path, Query, Request
from starlette.responses import Response

from comity import lists, pipeline_lists
from comity.errors import RegisterError
from comity.interfaces.web import publishing
from comity.interfaces.web.access import READERS
from comity.interfaces.web.asked import Known, Page, Since, Typed
from comity.interfaces.web.errors import NotFound
from comity.interfaces.web.rendering import shown
from comity.interfaces.web.room import Room
from comity.interfaces.web.site import Site, last_commit
from comity.lists import Definition
from comity.model import Change, Edition, Entry
from comity.register import About, Register

__all__ = ["changed", "compared", "definition_of", "edition_of", "editions_of", "router"]

router = Room(dependencies=READERS)

_A_PAGE = 150
_ROWS = 1000  # changes between two editions that a page shows
_OUTCOMES = ("", "resolved", "kind_disputed", "ambiguous", "unknown")

Name = Annotated[str, Path(max_length=100, description="A list's name.")]
EditionId = Annotated[str, Path(max_length=200, description="An edition's id, or its file's name.")]
Edition_ = Annotated[str, Query(max_length=200, description="An edition's id, or its file's name.")]
Outcome = Annotated[str, Query(pattern="^(resolved|kind_disputed|ambiguous|unknown)?$", description="An outcome.")]


@dataclass(frozen=True, slots=True)
class Published:
    """One edition as a row of a list's page: how many rows it has, and what changed with it."""

    edition: Edition
    rows: int
    kinds: Mapping[str, int]
    moved: int  # of those that joined, how many came from the earlier list of a story


class Told(NamedTuple):
    """A change as a list's pages tell it; ``came`` is the earlier list that an entry came from as it joined."""

    change: Change
    came: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar: weeks of days, each with its changes, None outside the month."""

    title: str
    weeks: tuple[tuple[tuple[int, Mapping[str, int]] | None, ...], ...]
    key: str


@router.get("/lists")
def all_lists(request: Request) -> Response:
    """The lists that editions are recorded of."""
    return shown(request, "lists.html", _all)


@router.get("/list/{name}")
def one_list(request: Request, name: Name, known: Known = None) -> Response:
    """One list: what it is, its editions, its changes as a calendar."""
    return shown(request, "list.html", lambda register, site: _one(register, site, name, known))


@router.get("/list/{name}/changes")
def list_changes(request: Request, name: Name, day: Since = None, known: Known = None, page: Page = 1) -> Response:
    """What changed on a list, edition by edition; with ``day`` what changed then."""
    return shown(request, "list_changes.html", lambda register, site: _changes(register, site, name, day, known, page))


@router.get("/list/{name}/compare")
def two_editions(request: Request, name: Name, old: Edition_ = "", new: Edition_ = "", known: Known = None) -> Response:
    """What changed between any two editions of a list."""
    return shown(request, "editions.html", lambda register, site: _two(register, site, name, (old, new), known))


@router.get("/list/{name}/edition/{edition:path}")
def one_edition(
    request: Request, name: Name, edition: EditionId, q: Typed = "", outcome: Outcome = "", page: Page = 1
) -> Response:
    """The entries of an edition, as printed, beside what they were resolved to and why."""
    return shown(request, "edition.html", lambda register, _: _entries(register, name, edition, q, outcome, page))


# --- values ----------------------------------------------------------------------------------------------------


def editions_of(register: Register, name: str, known: str | None) -> tuple[Edition, ...]:
    """The accepted editions of a list. Raises NotFound where there is none."""
    found = register.editions(name, known)
    if not found:
        raise NotFound("no edition of this list is on the register", where=name, hint="look at the lists")
    return found


def edition_of(register: Register, name: str, edition: str) -> Edition:
    """One edition with its entries, as they may be published. Raises NotFound."""
    try:
        found = register.edition(name, edition)
    except RegisterError as error:
        raise NotFound(error.message, where=f"{name} {edition}", hint="look at the list's editions") from error
    return _published(found)


def changed(register: Register, site: Site, name: str, known: str | None) -> tuple[Change, ...]:
    """What changed on a list, edition by edition: told by its definition, else as the register wrote it down."""

    def derived() -> tuple[Change, ...]:
        if definition_of(name) is None:
            found = register.changes(known=known, about=About(list_name=name))
        else:
            found = pipeline_lists.changes(register, name, known=known)
        return tuple(publishing.change(each) for each in found if each.kind != "first")

    return site.kept.get(register, ("list", name, known), derived)


def told(changes: Iterable[Change]) -> tuple[Told, ...]:
    """Changes with an entry that moved from one list of a story to the other told once: it joined, and came from."""
    every = tuple(changes)
    came = {(each.edition, each.facet, each.entity): str(each.before) for each in every if each.kind == "transitioned"}
    joined = {(each.edition, each.facet, each.entity) for each in every if each.kind == "joined"}
    return tuple(
        Told(each, came.get((each.edition, each.facet, each.entity)) if each.kind == "joined" else None)
        for each in every
        if each.kind != "transitioned" or (each.edition, each.facet, each.entity) not in joined
    )


def compared(
    register: Register, name: str, old: str, new: str, known: str | None
) -> tuple[Edition, Edition, tuple[Change, ...]]:
    """Two editions and what changed between them; later editions prove departures. Raises NotFound."""
    heads = editions_of(register, name, known)
    places = [next((n for n, head in enumerate(heads) if each in (head.id, head.name)), None) for each in (old, new)]
    for each, place in zip((old, new), places, strict=True):
        if place is None:
            raise NotFound("no such edition", where=each, hint="look at the list's editions")
    one, two = sorted(place for place in places if place is not None)
    about = definition_of(name)
    if about is None:
        raise NotFound("this site has no definition of the list", where=name, hint="compare the entries")
    first, second, *later = (register.edition(name, head.id) for head in (heads[one], *heads[two:]))
    changes = () if one == two else lists.diff(first, second, about, later=later)
    found = tuple(publishing.change(each) for each in changes)
    return _published(first), _published(second), found


def _published(edition: Edition) -> Edition:
    entries = tuple(publishing.entry(each) for each in edition.entries)
    return Edition(**{**_fields(edition), "entries": entries})


def _fields(edition: Edition) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in Edition.__dataclass_fields__}


def definition_of(name: str) -> Definition | None:
    """The package's definition of a list; None for one that was described elsewhere."""
    return lists.definition(name) if name in lists.definitions() else None


def _all(register: Register, _: Site) -> Mapping[str, Any]:
    rows = []
    for name in register.lists():
        heads = register.editions(name)
        refused = register.refused(name)
        sizes = register.sizes(name)
        last = heads[-1] if heads else None
        rows.append({
            "name": name,
            "definition": definition_of(name),
            "editions": len(heads),
            "refused": len(refused),
            "last": last,
            "rows": sizes.get((last.id, last.order), 0) if last else 0,
            "withdrawn": register.withdrawals(name),
        })  # fmt: skip
    return {"rows": rows, "written": last_commit(register)}


def _one(register: Register, site: Site, name: str, known: str | None) -> Mapping[str, Any]:
    heads = editions_of(register, name, known)
    sizes = register.sizes(name)
    kinds: dict[str, Counter[str]] = {}
    moved: Counter[str] = Counter()
    every = told(changed(register, site, name, known))
    for change, came in every:
        kinds.setdefault(change.edition or "", Counter())[change.kind] += 1
        moved[change.edition or ""] += came is not None
    rows = [
        Published(head, sizes.get((head.id, head.order), 0), _ordered(kinds.get(head.id, {})), moved[head.id])
        for head in reversed(heads)
    ]
    return {
        "name": name,
        "definition": definition_of(name),
        "rows": rows,
        "refused": register.refused(name, known),
        "withdrawals": register.withdrawals(name, known),
        "months": _months([change for change, _ in every], heads),
        "changes": len(every),
        "known": known,
        "pinned": known or last_commit(register),
    }


def _ordered(kinds: Mapping[str, int]) -> dict[str, int]:
    """Counts by kind: what came and what went first, then the most."""
    return dict(sorted(kinds.items(), key=lambda pair: (pair[0] != "joined", pair[0] != "left", -pair[1], pair[0])))


def _months(changes: Sequence[Change], heads: Sequence[Edition]) -> tuple[Month, ...]:
    """The months in which editions were published; a day without changes but with an edition has an empty count."""
    days: dict[str, Counter[str]] = {head.date: Counter() for head in heads if head.date}
    for change in changes:
        if change.date:
            days.setdefault(change.date[:10], Counter())[change.kind] += 1
    found = []
    for key in sorted({day[:7] for day in days}, reverse=True):
        first = date.fromisoformat(f"{key}-01")
        weeks = tuple(
            tuple((day.day, days.get(day.isoformat()) or _none(days, day)) if day.month == first.month else None
                  for day in week)
            for week in Calendar(firstweekday=6).monthdatescalendar(first.year, first.month)
        )  # fmt: skip
        found.append(Month(first.strftime("%B %Y"), weeks, key))
    return tuple(found)


def _none(days: Mapping[str, Counter[str]], day: date) -> Mapping[str, int]:
    return {"an edition": 0} if day.isoformat() in days else {}


def _changes(
    register: Register, site: Site, name: str, day: str | None, known: str | None, page: int
) -> Mapping[str, Any]:
    heads = {head.id: head for head in editions_of(register, name, known)}
    order = {identity: number for number, identity in enumerate(heads)}
    every = told(changed(register, site, name, known))
    mine = [each for each in every if day is None or (each.change.date or "") == day[:10]]
    mine.sort(key=lambda each: (each.change.date or "", order.get(each.change.edition or "", -1)), reverse=True)
    groups: dict[tuple[str, str], list[Told]] = {}
    for each in mine[_A_PAGE * (page - 1) : _A_PAGE * page]:
        groups.setdefault((each.change.date or "", each.change.edition or ""), []).append(each)
    return {
        "name": name,
        "definition": definition_of(name),
        "groups": [(date, heads.get(edition), found) for (date, edition), found in groups.items()],
        "counts": Counter((each.change.date or "", each.change.edition or "") for each in mine),
        "count": len(mine),
        "day": day,
        "known": known,
        "page": page,
        "more": len(mine) > _A_PAGE * page,
    }


def _two(register: Register, _: Site, name: str, chosen: tuple[str, str], known: str | None) -> Mapping[str, Any]:
    heads = editions_of(register, name, known)
    old, new = chosen
    if not (old and new) and len(heads) > 1:
        old, new = old or heads[-2].id, new or heads[-1].id
    shown_too = {"name": name, "definition": definition_of(name), "heads": heads, "known": known}
    if len(heads) < 2:
        return {**shown_too, "first": None, "second": None, "groups": {}, "more": 0, "old": old, "new": new}
    first, second, found = compared(register, name, old, new, known)
    groups: dict[str, list[Told]] = {}
    every = told(found)
    for each in every[:_ROWS]:
        groups.setdefault(each.change.kind, []).append(each)
    more = max(0, len(every) - _ROWS)
    counts = _ordered(Counter(each.change.kind for each in every))
    groups = {kind: groups[kind] for kind in counts if kind in groups}
    return {**shown_too, "first": first, "second": second, "groups": groups, "counts": counts, "more": more,
            "old": first.id, "new": second.id}  # fmt: skip


def _entries(register: Register, name: str, edition: str, typed: str, outcome: str, page: int) -> Mapping[str, Any]:
    found = edition_of(register, name, edition)
    wanted = typed.casefold().split()
    kept = [each for each in found.entries if _fits(each, wanted, outcome)]
    return {
        "name": name,
        "definition": definition_of(name),
        "edition": found,
        "entries": kept[_A_PAGE * (page - 1) : _A_PAGE * page],
        "headers": list(dict.fromkeys(header for each in found.entries for header in each.printed)),
        "counts": Counter(each.outcome for each in found.entries),
        "outcomes": _OUTCOMES,
        "count": len(kept),
        "typed": typed,
        "outcome": outcome,
        "page": page,
        "more": len(kept) > _A_PAGE * page,
    }


def _fits(entry: Entry, words: Sequence[str], outcome: str) -> bool:
    if outcome and entry.outcome != outcome:
        return False
    text = " ".join(entry.printed.values()).casefold()
    return all(word in text for word in words)
