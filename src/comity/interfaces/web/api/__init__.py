"""The reading API under ``/api/v1``: the shapes of the command line's ``--json``, one object an answer."""
