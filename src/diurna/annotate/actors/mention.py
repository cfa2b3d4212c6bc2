"""The mention: a noun phrase about somebody, as found in the text, before anybody knows who that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diurna.annotate.actors.knowledge import Fact
from diurna.annotate.actors.roles import Role
from diurna.model.annotation import ActorCode
from diurna.model.record import ActorKind

Form = Literal["name", "nominal", "pronoun"]
Number = Literal["singular", "plural"]
Gender = Literal["male", "female", "neuter"]

PERSONAL: frozenset[ActorKind] = frozenset({"person", "office", "unknown"})
"""Kinds that may turn out to be one person."""


NOBODY = ActorCode(None, None)
"""The code of a party nothing is known of."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase about somebody.

    Attributes:
        first, last: its tokens, half-open, without what follows the head (but "Ministry of Defence" whole).
        head: the token it hangs on.
        form: a proper name (with or without title), a description, a pronoun.
        kind: what it seems to be about.
        name: the words of the proper name without title, case kept; empty for nominals and pronouns.
        name_at: token range of that name.
        roles: titles and roles it carries, singular, lower case, "former" kept.
        role: the role its head names, for nominals and for bodies with a telling last word.
        number, gender: None where nothing tells.
        code: country and sector by its own words.
        fact: the known name it is, where it is one.
        definite: "the", "this", a possessor, or a name.
        modifiers: lower-case words before the head of a nominal that narrow it ("armed", "iraqi").
    """

    first: int
    last: int
    head: int
    form: Form
    kind: ActorKind
    name: tuple[str, ...] = ()
    name_at: tuple[int, int] = (0, 0)
    roles: tuple[str, ...] = ()
    role: Role | None = None
    number: Number | None = None
    gender: Gender | None = None
    code: ActorCode = NOBODY
    fact: Fact | None = None
    definite: bool = False
    modifiers: frozenset[str] = frozenset()
