"""A comparison as one self-contained HTML file: it asks no host for anything, prints well and can be mailed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from comity.interfaces.comparison_text import (
    GRID,
    SIGNS,
    counts,
    glance,
    repeats,
    short,
    source,
    stance,
    tellers,
    title,
)
from comity.interfaces.text import timed
from comity.views.comparison import Comparison
from comity.views.lines import apart

__all__ = ["render"]

_COLUMNS = 5  # accounts that fit beside one another on a page
_MOST = 300  # rows of a part
_COUNTED = 40  # accounts whose counts are shown


def render(found: Comparison, about: str | None = None) -> str:
    """The page as text in UTF-8. ``about`` is what the accounts are about, if the caller knows."""
    names = {account.id: title(account, number) for number, account in enumerate(found.accounts, start=1)}
    by_verdict = {
        verdict: [fact for fact in found.facts if fact.verdict == verdict] for verdict in ("shared", "differs", "only")
    }
    counted = found.accounts[:_COUNTED]
    number = len(found.accounts)
    named = f"{number} account{'' if number == 1 else 's'}{f' of {about}' if about else ' compared'}"
    present = {
        "glance": ("At a glance", found.facts if 1 < number <= GRID else ()),
        "shared": ("What they share", by_verdict["shared"]),
        "differs": ("Where they differ", by_verdict["differs"]),
        "figures": ("Figures", found.figures),
        "silences": ("Silences", found.silences),
        "only": ("What one alone has", by_verdict["only"]),
        "copies": ("Copies", found.copies),
        "counts": ("Counts", counted),
        "terms": ("Wordings", found.terms),
    }
    return _template().render(
        found=found,
        title=named,
        style=_style(),
        names=names,
        bare={name: shown.split(". ", 1)[1] for name, shown in names.items()},
        contents=[(key, words) for key, (words, given) in present.items() if given],
        counted=counted,
        telling=tellers(found),
        profiles=list(zip(*(counts(account.profile) for account in counted), strict=True)),
        columns=_COLUMNS,
        most=_MOST,
        grid=GRID,
        signs=SIGNS,
        review="review: machine",
        **by_verdict,
    )


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words) or "–"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("comity.interfaces"), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    environment.globals.update(
        stance=stance,
        timed=timed,
        source=source,
        repeats=repeats,
        quoted=_quoted,
        apart=apart,
        glance=glance,
        short=short,
    )
    return environment.get_template("comparison.html")


@lru_cache(maxsize=1)
def _style() -> str:
    return resources.files("comity.interfaces").joinpath("templates", "comparison.css").read_text(encoding="utf-8")
