"""Mends what the tagger sees too narrowly: tags before the verb groups are found, lone participles after.

Use :func:`retag` and :func:`repair` from :func:`comity.reading.attribution.clauses.analyse` only; both work in place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading.attribution.lexicon import Grammar, grammar, lexicon
from comity.reading.attribution.words import load_tagger

if TYPE_CHECKING:  # the clause finder imports this module
    from comity.reading.attribution.clauses import Clause

__all__ = ["FINITE", "VERBS", "repair", "retag"]

VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "MD"})
FINITE = frozenset({"VBP", "VBZ", "VBD", "MD"})


def retag(printed: list[str], tags: list[str], lower: list[str], words: Grammar) -> None:
    """Mends what the tagger sees too narrowly, one word at a time, from left to right."""
    for at in range(len(tags) - 1):
        name = (
            _name(printed, tags, at)
            or _finite_verb(tags, lower, at)
            or _noun(tags, lower, at, words)
            or _participle(tags, lower, at, words)
        )
        if name is not None:
            tags[at] = name
    if _tail(tags, lower):
        tags[-1] = "VBZ"
        tags[-2] = "N" if tags[-2] in VERBS else tags[-2]


def _tail(tags: list[str], lower: list[str]) -> bool:
    """Whether a headline ends with a speaker and a verb taken for a noun: "Lowell hid its records, suit claims"."""
    verb = lexicon().verbs.get(lower[-1])
    if verb is None or tags[-1] not in ("N", "NP") or not {"s", "base"} & verb.forms or "paren" not in verb.frames:
        return False
    return "," in tags[-5:-2] and tags[-2] in ("N", "NP", "VB", "JJ", "VBZ")


def _quotes(word: str) -> bool:
    """Whether a word is the past of a verb that stands behind what is quoted."""
    verb = lexicon().verbs.get(word)
    return verb is not None and "past" in verb.forms and "quote" in verb.frames


def _tag_line(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a word taken for a plural is the verb of who says what stands before: "…, the complaint states."."""
    verb = lexicon().verbs.get(lower[at])
    if verb is None or "s" not in verb.forms or "paren" not in verb.frames or tags[at + 1] not in (".", ",", '"'):
        return False
    start = at - 1
    while start > 0 and tags[start - 1] in ("N", "NP", "JJ", "POS"):
        start -= 1
    return start > 1 and lower[start - 1] in grammar().articles and tags[start - 2] in (",", '"')


def _name(printed: list[str], tags: list[str], at: int) -> str | None:
    """A name taken for something else: titles, and surnames at the start of a sentence or after a quotation."""
    name, capital = tags[at], printed[at][0].isupper()
    if at and tags[at + 1] == "NP" and capital and (name in VERBS or name == "RB"):
        return "NP"  # a title: “…,” Mayor Ruiz said
    if at and tags[at - 1] == '"' and capital and tags[at + 1] in ("VBD", "VBZ", "VBN"):
        return None if name in ("PRP", "DT", "PRP$", "IN", "WP", "WRB", "CC") else "NP"  # “…,” Ware added
    if not at and name == "JJ" and tags[1] in FINITE and printed[0].lower() not in grammar().quantifiers:
        return "NP"  # Forrest said
    if capital and (not at or tags[at - 1] == ",") and _told(printed[at + 1]) and _may_name(printed[at], name):
        return "NP"  # Fleming said; …, Hope said
    if not at and tags[1:3] == [",", "DT"] and _may_name(printed[0], name) and name != "JJ":
        return "NP"  # Renfrow, a Democrat, said
    return None


def _told(word: str) -> bool:
    """Whether a word is the past of a verb of saying."""
    verb = lexicon().verbs.get(word)
    return verb is not None and verb.speech and "past" in verb.forms


def _may_name(word: str, tag: str) -> bool:
    """Whether a word with a capital, by its tag no name, may be one: no word that is always something else."""
    known = load_tagger().tagger.known.get(word.lower())
    return tag in VERBS or tag in ("JJ", "UH") or (tag in ("RB", "N") and (known is None or len(known) > 1))


