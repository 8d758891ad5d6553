"""Replies of offices to what stands on the register: sent on a public form, checked by an editor, then recorded.

Use :meth:`Replies.open` for those that wait, :func:`written` for what an accepted one is on the register, and
:func:`answering` for which statements are answered by which.
"""

from comity.replies.store import Replies
from comity.replies.values import BODY, CHECK, CONTACT, OFFICE, Contact, Reply
from comity.replies.written import READER, answering, kinds, written

__all__ = [
    "BODY",
    "CHECK",
    "CONTACT",
    "OFFICE",
    "READER",
    "Contact",
    "Replies",
    "Reply",
    "answering",
    "kinds",
    "written",
]
