"""Trains the part-of-speech tagger of the attribution reader on GUM, and writes its weights and figures.

    python scripts/train_tagger.py ../shared/data/gum

An averaged perceptron (Collins 2002), greedy from left to right, over the news, interviews, academic and court texts
of GUM; the biographies (CC BY-SA) are left out. Verb forms of ``data/language/verbs.yml`` and ``attribution.yml`` widen
what a word may be. The weights are whole numbers, sorted and packed without a time stamp: the same corpus gives the
same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.reading.attribution.lexicon import forms
from comity.reading.attribution.words import STARTERS, Tagger, contextual, lexical, ready, start, tag, tokens
from comity.vocabulary import language

TARGET = Path(__file__).resolve().parents[1] / "src/comity/data/models/tagger.json.gz"
EPOCHS = 8
SEEDS = (7, 11, 13, 17)  # orders of the corpus whose weights are averaged
SCALE = 20  # weights are kept as twentieths; those below a tenth are dropped
LEFT_OUT = "_bio_"  # CC BY-SA 3.0
HELD_OUT = 6  # every sixth document, for the figures
MERGED = {
    "NN": "N",
    "NNS": "N",
    "NNP": "NP",
    "NNPS": "NP",
    "JJR": "JJ",
    "JJS": "JJ",
    "RBR": "RB",
    "RBS": "RB",
    "WDT": "WP",
    "PDT": "DT",
    "AFX": "JJ",
    "WP$": "WP",
    "GW": "N",
    "HYPH": "-",
    "FW": "NP",
    "LS": "CD",
    "``": "NP",
}
CLOSED = frozenset({"DT", "IN", "PRP", "PRP$", "MD", "CC", "TO", "WP", "WRB", "EX", "POS"})
OPEN = ("N", "NP", "JJ", "RB", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "CD", "UH")
ORDER = ("N", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "JJ")
Sentence = tuple[list[str], list[str], list[str]]
Weights = defaultdict[str, defaultdict[int, float]]


def sentences(path: Path) -> Iterator[Sentence]:
    """Words, lower-case words and tags of a CoNLL-U file; a token of ours takes the tag of its last part."""
    text, rows = "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# text = "):
            text = line[9:]
        elif line and not line.startswith("#"):
            fields = line.split("\t")
            if fields[0].isdigit():
                rows.append((fields[1], fields[4]))
        elif not line and rows:
            made = _aligned(text, rows)
            if made is not None:
                yield made
            rows = []


def _aligned(text: str, rows: list[tuple[str, str]]) -> Sentence | None:
    spans, place = [], 0
    for form, name in rows:
        at = text.find(form, place)
        if at < 0:
            return None
        place = at + len(form)
        spans.append((at, place, name))
    found = tokens(text)
    tags = []
    for word, begin, end in zip(found.words, found.starts, found.ends, strict=True):
        inside = [name for a, b, name in spans if a < end and b > begin]
        if not inside:
            return None
        name = MERGED.get(inside[-1], inside[-1])
        if "HYPH" in inside and name[0] not in "NJVR":
            name = "JJ"
        lower = _MARK.get(word, word)
        if not lower[0].isalnum() and not (lower[0] == "$" and len(lower) > 1) and name != "POS" and not _clitic(word):
            name = lower[0]
        tags.append(name)
    return found.words, found.lower, tags


_MARK = dict.fromkeys(("“", "”", "''", "``"), '"')


def _clitic(word: str) -> bool:
    return len(word) > 1 and word[0] in "'’" and word != "''"


def dictionary(corpus: Iterable[Sentence], index: dict[str, int]) -> dict[str, list[int]]:
    """The tags that a word can have, the commonest first, for words seen often enough and for verbs of the lexicons."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, lower, tags in corpus:
        for word, name in zip(lower, tags, strict=True):
            counts[word][name] += 1
    known: dict[str, list[int]] = {}
    for word, seen in counts.items():
        if not word[0].isalnum() and not word.startswith("'"):
            continue
        total, top = sum(seen.values()), seen.most_common()
        first = top[0][0]
        if not ((first in CLOSED and total >= 2) or total >= 6):
            continue
        can = [name for name, count in top if count >= max(1.01, 0.02 * total) or count == top[0][1]]
        if total < 40 and first not in CLOSED:
            more = set(can)
            if more & {"N", "VB", "VBP"} and total < 15:
                more |= {"N", "VB", "VBP"}
            if more & {"VBD", "VBN"}:
                more |= {"VBD", "VBN"}
            can = sorted(more, key=lambda name: (-seen[name], name))
        known[word] = [index[name] for name in can]
    for word, names in _verb_forms().items():
        if word not in known:
            known[word] = [index[name] for name in ORDER if name in names | set(counts.get(word, ()))]
        elif sum(counts[word].values()) < 30:
            verbal = [name for name in ORDER if name in names and name[0] == "V" and name != "VBG"]
            known[word] += [index[name] for name in verbal if index[name] not in known[word]]
    return known


