"""Measures whose words the reader hears: ``python -m tests.quality.voices [--show] [--held-out] [NAME]``.

The passages of ``tests/golden/voices`` mark the heads of acts with «guillemets»; a line a head below says whose words
they are, in their order: ``own``, ``uncertain`` or a source (the outermost, as printed where it is named), several with
a bar between them where a careful reader may say either. No topic is asked: a head is heard whatever it tells. ``NAME``
measures the files whose names begin so. ``--held-out`` measures the passages set aside, of which nothing is shown.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.model import Pair
from comity.reading import attribution, quotations
from comity.reading.sentences import split
from comity.reading.voice import hear

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "voices"
HELD_OUT = FOLDER / "held-out"
_MARK = re.compile("[«»]")


@dataclass(frozen=True)
class Passage:
    """A passage: where it is written, its text, its heads and whose words each is in."""

    where: str
    text: str
    heads: tuple[Pair, ...]
    told: tuple[str, ...]


def passages(folder: Path = FOLDER, name: str = "") -> Iterator[Passage]:
    """The passages of a folder, in the order of files and lines."""
    for path in sorted(folder.glob(f"{name}*.txt")):
        lines: list[str] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), "", "end"]:
            if lines and lines[-1].startswith("> ") and not line.startswith("> "):
                yield _passage(path.name, lines)
                lines = []
            if line or lines:
                lines.append(line)


def _passage(where: str, lines: list[str]) -> Passage:
    told = tuple(line[2:] for line in lines if line.startswith("> "))
    marked = "\n".join(line for line in lines if not line.startswith("> "))
    at = [mark.start() - number for number, mark in enumerate(_MARK.finditer(marked))]
    heads = tuple(zip(at[::2], at[1::2], strict=True))
    if len(heads) != len(told):
        raise ValueError(f"{where}: as many lines as heads, please: {marked}")
    return Passage(where, _MARK.sub("", marked), heads, told)


def voices(passage: Passage) -> Iterator[str]:
    """Whose words each head is heard in: ``own``, ``uncertain`` or the outermost source."""
    text, sentences = passage.text, split(passage.text)
    mentions, quotes = attribution.find(text), quotations.find(text)
    for head in passage.heads:
        sentence = next(span for span in sentences if span[0] <= head[0] < span[1])
        heard = hear(text, mentions, quotes, head, sentence)
        yield heard.voice if heard.voice != "attributed" else heard.attribution[0].source or "nobody"


def fits(found: str, told: str) -> bool:
    """Whether a voice is one of those that the line allows: the same source if one has the words of the other."""
    return any(_same(_bare(found), _bare(one)) for one in told.split("|"))


def _same(found: str, told: str) -> bool:
    plain = {"own", "uncertain"}
    return found == told if plain & {found, told} else found in told or told in found


def _bare(source: str) -> str:
    return source.casefold().removeprefix("the ").strip(" ,")


def measure(folder: Path = FOLDER, name: str = "", show: bool = False) -> Counter[str]:
    """Counts of heads: all, right, and how the rest went wrong."""
    counts: Counter[str] = Counter()
    for passage in passages(folder, name):
        faults = []
        for found, told, head in zip(voices(passage), passage.told, passage.heads, strict=True):
            claim = "own" not in told.split("|")
            counts.update(all=1, claims=claim, uncertain=found == "uncertain")
            if fits(found, told):
                counts["right"] += 1
                continue
            counts.update(own_wrongly=claim and found == "own", wrong_mouth=found not in ("own", "uncertain"))
            faults.append(f"  «{passage.text[slice(*head)]}» {found} for {told}")
        if show and faults:
            print(f"\n{passage.where}: {passage.text}", *faults, sep="\n")
    return counts


def figures() -> dict[str, float]:
    """The figures for the table of all, in per cent."""
    found: dict[str, float] = {}
    for prefix, folder in (("voices", FOLDER), ("voices.held_out", HELD_OUT)):
        counts = measure(folder)
        found |= {
            f"{prefix}.right": 100 * counts["right"] / counts["all"],
            f"{prefix}.own_voice_wrongly": 100 * counts["own_wrongly"] / counts["claims"],
            f"{prefix}.uncertain": 100 * counts["uncertain"] / counts["all"],
        }
    return found


def main(arguments: list[str]) -> None:
    """Prints the figures."""
    names = [item for item in arguments if not item.startswith("--")]
    held_out = "--held-out" in arguments
    folder = HELD_OUT if held_out else FOLDER
    counts = measure(folder, names[0] if names else "", show="--show" in arguments and not held_out)
    print(
        f"\nheads {counts['all']}, right {100 * counts['right'] / counts['all']:.1f} %"
        f"; claims {counts['claims']}, of these wrongly the outlet's own {counts['own_wrongly']}"
        f"; uncertain {counts['uncertain']}; in a wrong mouth {counts['wrong_mouth']}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
