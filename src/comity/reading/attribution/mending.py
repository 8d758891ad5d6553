"""Mends what the tagger sees too narrowly: tags before the verb groups are found, lone participles after.

Use :func:`retag` and :func:`repair` from :func:`comity.reading.attribution.clauses.analyse` only; both work in place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading.attribution.lexicon import Grammar, lexicon

if TYPE_CHECKING:  # the clause finder imports this module
    from comity.reading.attribution.clauses import Clause

__all__ = ["FINITE", "VERBS", "repair", "retag"]

VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "MD"})
FINITE = frozenset({"VBP", "VBZ", "VBD", "MD"})


def retag(printed: list[str], tags: list[str], lower: list[str], words: Grammar) -> None:
    """Mends what the tagger sees too narrowly, one word at a time, from left to right."""
    for at in range(len(tags) - 1):
        name, before = tags[at], tags[at - 1] if at else "^"
        nominal = before in ("N", "NP")
        if at and tags[at + 1] == "NP" and printed[at][0].isupper() and (name in VERBS or name == "RB"):
            tags[at] = "NP"  # a title: “…,” Mayor Ruiz said
        elif before == '"' and printed[at][0].isupper() and name != "PRP" and tags[at + 1] in ("VBD", "VBZ", "VBN"):
            if name not in ("DT", "PRP$", "IN", "WP", "WRB", "CC"):
                tags[at] = "NP"  # “…,” Ware added
        elif name == "VB" and nominal and not any(other in FINITE or other == "TO" for other in tags[:at]):
            tags[at] = "VBP"
        elif name == "N" and nominal and _bare_verb(tags, lower, at):
            tags[at] = "VBP"
        elif name in ("VBZ", "VBP") and tags[at + 1] in FINITE and before not in ("PRP", "WP"):
            if not any(lower[at] in group for group in (words.be, words.have, words.do)):
                tags[at] = "N"  # advocates said
        elif name == "VB" and before in ("DT", "PRP$", "POS", "IN") and lower[at - 1] not in words.subordinators:
            tags[at] = "N"
        elif name == "VBD" and at:
            place = at - 1
            while place > 0 and (tags[place] == "RB" or lower[place] == "n't"):
                place -= 1
            if (lower[place] in words.have or lower[place] in words.be) and tags[place] != "POS":
                tags[at] = "VBN"  # had long said


def _bare_verb(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a word taken for a noun is the verb of its clause: "residents fear that", "a sign read “…”"."""
    verb = lexicon().verbs.get(lower[at])
    if verb is None or "base" not in verb.forms or any(other in FINITE for other in tags[:at]):
        return False
    if tags[at + 1] == '"':
        return "past" in verb.forms
    follows = tags[at + 1] in ("IN", "DT", "PRP", "PRP$", "TO") or lower[at + 1] == "that"
    return lower[at - 1][-1:] == "s" and lower[at + 1] != "of" and follows


def repair(clause: Clause) -> None:
    """Takes a lone participle for the past tense where its clause has no other verb: "the mayor declined to say"."""
    verbs = lexicon().verbs
    for number, group in enumerate(clause.groups):
        if group.kind != "pp" or group.start == 0:
            continue
        if clause.tags[group.start - 1] not in (
            "N",
            "NP",
            "PRP",
            "WP",
            ",",
            '"',
            ")",
            "CD",
            "JJ",
            "-",
            "—",
            "–",
            "”",
            "'",
        ):
            continue
        verb = verbs.get(clause.lower[group.head])
        plain = (
            verb is not None
            and "paren" in verb.frames
            and clause.lower[group.end : group.end + 1] not in (["by"], ["as"])
        )
        begin, end = group.start, group.end
        while begin > 0 and clause.words[begin - 1] not in (",", ";", ":") and clause.lower[begin - 1] != '"':
            begin -= 1
        while end < clause.last and clause.words[end] not in (",", ";", ":") and clause.lower[end] != '"':
            end += 1
        if (
            plain
            or clause.tags[group.start - 1] == "PRP"
            or not any(other.kind == "finite" and begin <= other.start < end for other in clause.groups)
        ):
            clause.groups[number] = replace(group, kind="finite")
            clause.tags[group.head] = "VBD"
