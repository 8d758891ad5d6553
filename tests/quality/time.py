"""Measures the time expressions: a table of our own, in two halves, and the dates of GUM.

    python -m tests.quality.time [../shared/data/gum/dep] [--misses]

Definitions (docs/time.md):

* Table (``tests/golden/time``): an expression is right where its span and its interval (EDTF, earliest, latest) are as
  the table says. The halves are by the sentence's hash; ``--misses`` lists those of the tuning half only.
* GUM: the annotations ``date`` of the column MISC. ``when`` is the day, month or year it names; ``from``/``to`` and
  ``notBefore``/``notAfter`` an interval. A date is right where a found expression that overlaps it has its interval,
  or is a range or an open interval of which it is an end ("from 1893 to 1925" holds two; "since", "until", "before",
  "after" bound it), or holds more words than were marked and an interval within ("early in 2016" for "2016"). Values
  without a year, or bounded on one side only, are no intervals: counted apart. The publication day is the text's
  ``dateCreated``. "Own words" leaves out marked words that name no date themselves: events ("his death"), durations
  ("ten years") and numbers that only their context makes a year.
* Taken wrongly: found expressions that overlap no expression of the table, or in GUM neither a date nor an entity of
  type time; as a share of all that were found.
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from comity.model import DateMention, Pair
from comity.reading.time import find

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "time"
GUM = Path(__file__).resolve().parents[3] / "shared" / "data" / "gum" / "dep"
Finder = Callable[[str, str | None], tuple[DateMention, ...]]


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of the table."""

    span: Pair
    edtf: str | None
    earliest: str | None
    latest: str | None


