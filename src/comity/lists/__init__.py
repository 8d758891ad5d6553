"""Official lists: documents of tables to editions, what changed between them, and whether an edition can be believed.

:func:`definition` describes a list, :func:`edition` reads one publication of it, :func:`checked` guards it,
:func:`diff` compares two. All are pure: counts, earlier editions and the gazetteer come in as values.
"""

from comity.lists.checks import checked, checks
from comity.lists.definitions import Definition
from comity.lists.differences import diff
from comity.lists.editions import edition, read_edition
from comity.lists.loader import definition, definitions

__all__ = ["Definition", "checked", "checks", "definition", "definitions", "diff", "edition", "read_edition"]
