"""Measures the attribution extractor on a corpus in brat standoff (PolNeAR): text in, spans out.

    python -m tests.quality.attribution ../shared/data/polnear/dev

Definitions (docs/attribution.md says why):

* A token is a word, with its clitics apart, or one mark of punctuation. A span is the set of the tokens it touches.
* token P, R, F1: micro-averaged over (token, role) labels, role being source, cue or content; linking ignored.
* exact P, R, F1: micro-averaged over distinct (role, set of tokens) of a story. A span in several pieces is one span.
* right source: of all (gold content token, attribution) pairs, the share whose token lies in the content of a found
  attribution whose source shares a word with the gold source (or both are empty).
* A story that several people marked counts once, with the first by the annotator's id.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.model import AttributionMention, Pair
from comity.reading.attribution import find

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(
    r"[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*|(?:[^\W\d_]\.){2,}|\w+(?:-\w+)*|''|``|[^\w\s]",
    re.IGNORECASE,
)
_NOISE = frozenset({"the", "a", "an", "of", "and", "'s", "’s", "in", "for", "to", "who"})


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution of the corpus."""

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    content: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one corpus, in per cent."""

    stories: int
    token: tuple[float, float, float]
    exact: tuple[float, float, float]
    token_of: dict[str, tuple[float, float, float]]
    exact_of: dict[str, tuple[float, float, float]]
    right_source: float
    right_source_exact: float
    content_found: float


def stories(folder: Path) -> Iterator[tuple[str, str, list[Gold]]]:
    """Name, text and gold attributions of each story of a brat folder."""
    seen = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        if name in seen:
            continue
        seen.add(name)
        text = (folder / "text" / f"{name}.txt").read_text(encoding="utf-8")
        yield name, text, gold(path)


def gold(path: Path) -> list[Gold]:
    """The attributions of one brat file."""
    spans: dict[str, tuple[Pair, ...]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) > 1 and fields[0].startswith("T"):
            kind, _, places = fields[1].partition(" ")
            if kind in ("Source", "Cue", "Content"):
                spans[fields[0]] = tuple((int(a), int(b)) for a, b in (p.split() for p in places.split(";")))
        elif len(fields) > 1 and fields[0].startswith("E"):
            parts: dict[str, list[Pair]] = {role: [] for role in ROLES}
            for argument in fields[1].split():
                role, _, ref = argument.partition(":")
                role = role.rstrip("0123456789").lower()
                if role in parts and ref in spans:
                    parts[role].extend(spans[ref])
            if any(parts.values()):
                found.append(Gold(*(tuple(sorted(parts[role])) for role in ROLES)))
    return found


class Tokens:
    """The tokens of a text, and which of them a span touches."""

    def __init__(self, text: str) -> None:
        self.spans = [m.span() for m in _TOKEN.finditer(text)]
        self.words = [text[a:b] for a, b in self.spans]
        self.at: dict[int, int] = {}
        for index, (a, b) in enumerate(self.spans):
            for place in range(a, b):
                self.at[place] = index

    def of(self, pairs: tuple[Pair, ...]) -> frozenset[int]:
        """Indexes of the tokens that the spans touch."""
        at = self.at
        return frozenset(at[place] for a, b in pairs for place in range(a, b) if place in at)


def measure(folder: Path, extract: Callable[[str], tuple[AttributionMention, ...]] = find, limit: int = 0) -> Scores:
    """Scores of ``extract`` on a brat folder."""
    token: Counter[tuple[str, str]] = Counter()
    exact: Counter[tuple[str, str]] = Counter()
    total = found = right = right_exact = count = 0
    for number, (_, text, golds) in enumerate(stories(folder)):
        if limit and number >= limit:
            break
        count += 1
        tokens = Tokens(text)
        gold_sets = [{role: tokens.of(getattr(g, role)) for role in ROLES} for g in golds]
        mine_sets = [{role: tokens.of(getattr(m, role)) for role in ROLES} for m in extract(text)]
        for role in ROLES:
            gold_tokens = {t for g in gold_sets for t in g[role]}
            mine_tokens = {t for m in mine_sets for t in m[role]}
            gold_spans = {g[role] for g in gold_sets if g[role]}
            mine_spans = {m[role] for m in mine_sets if m[role]}
            for counter, wanted, given in ((token, gold_tokens, mine_tokens), (exact, gold_spans, mine_spans)):
                counter[role, "both"] += len(wanted & given)
                counter[role, "gold"] += len(wanted)
                counter[role, "mine"] += len(given)
        content_tokens = {t for m in mine_sets for t in m["content"]}
        for g in gold_sets:
            heads = {t for t in g["source"] if tokens.words[t].lower() not in _NOISE and tokens.words[t][:1].isalnum()}
            heads = heads or set(g["source"])
            linked = [m for m in mine_sets if (heads & m["source"]) or not (g["source"] or m["source"])]
            lenient = {t for m in linked for t in m["content"]}
            strict = {t for m in mine_sets if m["source"] == g["source"] for t in m["content"]}
            total += len(g["content"])
            found += len(g["content"] & content_tokens)
            right += len(g["content"] & lenient)
            right_exact += len(g["content"] & strict)
    return Scores(
        count,
        _prf(token, ROLES),
        _prf(exact, ROLES),
        {role: _prf(token, (role,)) for role in ROLES},
        {role: _prf(exact, (role,)) for role in ROLES},
        100 * right / max(total, 1),
        100 * right_exact / max(total, 1),
        100 * found / max(total, 1),
    )


def _prf(counter: Counter[tuple[str, str]], roles: tuple[str, ...]) -> tuple[float, float, float]:
    both, gold_n, mine_n = (sum(counter[role, kind] for role in roles) for kind in ("both", "gold", "mine"))
    precision, recall = 100 * both / max(mine_n, 1), 100 * both / max(gold_n, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def table(scores: Scores) -> str:
    """The figures as lines to read."""
    lines = [f"{scores.stories} stories             P     R    F1"]
    for name, all_roles, each in (("token", scores.token, scores.token_of), ("exact", scores.exact, scores.exact_of)):
        lines.append(f"{name:6} all         " + " ".join(f"{x:5.1f}" for x in all_roles))
        lines += [f"       {role:10}  " + " ".join(f"{x:5.1f}" for x in each[role]) for role in ROLES]
    lines.append(f"content tokens found {scores.content_found:.1f}, with the right source {scores.right_source:.1f}")
    lines.append(f"(with exactly the gold source span {scores.right_source_exact:.1f})")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(Path(sys.argv[1]), limit=int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
