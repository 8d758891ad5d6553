"""What stands under a sentence, as markup: foreign text stays text, days stay whole."""

from __future__ import annotations

import pytest

from comity.interfaces.web.evidence import facts, sentence, unbroken, words
from comity.model import Attribution
from tests.register.samples import document, statement


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Signed since 2025-05-28.", 'Signed since <span class="nowrap">2025-05-28</span>.'),
        ("Signed since 2025-05.", 'Signed since <span class="nowrap">2025-05</span>.'),
        ("Order 14287, since 2017.", "Order 14287, since 2017."),
        ("“<b>2025-05-28</b>”", '“&lt;b&gt;<span class="nowrap">2025-05-28</span>&lt;/b&gt;”'),
    ],
)
def test_days_of_a_line_are_not_broken(line: str, shown: str) -> None:
    assert unbroken(line) == shown


def test_markup_in_a_sentence_its_source_and_its_publisher_is_shown_and_not_obeyed() -> None:
    text = "The <i>clerk</i> said Toledo signed."
    link = Attribution("The <i>clerk</i>", True, "said", False)
    told = statement(document(text), text, voice="attributed", attribution=(link,))
    marked = '<span class="source">The &lt;i&gt;clerk&lt;/i&gt;</span> <span class="cue">said</span> Toledo signed.'
    assert sentence(told) == marked
    assert words(told) == f"<blockquote><p><bdi>“{marked}”</bdi></p></blockquote>"
    under = facts(told, "<script>", False, "2025-05-28T00:00:00Z", 1, None)
    assert "<script>" not in under and "<i>" not in under
