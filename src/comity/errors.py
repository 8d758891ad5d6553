"""The errors of Comity: one root, one shape for every face.

ComityError
├── UsageError            the call itself is wrong (exit code 2)
├── InputError            a file or an argument's content can't be taken; the batch goes on (exit code 1)
│   ├── DocumentError     bytes that yield no document: empty, binary, too large, no article
│   ├── ManifestError     a manifest with missing columns or impossible values
│   ├── EditionRefused    an edition of a list that fails its checks
│   └── EntityNotFound    a name that resolves to no entity
├── VocabularyError       a topic, list or language file that doesn't hold; names file, line and key
├── GazetteerError        the gazetteer's table is missing or not one
└── RegisterError         the register can't be opened, read or written
    ├── NotARegister      a file or database that isn't a register, or is truncated
    ├── NewerRegister     a register written by a later version
    ├── RegisterReadOnly  no permission to write
    ├── RegisterBusy      another writer holds it
    ├── RegisterMoved     something was written since what was to be decided was looked at
    ├── StorageFull       no space left; what was committed stays whole
    └── DecisionRefused   a decision on an unknown id, or one that contradicts an earlier one
"""

from __future__ import annotations

__all__ = [
    "ComityError",
    "DecisionRefused",
    "DocumentError",
    "EditionRefused",
    "EntityNotFound",
    "GazetteerError",
    "InputError",
    "ManifestError",
    "NewerRegister",
    "NotARegister",
    "RegisterBusy",
    "RegisterError",
    "RegisterMoved",
    "RegisterReadOnly",
    "StorageFull",
    "UsageError",
    "VocabularyError",
]


class ComityError(Exception):
    """Root of all errors that Comity raises on purpose; catch it to show one clear line.

    ``message`` says what is wrong, ``where`` names the file, line, key or id, ``hint`` says what to do.
    ``code`` is stable and made for programs.
    """

    code = "error"

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """The error as one line: where, what, what to do."""
        line = f"{self.where}: {self.message}" if self.where else self.message
        return f"{line} ({self.hint})" if self.hint else line


class UsageError(ComityError):
    """The call is wrong: an unknown option value, a missing argument, an impossible date."""

    code = "usage"


class InputError(ComityError):
    """One input can't be taken; the rest of the batch goes on."""

    code = "input"


class DocumentError(InputError):
    """The bytes yield no document."""

    code = "document"


class ManifestError(InputError):
    """The manifest can't be read as DESIGN describes it."""

    code = "manifest"


class EditionRefused(InputError):
    """An edition of a list fails its checks; it is kept and changes nothing."""

    code = "edition_refused"


class EntityNotFound(InputError):
    """A name resolves to no entity, or to several."""

    code = "entity_not_found"


class VocabularyError(ComityError):
    """A data file of a topic, a list or a language doesn't hold; ``where`` is ``file:line: key``."""

    code = "vocabulary"


class GazetteerError(ComityError):
    """The compiled gazetteer is missing or damaged."""

    code = "gazetteer"


class RegisterError(ComityError):
    """The register can't be opened, read or written."""

    code = "register"


class NotARegister(RegisterError):
    """The file or database isn't a register of Comity, or is damaged."""

    code = "not_a_register"


class NewerRegister(RegisterError):
    """The register was written by a later version of Comity."""

    code = "newer_register"


class RegisterReadOnly(RegisterError):
    """The register, or its folder, can't be written."""

    code = "register_read_only"


class RegisterBusy(RegisterError):
    """Another writer holds the register."""

    code = "register_busy"


class RegisterMoved(RegisterError):
    """Something was written since what was to be decided was looked at; nothing was recorded."""

    code = "register_moved"


class StorageFull(RegisterError):
    """The disk is full; what was committed before stays whole."""

    code = "storage_full"


class DecisionRefused(RegisterError):
    """A decision names an unknown id or contradicts an earlier decision."""

    code = "decision_refused"
