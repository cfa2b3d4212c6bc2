"""Which mentions of one report are the same actor: names first, then appositives, descriptions and pronouns.

Precision comes first: a description or pronoun with two equally good antecedents stays by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from diurna.annotate.actors.apposition import link_appositives, link_predicates, with_titles_apart
from diurna.annotate.actors.descriptions import link_called, link_descriptions, without_idle_territories
from diurna.annotate.actors.entities import Clusters
from diurna.annotate.actors.mention import Mention
from diurna.annotate.actors.namebook import link_names, settled_kinds, with_aliases, without_strangers
from diurna.annotate.actors.pronouns import link_pronouns
from diurna.annotate.parse import Parse


def cluster(parse: Parse, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions by actor, each in text order, actors in the order of their first mention."""
    mentions = with_aliases(parse, with_titles_apart(parse, mentions))
    mentions = settled_kinds(without_strangers(parse, mentions))
    clusters = Clusters()
    link_names(parse, mentions, clusters)
    link_appositives(parse, mentions, clusters)
    link_called(mentions, clusters)
    link_descriptions(parse, mentions, clusters)
    link_pronouns(parse, mentions, clusters)
    link_predicates(parse, mentions, clusters)
    groups = [sorted(entity.mentions, key=lambda m: (m.first, m.last)) for entity in clusters.living()]
    groups = without_idle_territories(parse, groups)
    return sorted(groups, key=lambda group: (group[0].first, group[0].last))
