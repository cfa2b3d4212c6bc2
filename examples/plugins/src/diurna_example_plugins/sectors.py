"""An annotator: the sectors a desk knows its actors by, where the rules left them open."""

from __future__ import annotations

from dataclasses import replace

from diurna import Actor, Reading

SECTORS = {"Harrow Front": "REB", "Mediation Council": "GOV"}
"""PLOVER sectors by name."""


def mark_sectors(reading: Reading) -> Reading:
    """The reading, its actors with the sectors of `SECTORS`; nothing else is changed."""
    return replace(reading, actors=tuple(_marked(actor) for actor in reading.actors))


def _marked(actor: Actor) -> Actor:
    known = next((SECTORS[name] for name in (actor.name, *actor.aliases) if name in SECTORS), None)
    return replace(actor, sector=known) if known and actor.sector is None else actor