def _finite_verb(tags: list[str], lower: list[str], at: int) -> str | None:
    """A verb of its clause taken for a noun or an infinitive."""
    name, before = tags[at], tags[at - 1] if at else "^"
    if name == "N" and lower[at] in grammar().always_verbs:
        return "VBZ"  # its sponsor says
    if name == "N" and before == "," and lower[at + 1] == "that" and _says(lower[at], "ing"):
        return "VBG"  # blocked the order, finding that
    if name == "N" and before == "N" and tags[at - 2 : at - 1] == [","] == tags[at + 1 : at + 2]:
        verb = lexicon().verbs.get(lower[at])
        if verb is not None and {"base", "s"} & verb.forms and "paren" in verb.frames:
            return "VBP"  # if it passes, sheriffs fear, all counties
    if name in ("VB", "VBP") and before == '"' and tags[at + 1] in ("DT", "PRP$", "NP") and _quotes(lower[at]):
        return "VBD"  # “…,” read the letter
    if name == "N" and before == "N" and _tag_line(tags, lower, at):
        return "VBZ"  # …, the complaint states.
    if name == "N" and before in ("N", "NP", "PRP", "WP", ")") and _before_that(tags, lower, at):
        return "VBZ"  # the state claims that
    if name == "N" and before in ("N", "NP") and _with_particle(tags, lower, at):
        return "VBP"  # supporters of the bill point out that
    if name == "VB" and before in ("N", "NP"):
        begin = _clause_start(tags, at)
        return None if any(other in FINITE or other == "TO" for other in tags[begin:at]) else "VBP"
    if name == "N" and before in ("N", "NP") and _bare_verb(tags, lower, at):
        return "VBP"
    if name == "N" and at > 1 and before == "N" and tags[at + 1] in ("NP", "PRP") and _opens_clause(tags, lower, at):
        return "VBZ"  # the attorney general claims Toledo bars
    if name == "N" and before in ("N", "NP") and tags[at + 1] in ("NP", "DT") and _names_as(tags, lower, at):
        return "VBZ"  # its website lists Toledo as
    return "VBZ" if name in ("N", "NP") and before == "NP" and _closes(tags, lower, at) else None


def _noun(tags: list[str], lower: list[str], at: int, words: Grammar) -> str | None:
    """A noun taken for a verb or an adjective."""
    name, before, after = tags[at], tags[at - 1] if at else "^", tags[at + 1]
    owned = before not in ("PRP", "WP") or (lower[at - 1] == "that" and at > 1 and tags[at - 2] == "N")
    if name in ("VBZ", "VBP") and after in FINITE and owned:
        auxiliary = any(lower[at] in group for group in (words.be, words.have, words.do, words.always_verbs))
        return None if auxiliary else "N"  # advocates said
    if name == "VBZ" and before == "PRP$" and after in ("N", "NP"):
        return "N"  # its grants manager
    if name == "VBP" and before == "DT" and lower[at - 1] in words.articles:
        return "N"  # the reply
    if name == "VB" and before in ("DT", "PRP$", "POS", "IN") and lower[at - 1] not in words.subordinators:
        return "N"
    if name == "VBZ" and before == "," and after == "VBN" and _says(lower[at + 1], "past"):
        return None if lower[at] in words.be or lower[at] in words.have else "N"  # …, advocates said
    if name == "VBP" and before == "N" and after == "VBN" and _says(lower[at + 1], "past"):
        return (
            None if any(lower[at] in group for group in (words.be, words.have, words.do)) else "N"
        )  # the press release said
    if name == "VBZ" and before == "NP" and after == "VBN" and _says_or_wants(lower, at):
        return "N"  # Nyack trustees voted
    if name == "VBZ" and _plural_subject(tags, lower, at, words):
        return "N"  # emails obtained by; its sponsors say
    if name == "VBG" and before == "POS" and after in FINITE:
        return "N"  # who knows the office's thinking said
    if name == "JJ" and after == "WP":
        return "N"  # an official who
    # the attorney general said; a county official, who
    return "N" if name == "JJ" and before in ("N", "NP") and after in ("VBD", "VBN", "VBZ", ",") else None


def _participle(tags: list[str], lower: list[str], at: int, words: Grammar) -> str | None:
    """A participle taken for the past tense: after an auxiliary, or between the commas that follow a noun."""
    if tags[at] != "VBD" or not at:
        return None
    if tags[at - 1] == "," and at > 1 and tags[at - 2] in ("N", "NP") and _interposed(tags, lower, at):
        return "VBN"  # the suit, filed on Monday, says
    if _done_to_paper(tags, lower, at, words):
        return "VBN"  # the suit filed Monday in county court says
    place = at - 1
    while place > 0 and (tags[place] == "RB" or lower[place] == "n't"):
        place -= 1
    auxiliary = lower[place] in words.have or lower[place] in words.be
    return "VBN" if auxiliary and tags[place] != "POS" else None  # had long said


def _done_to_paper(tags: list[str], lower: list[str], at: int, words: Grammar) -> bool:
    """Whether a past form is of what is done to the paper before it, which files and sends nothing itself."""
    if lower[at] not in words.paper_acts or not at:
        return False
    if at + 1 < len(tags) and tags[at + 1] in ("DT", "PRP$") and lower[at + 1] not in words.time_openers:
        return False  # "the complaint filed a new claim"
    return lower[at - 2 if tags[at - 1] == "," and at > 1 else at - 1] in words.papers


