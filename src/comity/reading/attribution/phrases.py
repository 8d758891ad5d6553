"""Cues that are no verbs of saying: nouns ("its claim that"), adjectives ("is confident that"), adverbs, colons.

Use :func:`phrases` for one analysed sentence. Spans are in words of the sentence.
"""

from __future__ import annotations

from comity.model import Pair
from comity.reading.attribution import contents, sources
from comity.reading.attribution.clauses import (
    DASHES,
    STARTS,
    Clause,
    clause_follows,
    group_at,
    noun_phrase_end,
    noun_phrase_start,
)
from comity.reading.attribution.found import Found
from comity.reading.attribution.lexicon import Lexicon, Noun, grammar

__all__ = ["phrases"]

_OWNING = frozenset({"POS", "PRP$", "JJ"})
_SPEAKERS_FOLLOW = frozenset({"by", "from", "among"})
_NOUNS_OF_SAYING = frozenset({"N", "NP", "VB", "VBP", "VBZ", "JJ"})  # as tagged
SPEAKER = 4  # words of a speaker at a headline's end at most
STOPS = frozenset({".", "?", "!"})
HEADLINE = 9  # words of a speaker before a colon at most, with the time that may stand before


def phrases(clause: Clause, words: Lexicon) -> list[Found]:
    """The attributions of a sentence whose cue is not a verb of the lexicon."""
    found: list[Found] = []
    for at in range(clause.last):
        if clause.quoted[at] >= 0:
            continue
        made = _stance(clause, at, words) or _cue(clause, at, words)
        if made is not None:
            found.append(made)
    return found


