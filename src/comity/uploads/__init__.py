"""Files that editors send to a register's site: kept until they are read, previewed, and recorded or discarded.

Use :meth:`Uploads.open` for the queue and :class:`Worker` for what reads it, one file at a time, each in a process of
its own with bounded time and memory. Beside the register, never part of its log; ``docs/uploads.md`` explains it.
"""

from comity.uploads.store import Uploads
from comity.uploads.values import Limits, Upload, clean_name
from comity.uploads.worker import Worker

__all__ = ["Limits", "Upload", "Uploads", "Worker", "clean_name"]
