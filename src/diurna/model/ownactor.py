"""Actors people bring along: who they are, what else they are called, and what they were when."""

from __future__ import annotations

from dataclasses import dataclass

from diurna.model.record import ActorKind


@dataclass(frozen=True, slots=True)
class Held:
    """What an actor was for a time: country (ISO alpha-3), PLOVER sector and role, None where not told.

    `since` and `until` are ISO days, both included, None where open.
    """

    country: str | None
    sector: str | None
    role: str | None = None
    since: str | None = None
    until: str | None = None

    def covers(self, day: str | None) -> bool:
        """Whether it was so on an ISO day; without a day only what has no bounds is."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class OwnActor:
    """One actor.

    Attributes:
        name: as it is shown; it and `aliases` are what texts are searched for.
        held: what it was, the first that covers a report's day counts; one without bounds holds always.
        source: where it was imported from, e.g. "actors.csv, line 12".
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    source: str | None = None

    def on(self, day: str | None) -> Held:
        """What it was on an ISO day; of what nobody told, the country all its times share."""
        found = next((one for one in self.held if one.covers(day)), None)
        if found is not None:
            return found
        countries = {one.country for one in self.held}
        return Held(countries.pop() if len(countries) == 1 else None, None)