@dataclass(slots=True)
class Figures:
    """Right of expected, and taken wrongly of all found; the misses in words."""

    expected: int = 0
    right: int = 0
    found: int = 0
    wrongly: int = 0
    apart: int = 0
    own: int = 0
    own_right: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Right of expected, in per cent."""
        return 100 * self.right / self.expected if self.expected else 0.0

    @property
    def false_share(self) -> float:
        """Taken wrongly of found, in per cent."""
        return 100 * self.wrongly / self.found if self.found else 0.0

    @property
    def own_share(self) -> float:
        """Right of those whose own words name a date, in per cent."""
        return 100 * self.own_right / self.own if self.own else 0.0


def is_held_out(sentence: str) -> bool:
    """Whether a sentence belongs to the half that is only measured."""
    return int(hashlib.sha256(sentence.encode()).hexdigest(), 16) % 2 == 1


def occurrence(sentence: str, words: str, at: int) -> Pair:
    """The span of the nth occurrence of words."""
    start = -1
    for _ in range(at):
        start = sentence.index(words, start + 1)
    return start, start + len(words)


def table() -> Iterator[tuple[str, str | None, list[Expression]]]:
    """The sentences of the table with their publication day and expressions, the traps with none."""
    rows: dict[tuple[str, str], list[Expression]] = {}
    for name in ("expressions.tsv", "traps.tsv"):
        with (GOLDEN / name).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                expected = rows.setdefault((row["sentence"], row["published"]), [])
                if row.get("words"):
                    span = occurrence(row["sentence"], row["words"], int(row["at"]))
                    expected.append(
                        Expression(span, row["edtf"] or None, row["earliest"] or None, row["latest"] or None)
                    )
    for (sentence, published), expected in rows.items():
        yield sentence, published or None, expected


def _overlap(a: Pair, b: Pair) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def measure_table(held_out: bool, finder: Finder = find) -> Figures:
    """The figures of one half of the table."""
    figures = Figures()
    for sentence, published, expected in table():
        if is_held_out(sentence) != held_out:
            continue
        found = finder(sentence, published)
        figures.found += len(found)
        for one in expected:
            figures.expected += 1
            wanted = (*one.span, one.edtf, one.earliest, one.latest)
            if any((m.start, m.end, m.edtf, m.earliest, m.latest) == wanted for m in found):
                figures.right += 1
            else:
                got = [(sentence[m.start : m.end], m.edtf) for m in found]
                figures.misses.append(f"{published} {sentence} | {sentence[slice(*one.span)]} = {one.edtf} | {got}")
        for m in found:
            if not any(_overlap((m.start, m.end), one.span) for one in expected):
                figures.wrongly += 1
                figures.misses.append(f"{published} {sentence} | no date: {sentence[m.start : m.end]} = {m.edtf}")
    return figures


# --- GUM -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class GumText:
    """One text of GUM: its words joined, its dates with their attributes, its entities of type time."""

    name: str
    published: str | None
    text: str
    dates: list[tuple[Pair, dict[str, str]]]
    times: list[Pair]


def gum(folder: Path) -> Iterator[GumText]:
    """The texts of a folder of CoNLL-U files, in order of their names."""
    for path in sorted(folder.glob("*.conllu")):
        yield _gum_text(path)


def _gum_text(path: Path) -> GumText:
    found = GumText(path.stem, None, "", [], [])
    open_dates: list[tuple[int, dict[str, str]]] = []
    open_entities: dict[str, list[tuple[int, bool]]] = {}
    whole: tuple[int, int, int] | None = None  # last token, start and end of a word written as one
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# meta::dateCreated = "):
            found.published = line.split(" = ")[1].strip()
        if line.startswith("# newpar") and found.text:
            found.text = found.text.rstrip() + "\n\n"
        if not line or line.startswith("#"):
            whole = None
            if not line and not found.text.endswith("\n"):
                found.text += " "
            continue
        columns = line.split("\t")
        if "." in columns[0]:
            continue
        if "-" in columns[0]:
            start = len(found.text)
            found.text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
            whole = (int(columns[0].split("-")[1]), start, start + len(columns[1]))
            continue
        if whole is not None and int(columns[0]) <= whole[0]:
            start, end = whole[1], whole[2]
        else:
            start, end = len(found.text), len(found.text) + len(columns[1])
            found.text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
        _marks(columns[9], (start, end), found, open_dates, open_entities)
    return found


def _marks(
    misc: str,
    span: Pair,
    found: GumText,
    open_dates: list[tuple[int, dict[str, str]]],
    open_entities: dict[str, list[tuple[int, bool]]],
) -> None:
    """Opens and closes the dates and entities of one word."""
    for value in (part.partition("=")[2] for part in misc.split("|") if part.startswith("XML=")):
        for closing, name, attributes in re.findall(r"<(/?)(\w+)([^>]*)>", value):
            if name != "date":
                continue
            if not closing:
                open_dates.append((span[0], dict(re.findall(r'(\w+):::"([^"]*)"', attributes))))
            elif open_dates:
                start, values = open_dates.pop()
                found.dates.append(((start, span[1]), values))
    for value in (part.partition("=")[2] for part in misc.split("|") if part.startswith("Entity=")):
        for opening, closing in re.findall(r"\(([^()]+)|([^()]*?)\)", value):
            if opening:
                number, _, rest = opening.partition("-")
                open_entities.setdefault(number, []).append((span[0], rest.startswith("time")))
            if (opening and f"({opening})" in value) or closing:
                number = (closing or opening).partition("-")[0]
                if open_entities.get(number):
                    start, is_time = open_entities[number].pop()
                    if is_time:
                        found.times.append((start, span[1]))


def _bounds(value: str) -> tuple[str, str] | None:
    """First and last day of a value that names a day, a month, a year or (EDTF) a century; None without a year."""
    if re.fullmatch(r"\d\dXX", value):
        return f"{value[:2]}00-01-01", f"{value[:2]}99-12-31"
    value = value.split("T", maxsplit=1)[0].lstrip("-") if value.startswith("-2") else value.split("T", maxsplit=1)[0]
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return None
    if len(value) == 4:
        return f"{value}-01-01", f"{value}-12-31"
    if len(value) == 7:
        return f"{value}-01", f"{value}-{calendar.monthrange(int(value[:4]), int(value[5:]))[1]:02d}"
    return value, value


def gum_interval(values: dict[str, str]) -> tuple[str, str] | None:
    """The interval that an annotation's attributes give, or None where they give none."""
    if "when" in values:
        return _bounds(values["when"])
    first = _bounds(values.get("from") or values.get("notBefore") or "")
    last = _bounds(values.get("to") or values.get("notAfter") or "")
    return None if first is None or last is None else (first[0], last[1])


def _fits(mention: DateMention, span: Pair, interval: tuple[str, str]) -> bool:
    """Whether a found expression says what an annotation says, as the module's text defines it."""
    if mention.edtf is None:
        return False
    if (mention.earliest, mention.latest) == interval:
        return True
    if "/" in mention.edtf:
        if interval in [_bounds(part) for part in mention.edtf.split("/")]:
            return True
        first, last = date.fromisoformat(interval[0]), date.fromisoformat(interval[1])
        day = timedelta(1)
        if mention.edtf.startswith(".."):
            return mention.latest in (last.isoformat(), (first - day).isoformat())
        if mention.edtf.endswith(".."):
            return mention.earliest in (first.isoformat(), (last + day).isoformat())
    longer = mention.start < span[0] or mention.end > span[1]
    inside = (mention.earliest or "") >= interval[0] and (mention.latest or "9") <= interval[1]
    return longer and inside and mention.start <= span[0] and mention.end >= span[1]


