"""Plain words for values, firmness and voice, the same wherever an answer is shown; printed words are quoted."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model import Attribution, Statement, Value

__all__ = ["chain", "firmness", "quoted", "told", "voice", "wordings"]


def told(value: Value) -> str:
    """A slot's value as words; several are parted by semicolons."""
    return "; ".join(value) if isinstance(value, tuple) else str(value).replace("_", " ")


def quoted(value: Value) -> str:
    """A slot's printed words in quotation marks: whose words they are is the statement's affair, not ours."""
    return f"“{told(value)}”"


def wordings(statement: Statement) -> str:
    """All slots that a statement fills, as ``slot value, slot value``."""
    return ", ".join(f"{name.replace('_', ' ')} {told(value)}" for name, value in statement.value.items() if value)


def firmness(statement: Statement) -> tuple[str, ...]:
    """``negated``, ``planned`` …; empty for what is affirmed and actual."""
    return tuple(word for word in (statement.polarity, statement.modality) if word not in ("affirmed", "actual"))


def chain(links: Sequence[Attribution]) -> str:
    """The chain of sources, outermost first, as printed."""
    return ", citing ".join(f"“{link.source}”" if link.source else "a source not given" for link in links)


def voice(statement: Statement) -> str:
    """Whose words a statement stands in, in one plain phrase. A list's row is neither: it stands as printed."""
    if statement.evidence.cells is not None:
        return "as printed on the list"
    if statement.voice == "own":
        return "in the outlet's own words"
    if statement.voice == "uncertain":
        return "whose words these are is uncertain"
    return f"according to {chain(statement.attribution)}"