def _interposed(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a past form after a comma opens a participle that the next comma ends, before the clause's own verb."""
    if tags[at + 1 : at + 2] not in (["IN"], ["TO"], ["RB"], ["N"]) and not any(
        "-" in word[1:] for word in lower[at + 1 : at + 2]
    ):
        return False  # "filed on Monday", "approved 5-2"
    end = next((place for place in range(at + 1, len(tags) - 1) if tags[place] == "," or tags[place] in FINITE), -1)
    if end < 0 or tags[end] != ",":
        return False
    end += 1
    while end < len(tags) - 1 and tags[end] == "RB":
        end += 1
    return tags[end] in FINITE


def _says_or_wants(lower: list[str], at: int) -> bool:
    """Whether a verb of the lexicon follows a word that is none, as a verb follows its subject."""
    verbs, words = lexicon().verbs, grammar()
    if lower[at] in words.be or lower[at] in words.have:
        return False
    return lower[at] not in verbs and lower[at + 1] in verbs and "past" in verbs[lower[at + 1]].forms


def _says(word: str, form: str) -> bool:
    """Whether a word is this form of a verb of saying that takes a clause."""
    verb = lexicon().verbs.get(word)
    return verb is not None and form in verb.forms and {"that", "paren"} <= verb.frames


def _opens_clause(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a word taken for a noun is a verb of saying before a clause, in a sentence with no verb so far."""
    verb = lexicon().verbs.get(lower[at])
    return verb is not None and "s" in verb.forms and "that" in verb.frames and not FINITE.intersection(tags[:at])


def _names_as(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a word taken for a noun is the verb of "lists Toledo as", in a sentence with no verb so far."""
    verb = lexicon().verbs.get(lower[at])
    if verb is None or "s" not in verb.forms or "np" not in verb.frames or not verb.speech:
        return False
    return "as" in lower[at + 2 : at + _PAPER] and not FINITE.intersection(tags[:at])


def _before_that(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a word taken for a noun is a verb of saying before "that" and a clause, in a clause without another.

    The paper it stands in may come between: "the county claims in its motion that".
    """
    verb = lexicon().verbs.get(lower[at])
    if verb is None or "s" not in verb.forms or "that" not in verb.frames:
        return False
    that = at + 1
    if tags[that] == "IN" and lower[that] == "in" and "that" in lower[that : that + _PAPER]:
        that = lower.index("that", that)
    begins = tags[that + 1 : that + 2] in _BEGINNINGS or FINITE.issuperset(tags[that + 1 : that + 3])
    if lower[that] != "that" or not begins:
        return False
    return not FINITE.intersection(tags[_clause_start(tags, at) : that])


_PAPER = 6  # words of "in its latest court filing" at most
_BEGINNINGS = (["N"], ["NP"], ["DT"], ["PRP"], ["PRP$"], ["JJ"], ["CD"])


def _clause_start(tags: list[str], at: int) -> int:
    """The word after the last comma, semicolon or colon before ``at``."""
    while at > 0 and tags[at - 1] not in (",", ";", ":"):
        at -= 1
    return at


def _with_particle(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a word taken for a noun is the verb of "point out that", in a clause without another."""
    for after, verb in lexicon().phrasal.get(lower[at], ()):
        that = at + 1 + len(after)
        if tuple(lower[at + 1 : that]) == after and lower[that : that + 1] == ["that"] and "that" in verb.frames:
            return not FINITE.intersection(tags[_clause_start(tags, at) : at])
    return False


def _plural_subject(tags: list[str], lower: list[str], at: int, words: Grammar) -> bool:
    """Whether a word taken for a verb is a plural noun: after a preposition or owner, or opening the sentence."""
    if any(lower[at] in group for group in (words.be, words.have, words.do, words.always_verbs)):
        return False
    if not at:
        return tags[1] in ("VBN", "IN") or tags[1] in FINITE
    if tags[at - 1] in ("IN", "TO") and lower[at - 1] not in words.subordinators:
        return True
    verb = lexicon().verbs.get(lower[at + 1])
    return tags[at - 1] in ("PRP$", "POS", "DT") and tags[at + 1] == "VB" and verb is not None and verb.speech


def _closes(tags: list[str], lower: list[str], at: int) -> bool:
    """Whether a word taken for a noun is the verb of a speaker named after the content: "…, the Herald reports."."""
    verb = lexicon().verbs.get(lower[at])
    if verb is None or "s" not in verb.forms or "paren" not in verb.frames or tags[at + 1] not in (",", "."):
        return False
    first = at - 1
    while first > 0 and tags[first - 1] in ("NP", "DT", "JJ", "N"):
        first -= 1
    return first > 0 and tags[first - 1] == "," and any(tag in FINITE for tag in tags[:first])


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
        if clause.words[begin - 1] == "," and _done_to_paper(clause.tags, clause.lower, begin, grammar()):
            continue
        if clause.words[begin - 1] == "," and not plain and _interposed(clause.tags, clause.lower, group.head):
            continue
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
