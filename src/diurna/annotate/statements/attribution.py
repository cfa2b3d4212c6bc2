"""Who said what: every statement of a report, found by rules over quotation marks, grammar and the cue lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from diurna import lexicon
from diurna.annotate.parse import SILENT_BLOCKS, Parse
from diurna.annotate.statements.answered import find_answered
from diurna.annotate.statements.asides import find_aside
from diurna.annotate.statements.combine import Tagged, combine
from diurna.annotate.statements.cues import CueLexicon, load_cues
from diurna.annotate.statements.grammar import Tokens, agent, is_clause, is_passive
from diurna.annotate.statements.headlines import block_tokens, find_in_headlines, find_in_transcripts
from diurna.annotate.statements.nesting import (
    carried_on,
    cut_at_comments,
    cut_at_denials,
    cut_at_followers,
    in_order,
    parents,
    without_doubles,
)
from diurna.annotate.statements.nominal import find_according, find_adjectival, find_hearsay, find_nominal
from diurna.annotate.statements.quotes import find_quotations
from diurna.annotate.statements.reported import Finding, find_reported
from diurna.annotate.statements.speakers import circumstances, speaker_kind
from diurna.annotate.statements.speakerwords import load_speakers
from diurna.annotate.statements.stance import is_asserted, load_stance, stance_of
from diurna.annotate.statements.utterances import Passage, attach_floating, find_utterances, passages, quotation_map
from diurna.model.annotation import StatementDraft
from diurna.model.record import Manner, SpeakerKind
from diurna.model.span import Span

_TURN = "transcript"
_NESTED_FRAMES = frozenset({"that", "marked", "quote"})
_NESTED_ACTS = frozenset({"accuse", "demand", "deny", "refuse", "promise", "agree", "threaten", "warn", "condemn"})
_HEARD = frozenset({"report", "rumor", "rumour", "say", "allege", "whisper"})


def find_statements(parse: Parse, tagged: Tagged | None = None) -> list[StatementDraft]:
    """The statements of a report in text order, those told inside others with their parent's index.

    Args:
        tagged: what the tagger found in the same text; None to read by rules alone.
    """
    quoted = passages(parse, find_quotations(parse.text, parse.blocks, SILENT_BLOCKS))
    held = quotation_map(parse, quoted)
    findings = _findings(parse, quoted, held)
    if tagged is not None:
        both = combine(parse, load_cues(), findings, tagged, quoted)
        findings = without_doubles(in_order([cut_at_comments(parse, load_cues(), f) for f in both]))
    above = parents(findings)
    kept = [
        k
        for k, found in enumerate(findings)
        if above[k] is None or found.confidence is not None or _may_nest(parse, found, held)
    ]
    place = {k: number for number, k in enumerate(kept)}
    turns = [piece for found in findings if found.shape == _TURN for piece in found.content]
    return [_draft(parse, findings[k], held, turns, _nearest(place, above, k)) for k in kept]


def _findings(parse: Parse, quoted: list[Passage], held: list[int]) -> list[Finding]:
    cues, stances = load_cues(), load_stance()
    findings, floating = find_utterances(parse, cues, quoted)
    findings = [_with_clause(parse, cues, f) for f in findings]
    taken = {f.anchor for f in findings}
    told = [f for f in _by_words(parse, cues) if f.anchor not in taken]
    told = [f for f in told if f.source or not _needs_source(parse, f)]
    told = [f for f in told if is_asserted(parse, stances, f, held[f.anchor] >= 0)]
    findings += [cut_at_comments(parse, cues, _to_quotation_ends(f, quoted, held)) for f in told]
    blocks, anchors = block_tokens(parse), {f.anchor for f in findings}
    findings += [*find_in_headlines(parse, cues, blocks, anchors), *find_in_transcripts(parse, blocks, anchors)]
    return without_doubles(in_order(attach_floating(parse, _parted(parse, findings), floating)))


def _parted(parse: Parse, findings: list[Finding]) -> list[Finding]:
    """The findings, their contents cut where somebody's next act of speech begins."""
    return carried_on(parse, cut_at_denials(parse, cut_at_followers(parse, findings)))


def _with_clause(parse: Parse, cues: CueLexicon, found: Finding) -> Finding:
    """A directly quoted finding, drawn out over the reported clause that leads into its quotation."""
    if found.rule != "quote:before":
        return found
    told = find_reported(parse, cues, found.anchor)
    first, last = found.content[0]
    start = told.content[0][0] if told and told.frame in ("that", "marked") else None
    if start is None or not found.anchor < start < first:
        start = next((i for i in range(found.anchor + 1, first) if _opens_clause(parse, i)), None)
    if start is None:
        return found
    return replace(found, content=((start, last), *found.content[1:]), rule="quote:mixed")


def _opens_clause(parse: Parse, token: int) -> bool:
    return parse.lowers[token] == "that" and parse.deps[token] == "mark"


def _by_words(parse: Parse, cues: CueLexicon) -> Iterator[Finding]:
    for token, pos in enumerate(parse.pos):
        found = None
        if parse.lowers[token] == "according":
            found = find_according(parse, token)
        elif pos in ("VERB", "AUX"):
            found = find_reported(parse, cues, token)
            if found is None or (found.frame not in ("that", "marked") and (found.frame, found.act) != ("obj", "deny")):
                found = find_aside(parse, cues, token) or found
        elif pos == "NOUN":
            found = find_answered(parse, cues, token) or find_nominal(parse, cues, token)
        elif pos == "ADJ":
            found = find_adjectival(parse, cues, token)
        elif parse.lowers[token] in cues.hearsay:
            found = find_hearsay(parse, token)
        if found:
            yield found