_CALENDAR = re.compile(
    r"\b\d{4}\b|\d{4}s|\d0s|\d/\d|\bcentury|-century|sixties|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|day\b.*\bnext|spring|summer|autumn|fall|winter|\btoday|yesterday|tomorrow|tonight"
    r"|\b(?:last|past|next|this|that|same|previous|following|ago|later)\b.*\b(?:day|morning|week|weekend|month|year|decade|century)s?\b"
    r"|\b(?:day|week|month|year|decade)s?\b.*\b(?:ago|later|before|back)\b|weekend|year end|end of the year",
    re.IGNORECASE,
)


def names_a_date(words: str) -> bool:
    """Whether annotated words name a date themselves, not an event or a duration."""
    return _CALENDAR.search(words) is not None


def measure_gum(folder: Path = GUM, finder: Finder = find) -> Figures:
    """The figures of GUM's dates."""
    figures = Figures()
    for one in gum(folder):
        found = finder(one.text, one.published)
        figures.found += len(found)
        for span, values in one.dates:
            interval = gum_interval(values)
            if interval is None:
                figures.apart += 1
                continue
            figures.expected += 1
            near = [m for m in found if _overlap((m.start, m.end), span)]
            own = names_a_date(one.text[slice(*span)])
            right = any(_fits(m, span, interval) for m in near)
            figures.own += own
            figures.own_right += own and right
            if right:
                figures.right += 1
            else:
                got = [(one.text[m.start : m.end], m.edtf) for m in near]
                context = one.text[max(0, span[0] - 40) : span[1] + 20].replace("\n", "/")
                figures.misses.append(
                    f"{one.name} {one.published} | {context} | {one.text[slice(*span)]} = {interval} | {got}"
                )
        marked = [span for span, _ in one.dates] + one.times
        for m in found:
            if not any(_overlap((m.start, m.end), span) for span in marked):
                figures.wrongly += 1
                context = one.text[max(0, m.start - 40) : m.end + 20].replace("\n", "/")
                figures.misses.append(f"{one.name} | no date: {one.text[m.start : m.end]} = {m.edtf} | {context}")
    return figures


def figures(folder: Path = GUM, finder: Finder = find) -> dict[str, float]:
    """All figures by name, in per cent: what the quality gate keeps."""
    tune, held = measure_table(False, finder), measure_table(True, finder)
    result = {
        "time.table.tune": tune.share,
        "time.table.held_out": held.share,
        "time.table": 100 * (tune.right + held.right) / (tune.expected + held.expected),
        "time.table.wrongly_taken": 100 * (tune.wrongly + held.wrongly) / max(1, tune.found + held.found),
    }
    if folder.is_dir():
        measured = measure_gum(folder, finder)
        result["time.gum"] = measured.share
        result["time.gum.own_words"] = measured.own_share
        result["time.gum.wrongly_taken"] = measured.false_share
    return result


def main(arguments: list[str]) -> int:
    """Prints the table of figures, and with ``--misses`` what the tuning half and GUM miss."""
    folder = next((Path(argument) for argument in arguments if not argument.startswith("--")), GUM)
    rows = [("table, tuning half", measure_table(False)), ("table, held out", measure_table(True))]
    if folder.is_dir():
        rows.append(("GUM dates", measure_gum(folder)))
    print(f"{'time expressions':<20} {'expected':>8} {'right':>6} {'%':>6} {'found':>6} {'wrongly':>8} {'%':>6}")
    for name, one in rows:
        print(
            f"{name:<20} {one.expected:>8} {one.right:>6} {one.share:>6.1f} {one.found:>6} {one.wrongly:>8}"
            f" {one.false_share:>6.2f}" + (f"   ({one.apart} without an interval apart)" if one.apart else "")
        )
        if one.own:
            print(f"{'  own words':<20} {one.own:>8} {one.own_right:>6} {one.own_share:>6.1f}")
    if "--misses" in arguments:
        for name, one in rows:
            if name != "table, held out":
                print("", *one.misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
