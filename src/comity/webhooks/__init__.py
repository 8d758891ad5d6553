"""Webhooks: what became different on a register, told to other programs as it comes, signed and until it arrives.

Use :meth:`Webhooks.open` for those who are told and what waits, :class:`Courier` for what tells them.
"""

from comity.webhooks.courier import Courier
from comity.webhooks.sending import Line, signature
from comity.webhooks.store import Webhook, Webhooks

__all__ = ["Courier", "Line", "Webhook", "Webhooks", "signature"]
