"""The words by which speakers, and what stands beside a cue, are told apart (`speakers.toml`)."""

from __future__ import annotations

from dataclasses import dataclass

from diurna import lexicon

_LISTS = (
    "anonymous",
    "document",
    "report",
    "bodies",
    "crowds",
    "unnamed",
    "outlets",
    "outlet_names",
    "outlet_heads",
    "outlet_titles",
    "outlet_articles",
    "foreign_papers",
    "news_words",
    "authorities",
    "places",
    "titles",
    "first_persons",
    "channels",
    "channel_prepositions",
    "addressee_verbs",
    "speaking",
)


@dataclass(frozen=True, slots=True)
class SpeakerLexicon:
    """The word lists of `speakers.toml`."""

    anonymous: frozenset[str]
    document: frozenset[str]
    report: frozenset[str]
    bodies: frozenset[str]
    crowds: frozenset[str]
    unnamed: frozenset[str]
    outlets: frozenset[str]
    outlet_names: frozenset[str]
    outlet_heads: frozenset[str]
    outlet_titles: frozenset[str]
    outlet_articles: frozenset[str]
    foreign_papers: frozenset[str]
    news_words: frozenset[str]
    authorities: frozenset[str]
    places: frozenset[str]
    titles: frozenset[str]
    first_persons: frozenset[str]
    channels: frozenset[str]
    channel_prepositions: frozenset[str]
    addressee_verbs: frozenset[str]
    speaking: frozenset[str]


@lexicon.made_of("speakers")
def load_speakers(language: str = "en") -> SpeakerLexicon:
    """The speaker lexicon of `language`, checked and loaded once."""
    table = lexicon.load("speakers", language, lambda t: lexicon.faults_in_words(t, *_LISTS))
    return SpeakerLexicon(**{name: frozenset(table[name]) for name in _LISTS})