def _cue(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """The attribution whose cue the word at ``at`` is or begins, by the list of the lexicon that holds it."""
    low = clause.lower[at]
    if low in words.nouns and clause.tags[at] in _NOUNS_OF_SAYING and group_at(clause, at) is None:
        return _noun(clause, at, words.nouns[low], words)
    if low in words.adjectives and at > 0:
        return _adjective(clause, at, words)
    if low in words.unsourced:
        return _adverb(clause, at, words)
    if low == "according" and at + 2 < len(clause.lower) and clause.lower[at + 1] == "to":
        return _according(clause, at, words)
    if not at and low in words.held_by:
        return _holder(clause, words)
    if low in words.viewed and clause.tags[at] in ("IN", "TO"):
        return _viewed(clause, at, words)
    if low == "as" and not at:
        return _as_reported(clause, words)
    if low == "per" and at + 1 < clause.last:
        return _per(clause, at, words)
    if low in words.putting and at > 0:
        return _put_at(clause, at, words)
    if at and (low == ":" or clause.words[at] in DASHES) and clause.words[-1] not in STOPS:
        ending = _ending(clause, at, words)
        if ending is not None:
            return ending
    return _colon(clause, at, words) if low == ":" and 0 < at <= HEADLINE else None


def _ending(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """A headline's speaker after its words: "County hid records: DHS", "Jail held man two days — lawsuit"."""
    last = len(clause.words)
    if not 1 <= last - at - 1 <= SPEAKER or noun_phrase_end(clause, at + 1, last) != last:
        return None
    speaks = clause.lower[last - 1] in words.speaking or (clause.words[last - 1].isupper() and last - at == 2)
    if not speaks or not any(group.end <= at and group.kind in ("finite", "pp") for group in clause.groups):
        return None
    return Found((at + 1, last), (at, at + 1), [(0, at)], True, at, "ending", clause.words[at])


def _noun(clause: Clause, at: int, noun: Noun, words: Lexicon) -> Found | None:
    """Nouns of saying: "the mayor's claim that …", "expressed concern about …"."""
    lower, tags, last = clause.lower, clause.tags, clause.last
    after = at + 1
    if after >= last:
        return None
    after += _parted(clause, at)
    nxt = lower[after]
    if nxt == "that" and "that" in noun.frames and _complement(clause, after):
        start, cue_end, how = after, after, "noun-that"
    elif nxt in _SPEAKERS_FOLLOW and "that" in noun.frames and (noun.speech or nxt == "among") and tags[after] == "IN":
        return _by_whom(clause, at, noun, words)
    elif nxt == "to" and tags[after] == "TO" and "inf" in noun.frames:
        start, cue_end, how = after, after, "noun-inf"
    elif nxt in noun.frames and tags[after] in ("IN", "TO"):
        start, cue_end, how = after + 1, after + 1, "noun-prep"
    else:
        return None
    owner = _owner(clause, at, how, words)
    if owner is None:
        return None
    source, cue_start = owner
    end = contents.end_of(clause, start, None, words, how != "noun-that")
    if how == "noun-that" and not any(group.kind == "finite" and group.start < at for group in clause.groups):
        end = contents.before_main_verb(clause, start, end, words)
    if clause.words[after - 1] in (",", *DASHES) and clause.words[after - 1] in clause.words[start:end]:
        end = clause.words.index(clause.words[after - 1], start, end)  # the charge, that the jail hid a man, | is old
    if end <= start:
        return None
    return Found(source, (cue_start, cue_end), [(start, end)], noun.speech, at, how, noun.lemma)


def _owner(clause: Clause, at: int, how: str, words: Lexicon) -> tuple[Pair | None, int] | None:
    """Whose saying a noun is, and where its cue begins; None where the noun tells none: "the mayor's claim that"."""
    tags = clause.tags
    begin = at
    while begin > 0 and tags[begin - 1] in ("JJ", "N", "NP", "RB", "CD") and group_at(clause, begin - 1) is None:
        begin -= 1
    if begin > 0 and tags[begin - 1] == "PRP$":
        return (begin - 1, begin), at
    if tags[begin] == "POS" or (begin > 0 and tags[begin - 1] == "POS"):
        mark = begin if tags[begin] == "POS" else begin - 1
        return ((noun_phrase_start(clause, mark - 1), mark + 1) if mark > 0 else None), at
    place = begin - 1 if begin > 0 and tags[begin - 1] == "DT" else begin
    group = group_at(clause, place - 1) if place > 0 else None
    if group is not None and words.lemmas.get(clause.lower[group.head]) in words.light_verbs:
        return sources.subject(clause, group), group.start
    if how != "noun-that":
        return None
    active = group is not None and group.kind != "pp" and not group.passive
    return (sources.subject(clause, group) if group is not None and active else None), at


def _parted(clause: Clause, at: int) -> bool:
    """Whether a mark parts a noun of saying from its clause: "the state's position — | that counties must"."""
    if clause.words[at + 1] not in (",", *DASHES) or clause.lower[at + 2 : at + 3] != ["that"]:
        return False
    owned = at > 0 and clause.tags[at - 1] in _OWNING
    return owned or (clause.tags[at + 2] == "IN" and clause_follows(clause, at + 3, clause.last))


def _complement(clause: Clause, at: int) -> bool:
    """Whether the "that" after a noun of saying begins what is said."""
    if clause.tags[at] == "IN" or clause_follows(clause, at + 1, clause.last):
        return True
    return clause.tags[at + 1 : at + 2] in (["NP"], ["DT"], ["PRP"])


def _by_whom(clause: Clause, at: int, noun: Noun, words: Lexicon) -> Found | None:
    """A noun with its speaker after it: "a claim by the department | that it obstructs agents"."""
    end = noun_phrase_end(clause, at + 2, clause.last)
    if clause.lower[at + 2] in grammar().quantifiers:
        end = max(end, noun_phrase_end(clause, at + 4, clause.last))  # some in town
    if end == at + 2 or clause.lower[end : end + 1] != ["that"]:
        return None
    stop = contents.end_of(clause, end, None, words)
    return Found((at + 2, end), (at, at + 2), [(end, stop)], noun.speech, at, "noun-that", noun.lemma)


def _adjective(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """Adjectives of thought: "is confident that …", "were worried about …"."""
    lower, tags, last = clause.lower, clause.tags, clause.last
    before = at - 1
    while before > 0 and tags[before] == "RB" and group_at(clause, before) is None:
        before -= 1
    group = group_at(clause, at) or group_at(clause, before)
    if group is None or group.kind == "pp" or at + 1 >= last:
        return None
    if not any(
        lower[place] in words.grammar.be or lower[place] in words.copulas for place in range(group.start, group.end)
    ):
        return None
    after = at + 1
    if lower[after] == "that" or clause_follows(clause, after, last):
        start, cue_end, how = after, after, "adjective-that"
    elif lower[after] == "to" and tags[after] == "TO":
        start, cue_end, how = after, after, "adjective-inf"
    elif lower[after] in words.adjective_prepositions and tags[after] in ("IN", "TO"):
        start, cue_end, how = after + 1, after + 1, "adjective-prep"
    else:
        return None
    source = sources.subject(clause, group)
    if source is None or lower[source[0]] in ("it", "that", "this", "which"):
        return None
    end = contents.end_of(clause, start, group, words, how != "adjective-that")
    if end <= start:
        return None
    return Found(source, (group.start, cue_end), [(start, end)], False, at, how, lower[at])


def _adverb(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """Adverbs that give a content without a source: "reportedly"."""
    group = group_at(clause, at) or group_at(clause, at + 1)
    start = 0
    for place in range(at - 1, -1, -1):
        if (
            clause.words[place] in (",", ";", ":")
            or clause.words[place] in DASHES
            or clause.tags[place] in ("CC", "WP")
        ):
            start = place + (clause.tags[place] != "WP")
            break
    pieces = [(start, at)] if at > start else []
    follow = at + 1 + (at + 1 < clause.last and clause.words[at + 1] == ",")
    end = contents.end_of(clause, follow, group, words) if follow < clause.last else follow
    if end > follow:
        pieces.append((follow, end))
    if not pieces or (group is None and not clause_follows(clause, follow, clause.last)):
        return None
    return Found(None, (at, at + 1), pieces, True, at, "adverb", clause.lower[at])


def _according(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """Sources after "according to", before or after the content."""
    last = clause.last
    end = sources.inverted(clause, at + 2)
    if end == at + 2 and clause.lower[end] in grammar().quantifiers:
        end += 1  # according to both
    if end == at + 2:
        return None
    end = end if at else _without_clause(clause, at + 2, end)
    pieces = []
    content = contents.before(clause, at) if at else None
    if content is not None:
        pieces.append(content)
        after = end if clause.words[end - 1] == "," else end + 1
        if after < last and clause.words[after - 1] == "," and contents.resumes(clause, content, after):
            pieces.append((after, last))
    elif end < last:
        start = end + 1 if clause.words[end] == "," else end
        pieces.append((start, contents.end_of(clause, start, None, words)))
    if not pieces:
        return None
    quote = clause.quoted[pieces[0][1] - 1] if content is not None else -1
    return Found((at + 2, end), (at, at + 2), pieces, True, at, "according", "according", quote=quote)


def _without_clause(clause: Clause, first: int, end: int) -> int:
    """Where a source that opens its sentence ends, without what was taken for its apposition and is the content.

    An apposition ends with a comma and does nothing: not "court documents, the two men tried to post bond".
    """
    comma = next((place for place in range(first + 1, end - 1) if clause.words[place] == ","), end)
    told = clause.tags[comma + 1 : end]
    acts = "TO" in told and not {"WP", "VBG"} & set(told) and clause.tags[end + 1 : end + 2] == ["CC"]
    return comma if acts or "," not in clause.words[end - 1 : end + 1] else end


def _holder(clause: Clause, words: Lexicon) -> Found | None:
    """Whose view a sentence gives that begins with "to" or "for" them: "To critics, the program costs too much"."""
    end = sources.inverted(clause, 1)
    last = noun_phrase_end(clause, 1, end)
    close = end - 1 if clause.words[end - 1] == "," else end
    if last == 1 or clause.words[close : close + 1] != [","] or not clause_follows(clause, close + 1, clause.last):
        return None
    named = clause.lower[0] == "to" and clause.tags[1:3] == ["NP", "NP"]
    person = named and clause.lower[last + 1 : last + 2] == ["who"]
    if not person and words.held_by[clause.lower[0]].isdisjoint(clause.lower[1:last]):
        return None
    content = (close + 1, contents.end_of(clause, close + 1, None, words))
    return Found((1, close), (0, 1), [content], False, 0, "according", clause.lower[0])


def _viewed(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """Whose view or figure it is: "in the mayor's words", "in the eyes of the department", "by the sheriff's count"."""
    end = noun_phrase_end(clause, at + 1, clause.last)
    nouns = words.viewed[clause.lower[at]]
    noun = next((place for place in range(at + 1, end) if clause.lower[place] in nouns), None)
    if noun is None:
        return None
    if any(clause.tags[place] in ("POS", "PRP$") for place in range(at + 1, noun)):
        source, cue, end = (at + 1, noun + 1), (at, at + 1), noun + 1
    elif clause.lower[noun + 1 : noun + 2] == ["of"]:
        source, cue = (noun + 2, end), (at, noun + 2)
    else:
        return None
    if source[1] <= source[0]:
        return None
    if clause.lower[end : end + 1] == ["that"] and at:
        return Found(source, cue, [(end, contents.end_of(clause, end, None, words))], False, at, "noun-that", "mind")
    opens = at == 0 or (clause.words[at - 1] in (",", *DASHES, ";") and clause.words[end : end + 1] != [","])
    if at and not opens and end < clause.last and clause.words[end] not in (",", ";", *DASHES):
        return None
    return _beside(clause, at, end, source, cue, words)


def _as_reported(clause: Clause, words: Lexicon) -> Found | None:
    """The source of "As first reported by the Gazette, …"."""
    at = 1 + (clause.tags[1:2] == ["RB"] or clause.lower[1:2] == ["first"])
    verb = words.verbs.get(clause.lower[at]) if at + 2 < clause.last else None
    source = sources.agent(clause, at + 1) if verb is not None and "paren" in verb.frames else None
    if source is None or clause.words[source[1] : source[1] + 1] != [","]:
        return None
    start = source[1] + 1
    content = (start, contents.end_of(clause, start, None, words))
    return Found(source, (0, at + 2), [content], True, 0, "according", clause.lower[at])


def _per(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """Sources after "per": "…, per ICE"; not rates: "$100 per person"."""
    if at and clause.words[at - 1] not in (",", "("):
        return None
    end = noun_phrase_end(clause, at + 1, clause.last)
    if end == at + 1 or clause.tags[at + 1] not in ("NP", "DT", "PRP$"):
        return None
    begin = at - 1 if at and clause.words[at - 1] == "(" else at
    return _beside(clause, begin, end, (at + 1, end), (at, at + 1), words)


def _beside(clause: Clause, at: int, end: int, source: Pair, cue: Pair, words: Lexicon) -> Found | None:
    """The attribution whose content stands before the phrase from ``at`` to ``end``, or follows it."""
    content = contents.before(clause, at) if at else None
    if content is None:
        start = end + (clause.words[end : end + 1] == [","])
        if start >= clause.last:
            return None
        content = (start, contents.end_of(clause, start, None, words))
    pieces = [content]
    closes = clause.words[end : end + 1] in ([","], [")"])
    if content[1] <= at and closes and end + 1 < clause.last and contents.clause_or_verb(clause, end + 1):
        pieces.append((end + 1, contents.end_of(clause, end + 1, None, words)))
    return Found(source, cue, pieces, True, cue[0], "according", clause.lower[cue[0]])


def _stance(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """A stance that a clause spells out: "the sheriff's position is that …"."""
    group = group_at(clause, at + 1) if at and clause.lower[at] in words.stances else None
    if group is None or group.kind != "finite" or clause.lower[group.head] not in words.grammar.be:
        return None
    start = noun_phrase_start(clause, at)
    owner = next((place for place in range(at - 1, start - 1, -1) if clause.tags[place] in ("POS", "PRP$")), None)
    if owner is None or clause.lower[group.end : group.end + 1] != ["that"]:
        return None
    end = contents.end_of(clause, group.end, group, words)
    return Found((start, owner + 1), (at, group.end), [(group.end, end)], True, at, "noun-that", clause.lower[at])


def _put_at(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """Whose figure it is: "the police put the crowd at 2,200"."""
    group = group_at(clause, at)
    if group is None or group.passive or group.kind != "finite" or group.head != at:
        return None
    end = contents.end_of(clause, group.end, group, words)
    where = clause.lower.index("at", group.end, end) if "at" in clause.lower[group.end + 1 : end] else end
    source = sources.subject(clause, group)
    if source is None or "CD" not in clause.tags[where:end]:
        return None
    return Found(source, (group.start, group.end), [(group.end, end)], True, at, "figure", "put")


def _colon(clause: Clause, at: int, words: Lexicon) -> Found | None:
    """A headline's or transcript's speaker: "Mayor: city will not comply"; not a label like "Fact check:"."""
    first = _after_scene(clause, at)
    if " ".join(clause.lower[first:at]) in words.labels or any(word[0].isdigit() for word in clause.words[first:at]):
        return None
    if noun_phrase_end(clause, first, at) != at or any(clause.quoted[place] >= 0 for place in range(at)):
        return None
    start = at + 1
    if start >= clause.last or clause.lower[at - 1] in grammar().times:
        return None
    if not first and clause.tags[0] in ("CD", "DT"):
        return None
    quote = clause.quoted[start]
    verbal = any(group.start >= start and group.kind == "finite" for group in clause.groups)
    turn = all(word.isupper() for word in clause.words[:at] if word[0].isalpha())
    if (
        quote < 0
        and not turn
        and not (verbal and clause.tags[start] in (*STARTS, "WRB", "MD", "IN", "VB", "VBG", "VBP"))
    ):
        return None
    return Found((first, at), (at, at + 1), [(start, clause.last)], True, at, "headline", ":", quote=quote)


def _after_scene(clause: Clause, at: int) -> int:
    """Where the speaker begins before the colon at ``at``, after time and place: "7 p.m. From the floor, | a man:"."""
    place = next((dash + 1 for dash in range(at - 1, 0, -1) if clause.words[dash] in DASHES), 0)
    while place < at and (clause.words[place][0].isdigit() or clause.lower[place] in ("a.m.", "p.m.", "—", "–", "-")):
        place += 1
    if clause.tags[place] == "IN" and "," in clause.words[place:at]:
        place = at - clause.words[place:at][::-1].index(",")
    return place if place < at else 0
