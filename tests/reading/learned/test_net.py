"""The network that reads sentences in order: whole numbers, the same whatever is read together."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.reading.learned.net import ABSENT, LONGEST, UNIT, Net, Ordered, net

WORDS = ["w:county", "w:sign", "w:pact"]
MARKS = ["r:agreement.signs"]
WIDE = 2


def filed(seed: int = 1) -> dict[str, Any]:
    """A network of two numbers for each item, as a file holds it."""
    some = np.random.default_rng(seed)

    def array(*shape: int, kind: str = "<i2", times: int = 1) -> list[Any]:
        numbers = some.integers(-100, 100, shape).astype(kind)
        return [kind, times, list(shape), b64encode(numbers.tobytes()).decode()]

    arrays = {
        "embedded": array(len(WORDS), WIDE, kind="|i1", times=4),
        "marked": array(len(MARKS), WIDE, kind="|i1", times=4),
    }
    sizes = {"layer 0": (3 * WIDE, WIDE), "layer 1": (3 * WIDE, WIDE), "heads": (WIDE, 2), "mix": (4 * WIDE, WIDE)}
    for name, (wide, out) in {**sizes, "out": (WIDE, 2)}.items():
        arrays |= {f"{name}.weights": array(wide, out), f"{name}.bias": array(out)}
    return {"classes": ["agreement", "policy"], "items": WORDS, "marks": MARKS, "reaches": [1, 2], "arrays": arrays}


def sentence(*words: str, marks: tuple[str, ...] = ()) -> Ordered:
    return Ordered([[word] for word in words], marks)


def zero(found: Net) -> Net:
    """The same network with nothing in it but the biases of what it tells."""
    layers = (found.layers[0]._replace(weights=found.layers[0].weights * 0, bias=found.layers[0].bias * 0),)
    heads = found.heads._replace(weights=found.heads.weights * 0)
    out = found.out._replace(weights=found.out.weights * 0)
    return Net(found.classes, found.items, found.marks, found.embedded, found.marked, layers, heads, found.mix, out)


sentences = st.lists(
    st.builds(
        lambda words, marks: sentence(*words, marks=tuple(marks)),
        st.lists(st.sampled_from([*WORDS, "w:unknown"]), max_size=6),
        st.lists(st.sampled_from([*MARKS, "r:unknown"]), max_size=1),
    ),
    max_size=9,
)


@given(page=sentences, more=sentences)
@settings(max_examples=50)
def test_a_sentence_tells_the_same_whatever_comes_after_it(page: list[Ordered], more: list[Ordered]) -> None:
    found = net(filed())
    alone, longer = list(found.totals(page)), list(found.totals([*page, *more * 20]))
    assert longer[: len(page)] == alone
    assert all(isinstance(one, int) for totals in alone for one in totals)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_and_neighbours_tell(seed: int) -> None:
    found = net(filed(seed))
    one, other = sentence("w:county", "w:sign", "w:pact"), sentence("w:pact", "w:county", "w:sign")
    assert list(found.totals([one])) != list(found.totals([other]))
    assert list(found.totals([one, other]))[1:] != list(found.totals([other]))


def test_what_no_text_taught_says_nothing() -> None:
    found = net(filed())
    unknown, unheard = sentence("w:unknown", marks=("r:unknown",)), sentence("w:unheard")
    assert list(found.totals([unknown])) == list(found.totals([unheard]))


def test_a_sentence_without_items_has_no_head() -> None:
    found = zero(net(filed()))
    rest = found.out.bias.astype(int).tolist()
    assert list(found.totals([sentence()])) == [[one + ABSENT * UNIT for one in rest]]
    heads = found.heads.bias.astype(int).tolist()
    assert list(found.totals([sentence("w:sign")])) == [[a + b for a, b in zip(rest, heads, strict=True)]]


def test_what_stands_beyond_the_longest_sentence_is_not_looked_at() -> None:
    found = net(filed())
    long = ["w:sign"] * LONGEST
    assert list(found.totals([sentence(*long)])) == list(found.totals([sentence(*long, "w:pact", "w:county")]))


def test_a_page_without_sentences_has_none() -> None:
    assert list(net(filed()).totals([])) == []
