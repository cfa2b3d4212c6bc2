"""Accounts, roles and log-ins: who may look, who may judge, who may keep and mind."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from diurna.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "reviewer", "keeper"]
ROLES: tuple[Role, ...] = get_args(Role)
_RANK = {role: at for at, role in enumerate(ROLES)}

SHORTEST = 10
"""Characters a password must have."""

LONGEST = 1000
"""Characters it may have."""

WAIT = 300
"""Seconds after which failed log-ins are forgotten."""

_OF_NAME, _OF_VISITOR = 8, 40
"""Failed log-ins of one name, and from one place, after which it must wait."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in; `secret` is an argon2 hash."""

    name: str
    role: Role
    secret: str

    def may(self, role: Role) -> bool:
        """Whether the account has this role's rights: a keeper's include a reviewer's, a reviewer's a reader's."""
        return _RANK[self.role] >= _RANK[role]


class TooManyTriesError(Exception):
    """Too many log-ins failed."""


class Tries:
    """Failed tries by a key, forgotten after some time; many keys together never take much room."""

    _MOST_KEYS = 10_000

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._lock = threading.Lock()
        self._failed: dict[str, deque[float]] = {}

    def note(self, key: str) -> None:
        """One more failed."""
        with self._lock:
            if len(self._failed) >= self._MOST_KEYS and key not in self._failed:
                self._failed.pop(next(iter(self._failed)))
            self._failed.setdefault(key, deque(maxlen=self._most)).append(time.monotonic())

    def too_many(self, key: str) -> bool:
        """Whether the key must wait."""
        with self._lock:
            tries = self._failed.get(key, deque())
            return len(tries) == self._most and time.monotonic() - tries[0] < self._seconds

    def forget(self, key: str) -> None:
        """It is let in."""
        with self._lock:
            self._failed.pop(key, None)


class Accounts:
    """Accounts in a JSON file only its owner can read; beside it a journal, one JSON line for every log-in and change.

    Raises:
        UsageError: the file is there and is no file of accounts.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal_path = path.with_suffix(path.suffix + ".journal")
        self._lock = threading.Lock()
        self._of_name, self._of_visitor = Tries(_OF_NAME, WAIT), Tries(_OF_VISITOR, WAIT)
        self._rows()

    def _rows(self) -> dict[str, Account]:
        if not self.path.exists():
            return {}
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
            rows = [Account(str(one["name"]), one["role"], str(one["secret"])) for one in said["accounts"]]
        except (ValueError, KeyError, TypeError) as fault:
            raise UsageError(f"{self.path} is no file of accounts: {fault!r}") from fault
        strange = [one.role for one in rows if one.role not in ROLES]
        if strange:
            raise UsageError(f"{self.path}: there is no role {strange[0]!r} (there are {', '.join(ROLES)})")
        return {one.name: one for one in rows}

    def all(self) -> list[Account]:
        """The accounts, by name."""
        return sorted(self._rows().values(), key=lambda one: one.name)

    def get(self, name: str) -> Account | None:
        """The account of this name."""
        return self._rows().get(name)

    def put(self, name: str, role: Role, password: str, by: str) -> Account:
        """Add an account, or give one a new role and password.

        Raises:
            UsageError: the name is empty, the role unknown, or the password too short.
        """
        name = name.strip()
        if not name or len(name) > 80 or not name.isprintable():
            raise UsageError("an account wants a name of 1 to 80 printable characters")
        if role not in ROLES:
            raise UsageError(f"there is no role {role!r} (there are {', '.join(ROLES)})")
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(f"a password has {SHORTEST} to {LONGEST:,} characters")
        account = Account(name, role, _hasher().hash(password))
        with self._lock:
            rows = self._rows()
            rows[name] = account
            self._write(rows)
        self.note(by, "account", f"{name} is {role}")
        return account

    def drop(self, name: str, by: str) -> None:
        """Take an account out.

        Raises:
            UsageError: there is none of this name.
        """
        with self._lock:
            rows = self._rows()
            if rows.pop(name, None) is None:
                raise UsageError(f"there is no account {name!r}")
            self._write(rows)
        self.note(by, "account", f"{name} is gone")

    def _write(self, rows: dict[str, Account]) -> None:
        body = [{"name": one.name, "role": one.role, "secret": one.secret} for one in rows.values()]
        beside = self.path.with_suffix(self.path.suffix + ".new")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"accounts": body}, file, indent=1)
        beside.replace(self.path)

    def check(self, name: str, password: str, visitor: str = "") -> Account | None:
        """The account, where name and password are right; as slow for a name that is not there.

        Args:
            visitor: where the try comes from.

        Raises:
            TooManyTriesError: too many failed of this name, or from there; it must wait.
        """
        from argon2.exceptions import InvalidHashError, VerificationError

        name = name[:80]
        if self._of_name.too_many(name) or self._of_visitor.too_many(visitor):
            raise TooManyTriesError(f"too many failed log-ins: wait {WAIT // 60} minutes")
        account = self.get(name)
        try:
            _hasher().verify(account.secret if account else _nobody(), password[:LONGEST])
        except (VerificationError, InvalidHashError):
            account = None
        if account is None:
            self._of_name.note(name)
            self._of_visitor.note(visitor)
            self.note(name, "log-in failed", visitor)
            return None
        self._of_name.forget(name)
        self.note(account.name, "log-in", visitor)
        return account

    def note(self, who: str, what: str, more: str) -> None:
        """Write a line into the journal."""
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = json.dumps({"at": now, "who": who, "what": what, "more": more}, ensure_ascii=False)
        handle = os.open(self.journal_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line + "\n")

    def journal(self, most: int = 200) -> list[dict[str, str]]:
        """The last lines of the journal, the newest first."""
        if not self.journal_path.exists():
            return []
        with self.journal_path.open(encoding="utf-8") as file:
            lines = deque(file, maxlen=most)
        return [json.loads(line) for line in reversed(lines) if line.strip()]


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


@dataclass(slots=True)
class _Session:
    user: str | None
    used: float


class Sessions:
    """Log-ins, and visits without one: each a secret word in a cookie, gone after some time without use."""

    _MOST_VISITS = 20_000
    _SWEEP = 60.0

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._open: dict[str, _Session] = {}
        self._visits: deque[str] = deque()
        self._swept = time.monotonic()

    def begin(self, user: str | None) -> str:
        """A new session's word; of visits without log-in only the newest are kept."""
        word = secrets.token_urlsafe(32)
        with self._lock:
            self._sweep()
            self._open[word] = _Session(user, time.monotonic())
            if user is None:
                self._visits.append(word)
                if len(self._visits) > self._MOST_VISITS:
                    self._open.pop(self._visits.popleft(), None)
        return word

    def user(self, word: str | None) -> str | None:
        """Who is logged in under this word; looking counts as use."""
        with self._lock:
            found = self._open.get(word or "")
            if found is None or time.monotonic() - found.used > self._seconds:
                return None
            found.used = time.monotonic()
            return found.user

    def end(self, word: str | None) -> None:
        """Log out."""
        with self._lock:
            self._open.pop(word or "", None)

    def __len__(self) -> int:
        return len(self._open)

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept < self._SWEEP:
            return
        self._swept = now
        for word in [word for word, one in self._open.items() if now - one.used > self._seconds]:
            del self._open[word]


def form_token(secret: bytes, session: str) -> str:
    """The word a form must bring so that only our own pages can send it."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()


def is_form_token(secret: bytes, session: str | None, said: str) -> bool:
    """Whether `said` is the session's word."""
    return bool(session) and hmac.compare_digest(form_token(secret, session or "").encode(), said.encode())
