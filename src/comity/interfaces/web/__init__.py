"""The public pages and the reading API: a register that people look at, check and cite.

Use :func:`create_app` with an ASGI server; ``comity serve`` does.
"""

from comity.interfaces.web.app import create_app
from comity.interfaces.web.serving import Bounds, Serving

__all__ = ["Bounds", "Serving", "create_app"]