def _to_quotation_ends(found: Finding, quoted: list[Passage], held: list[int]) -> Finding:
    """The finding with its outer pieces drawn out to the ends of quotations they begin or stop in the middle of."""
    pieces = list(found.content)
    for at, edge in ((0, pieces[0][0]), (-1, pieces[-1][1] - 1)):
        number = held[edge]
        if number < 0 or held[found.anchor] == number:
            continue
        start, end = next(part for part in quoted[number].parts if part[0] <= edge < part[1])
        first, last = pieces[at]
        outside = not start <= found.anchor < end and (found.source is None or not start <= found.source[0] < end)
        if outside:
            pieces[at] = (min(first, start), last) if at == 0 else (first, max(last, end))
    return replace(found, content=tuple(pieces))


def _needs_source(parse: Parse, found: Finding) -> bool:
    """Whether a speaker must be there: for every verb but a passive, since a lost subject means a broken parse."""
    return found.rule.startswith(("verb:", "aside:")) and not is_passive(parse, found.anchor)


def _may_nest(parse: Parse, found: Finding, held: list[int]) -> bool:
    """Whether a finding inside another is worth a statement of its own."""
    if found.shape in ("according", "noun:answered") or found.frame in _NESTED_FRAMES:
        return True
    return (
        found.act in _NESTED_ACTS
        and found.source is not None
        and held[found.anchor] < 0
        and parse.tags[found.anchor] != "VB"
    )


def _nearest(place: dict[int, int], above: list[int | None], number: int) -> int | None:
    parent = above[number]
    while parent is not None and parent not in place:
        parent = above[parent]
    return None if parent is None else place[parent]


def _draft(parse: Parse, found: Finding, held: list[int], turns: list[Tokens], parent: int | None) -> StatementDraft:
    speakers = load_speakers()
    beside = circumstances(parse, speakers, found)
    source = _own_source(parse, found, beside.addressee)
    return StatementDraft(
        speaker=parse.span(*source) if source else None,
        speaker_kind=_heard_or_read(parse, found)
        or speaker_kind(parse, speakers, source, _is_spoken(found, held, turns)),
        cue=_runs(parse, found.cue),
        cue_lemma=found.lemma,
        content=tuple(parse.span(*piece) for piece in found.content),
        manner="direct" if found.shape == _TURN else _manner(found.content, held),
        form="clause" if is_clause(parse, found.content) else "phrase",
        stance=stance_of(parse, load_stance(), found),
        rule=found.rule,
        addressee=beside.addressee,
        channel=beside.channel,
        time=beside.time,
        parent=parent,
        confidence=_confidences().get(found.rule) if found.confidence is None else found.confidence,
    )


def _is_spoken(found: Finding, held: list[int], turns: list[Tokens]) -> bool:
    """Whether a statement is told in words that are themselves somebody's: quoted, or a turn of a transcript."""
    return held[found.anchor] >= 0 or any(first <= found.anchor < last for first, last in turns)


def _own_source(parse: Parse, found: Finding, addressee: Span | None) -> Tokens | None:
    """Who speaks; of "the minister was told" not the minister, whom the tagger takes for its source."""
    if found.source is None or _is_nobodys(parse, found):
        return None
    told = addressee is not None and addressee.overlaps(parse.span(*found.source)) and is_passive(parse, found.anchor)
    return agent(parse, found.anchor) if told else found.source


def _is_nobodys(parse: Parse, found: Finding) -> bool:
    """Whether the cue is a passive with an empty "it" for its subject and no other speaker ("it was reported that")."""
    if not is_passive(parse, found.anchor):
        return False
    empty = [c for c in parse.children_by(found.anchor, "nsubjpass", "expl") if parse.lowers[c] == "it"]
    return bool(empty) and (found.source is None or found.source == (empty[0], empty[0] + 1))


def _heard_or_read(parse: Parse, found: Finding) -> SpeakerKind | None:
    """The kind the telling shows by itself: hearsay ("it was reported that"), or a text that reads so."""
    if found.shape == "hearsay" or (found.lemma in _HEARD and _is_nobodys(parse, found)):
        return "report"
    taken_up = found.source is not None and parse.lowers[found.source[0]] == "it"
    return "document" if found.lemma == "read" and taken_up else None


@lexicon.made_of("confidence")
def _confidences(language: str = "en") -> Mapping[str, float]:
    """The measured precision of each rule that was measured."""
    return dict(lexicon.load("confidence", language, _confidence_faults)["statements"])


def _confidence_faults(table: lexicon.Table) -> list[str]:
    rows = table.get("statements", {})
    return [f"{rule}: {share!r} is no share" for rule, share in rows.items() if not 0 < share < 1]


def _manner(content: tuple[Tokens, ...], held: list[int]) -> Manner:
    inside = [held[i] >= 0 for first, last in content for i in range(first, last)]
    return "direct" if all(inside) else "mixed" if any(inside) else "indirect"


def _runs(parse: Parse, tokens: tuple[int, ...]) -> tuple[Span, ...]:
    spans: list[Span] = []
    previous = -2
    for token in tokens:
        if token == previous + 1:
            spans[-1] = Span(spans[-1].start, parse.ends[token])
        else:
            spans.append(parse.span(token, token + 1))
        previous = token
    return tuple(spans)