def _verb_forms() -> dict[str, set[str]]:
    verbs, cues = language("verbs"), language("attribution")
    double = {*verbs["double"], *cues["double"]}
    nouns = {*cues["nouns"]["speech"], *cues["nouns"]["thought"], *verbs["both"], *verbs["irregular-nouns"]}
    found: dict[str, set[str]] = defaultdict(set)
    shapes = [tuple(line.split()) for line in verbs["irregular"].splitlines() if line.strip()]
    lemmas = [*verbs["verbs"], *verbs["both"], *(lemma for group in cues["verbs"] for lemma in group["lemmas"])]
    shapes += [(lemma, *(cues["irregular"].get(lemma) or forms(lemma, lemma in double))) for lemma in lemmas]
    for shape in shapes:
        for form, names in zip(shape, (("VB", "VBP"), ("VBZ",), ("VBD",), ("VBN",), ("VBG",)), strict=True):
            found[form] |= set(names)
            if names[0] in ("VB", "VBZ") and shape[0] in nouns:
                found[form].add("N")
            if names[0] == "VBN" and form.endswith("ed"):
                found[form].add("JJ")
            if names[0] == "VBG":
                found[form].add("N")
    return found


def train(corpus: list[Sentence]) -> Tagger:
    """The averaged weights of ``EPOCHS`` passes over the corpus, as whole numbers."""
    names = sorted({name for _, _, tags in corpus for name in tags})
    index = {name: place for place, name in enumerate(names)}
    known = dictionary(corpus, index)
    bare = Tagger(known, names, {}, [index[name] for name in OPEN])
    sums: Weights = defaultdict(lambda: defaultdict(float))
    for seed in SEEDS:
        _learn(corpus, bare, index, seed, sums)
    votes = {}
    for feature, row in sums.items():
        kept = [(name, round(mean * SCALE / len(SEEDS))) for name, mean in sorted(row.items())]
        kept = [(name, weight) for name, weight in kept if abs(weight) >= 2]
        if kept:
            votes[feature] = kept
    return Tagger(known, names, votes, bare.open_tags)


def _learn(corpus: list[Sentence], bare: Tagger, index: dict[str, int], seed: int, sums: Weights) -> None:
    """Adds the averaged weights of one order of the corpus to ``sums``."""
    weights: Weights = defaultdict(lambda: defaultdict(float))
    totals: Weights = defaultdict(lambda: defaultdict(float))
    stamps: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    step = 0
    shuffle = random.Random(seed)
    order = list(range(len(corpus)))
    for _ in range(EPOCHS):
        shuffle.shuffle(order)
        for place in order:
            words, lower, tags = corpus[place]
            previous = before = "^"
            for at, low in enumerate(lower):
                begun = start(bare, words[at], low, at == 0, at > 0 and lower[at - 1] not in STARTERS)
                if isinstance(begun, str):
                    before, previous = previous, begun
                    continue
                step += 1
                beside = lower[at - 1] if at else "^", lower[at + 1] if at + 1 < len(lower) else "$"
                seen = lexical(words[at], low, at == 0) + contextual(low, previous, before, *beside)
                best = max(begun, key=lambda name: sum(weights[f][name] for f in seen if f in weights))
                gold = index[tags[at]]
                if best != gold and gold in begun:
                    for feature in seen:
                        for name, change in ((gold, 1.0), (best, -1.0)):
                            totals[feature][name] += (step - stamps[feature][name]) * weights[feature][name]
                            stamps[feature][name] = step
                            weights[feature][name] += change
                before, previous = previous, bare.tags[best]
    for feature, row in weights.items():
        for name, weight in row.items():
            sums[feature][name] += (totals[feature][name] + (step - stamps[feature][name]) * weight) / step


def accuracy(model: Tagger, corpus: Iterable[Sentence]) -> float:
    """Share of words, marks aside, that get their gold tag."""
    right = total = 0
    made = ready(model)
    for words, lower, tags in corpus:
        for mine, gold in zip(tag(words, lower, made), tags, strict=True):
            if gold[0].isalpha():
                total += 1
                right += mine == gold
    return right / total


def packed(model: Tagger) -> bytes:
    """The model as bytes that are the same whenever the model is."""
    votes = {feature: [x for pair in pairs for x in pair] for feature, pairs in model.votes.items()}
    data = {"known": model.known, "tags": model.tags, "open": model.open_tags, "votes": votes}
    return gzip.compress(json.dumps(data, separators=(",", ":"), sort_keys=True).encode(), 9, mtime=0)


def main() -> None:
    """Trains on the held-in documents for the figure, then on all for the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gum", type=Path, help="the folder of GUM, with dep/")
    parser.add_argument("--out", type=Path, default=TARGET)
    given = parser.parse_args()
    paths = [path for path in sorted((given.gum / "dep").glob("*.conllu")) if LEFT_OUT not in path.name]
    held = paths[::HELD_OUT]
    model = train([s for path in paths if path not in held for s in sentences(path)])
    share = accuracy(model, (s for path in held for s in sentences(path)))
    print(f"held-out accuracy {share:.4f} on {len(held)} documents")
    data = packed(train([s for path in paths for s in sentences(path)]))
    given.out.write_bytes(data)
    print(f"{given.out}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}, {len(paths)} documents")


if __name__ == "__main__":
    main()
