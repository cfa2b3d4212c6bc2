"""Every error Diurna raises on purpose.

    DiurnaError
    ├── UsageError            the caller asked for something that cannot be: exit code 2
    │   └── SettingsError     a setting that cannot be
    ├── LexiconError          a word list or pattern file is wrong (lists all its faults)
    ├── MissingPartError      an optional part (a pipeline, an extra, a model) is not installed
    ├── OverBudgetError       one stage took more time over a report than it may; becomes a recorded failure
    ├── RecordError           a record breaks a law of the model
    ├── LedgerError           the ledger cannot do what was asked
    │   ├── NotALedgerError   there is none, or what is there is something else
    │   ├── NewerLedgerError  a newer Diurna made it
    │   ├── DamagedLedgerError  its file is broken
    │   └── LedgerAccessError no rights, no room, locked for too long, or the server cannot be reached
    └── SourceError           one input could not be read; becomes a recorded failure
        ├── TooLargeError     ... because it is over a limit
        └── FetchError        ... because its address could not be fetched
            └── RefusedAddressError  ... and is one that is never fetched

A message says what is wrong, where (file, row, offset) and what to do.
"""

from __future__ import annotations


class DiurnaError(Exception):
    """Base of all errors Diurna raises on purpose."""


class UsageError(DiurnaError):
    """The caller asked for something that cannot be."""


class SettingsError(UsageError):
    """A setting has a value that cannot be."""


class LexiconError(DiurnaError):
    """A lexicon file is wrong; the message lists every fault found in it."""


class MissingPartError(DiurnaError):
    """An optional part is not installed; the message says how to get it."""


class OverBudgetError(DiurnaError):
    """One stage took more time over a report than it may; it was stopped and becomes a recorded failure.

    Attributes:
        stage: which.
    """

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(f"{stage}: {reason}")
        self.stage, self.reason = stage, reason


class RecordError(DiurnaError):
    """A record breaks a law of the model, e.g. its quote is not what stands at its span."""


class LedgerError(DiurnaError):
    """The ledger cannot do what was asked; nothing half done stays behind."""


class NotALedgerError(LedgerError):
    """There is no ledger at the address, or what is there is something else."""


class NewerLedgerError(LedgerError):
    """The ledger was made by a newer Diurna than this one."""


class DamagedLedgerError(LedgerError):
    """The ledger's file is broken."""


class LedgerAccessError(LedgerError):
    """No rights, no room, locked for too long, or a server that cannot be reached."""


class SourceError(DiurnaError):
    """One input could not be read. A run records it as a failure and goes on.

    Attributes:
        where: file, row or offset, as a person would look it up.
    """

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.reason = reason
        self.where = where


class TooLargeError(SourceError):
    """One input is over a size limit."""


class FetchError(SourceError):
    """An address could not be fetched.

    Attributes:
        status: the answer's HTTP status, None where there was no answer.
        retry_after: seconds the server asks to be left alone for, None where it does not.
    """

    def __init__(self, reason: str, where: str = "", *, status: int | None = None, retry_after: float | None = None):
        super().__init__(reason, where)
        self.status = status
        self.retry_after = retry_after


class RefusedAddressError(FetchError):
    """An address that is never fetched: not http(s), with credentials, or of a machine that is not public."""
