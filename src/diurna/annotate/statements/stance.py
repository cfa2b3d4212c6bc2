"""What kind of act a statement is, how sure its speaker is, and whether anything was said at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from diurna import lexicon
from diurna.annotate.parse import Parse
from diurna.annotate.statements.acts import act_of
from diurna.annotate.statements.grammar import Tokens, subject
from diurna.annotate.statements.reported import Finding
from diurna.model.annotation import Stance
from diurna.model.record import Act, Certainty, Polarity
from diurna.model.span import Span

_WORDS = (
    "unsaid_modals", "modal_acts", "conditions", "nobody", "negatable", "carried_out", "hedging_verbs",
    "generic_subjects",
)  # fmt: skip
_CERTAINTIES: tuple[Certainty, ...] = ("possible", "probable", "unknown")
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
_CLAUSE_BREAKS = frozenset({".", "!", "?", ";"})


@dataclass(frozen=True, slots=True)
class StanceLexicon:
    """The word lists of `stance.toml`; `hedges` and `cues` give the certainty a word lends."""

    unsaid_modals: frozenset[str]
    modal_acts: frozenset[str]
    conditions: frozenset[str]
    nobody: frozenset[str]
    negatable: frozenset[str]
    carried_out: frozenset[str]
    hedging_verbs: frozenset[str]
    generic_subjects: frozenset[str]
    possible: frozenset[str]
    probable: frozenset[str]
    cue_possible: frozenset[str]
    cue_probable: frozenset[str]
    cue_unknown: frozenset[str]


@lexicon.made_of("stance")
def load_stance(language: str = "en") -> StanceLexicon:
    """The stance lexicon of `language`, checked and loaded once."""
    table = lexicon.load("stance", language, _faults)
    return StanceLexicon(
        **{name: frozenset(table[name]) for name in _WORDS},
        possible=frozenset(table["certainty"]["possible"]),
        probable=frozenset(table["certainty"]["probable"]),
        cue_possible=frozenset(table["cue_certainty"]["possible"]),
        cue_probable=frozenset(table["cue_certainty"]["probable"]),
        cue_unknown=frozenset(table["cue_certainty"]["unknown"]),
    )


def _faults(table: lexicon.Table) -> list[str]:
    faults = lexicon.faults_in_words(table, *_WORDS)
    faults += [f"{act!r} is no act" for act in (*table["modal_acts"], *table["negatable"]) if act not in get_args(Act)]
    faults += lexicon.faults_in_words(table["certainty"], "possible", "probable")
    return faults + lexicon.faults_in_words(table["cue_certainty"], *_CERTAINTIES)


# --- was it said? ---------------------------------------------------------------------------------------------------


def is_asserted(parse: Parse, words: StanceLexicon, found: Finding, in_quote: bool) -> bool:
    """Whether the cue tells of something said or meant, not of what was not, might be, or is asked.

    Negated opinions stand ("does not believe"); negated speech does not ("did not say").
    """
    if found.frame == "quote" or found.shape == "according":
        return True
    verb = _cue_verb(parse, found)
    if verb is None:
        return True
    if _generic(parse, words, verb, found, in_quote) or _unsaid(parse, words, verb, found):
        return False
    return not (_is_negated(parse, words, verb) and found.act not in words.negatable)


def is_anybodys(parse: Parse, words: StanceLexicon, found: Finding, in_quote: bool) -> bool:
    """Whether what is told is nobody's in particular: anybody's ("you say"), an order, or a hedge ("I think").

    Less strict than `is_asserted`: what is going to be said, may be said or was left unsaid stands.
    """
    if found.frame == "quote":
        return False
    verb = _cue_verb(parse, found)
    return verb is not None and _generic(parse, words, verb, found, in_quote)


def _cue_verb(parse: Parse, found: Finding) -> int | None:
    return next(
        (
            i
            for i in (found.anchor, *found.cue)
            if parse.pos[i] in ("VERB", "AUX") and parse.deps[i] not in ("aux", "auxpass")
        ),
        None,
    )


def _generic(parse: Parse, words: StanceLexicon, verb: int, found: Finding, in_quote: bool) -> bool:
    who = subject(parse, verb)
    if who is None:
        imperative = parse.tags[verb] in ("VB", "VBP") and found.source is None and found.frame != "raise"
        return imperative and parse.deps[verb] in ("ROOT", "conj", "ccomp", "parataxis", "dep", "advcl")
    name = parse.lowers[who]
    if name in words.generic_subjects:
        return True
    return name in ("i", "we") and found.lemma in words.hedging_verbs and not in_quote


def _unsaid(parse: Parse, words: StanceLexicon, verb: int, found: Finding) -> bool:
    children = parse.children[verb]
    if any(parse.lowers[c] in words.conditions and parse.deps[c] in ("mark", "advmod") for c in children):
        return True
    modal = any(parse.tags[c] == "MD" and parse.lowers[c] in words.unsaid_modals for c in children)
    if modal and found.act not in words.modal_acts:
        return True
    if any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in children):
        return not _carried_out(parse, words, verb, found)
    first = _sharing(parse, verb)
    if first is not None and parse.deps[first] == "xcomp" and _is_infinitive(parse, first):
        return not _carried_out(parse, words, first, found)
    last = parse.sentences[parse.sentence_of[verb]][1] - 1
    return parse.words[last] == "?" and found.frame in ("that", "obj", "inf", "marked")


def _carried_out(parse: Parse, words: StanceLexicon, verb: int, found: Finding) -> bool:
    """Whether an infinitive cue tells of what happened: "went on to say", or a purpose told with its clause."""
    if parse.deps[verb] == "xcomp":
        return parse.lemmas[parse.heads[verb]] in words.carried_out
    return parse.deps[verb] == "advcl" and found.frame == "that"


def _is_infinitive(parse: Parse, verb: int) -> bool:
    return any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in parse.children[verb])


def _sharing(parse: Parse, verb: int) -> int | None:
    """The verb whose "not", "never" or "to" a later one shares: "did not concede or admit", "refused to meet or deny".

    The later one has no subject and no auxiliary of its own, and the same form.
    """
    first = parse.heads[verb]
    if parse.deps[verb] != "conj" or first == verb or parse.tags[verb] != parse.tags[first]:
        return None
    own = any(parse.deps[c] in ("nsubj", "nsubjpass", "aux", "auxpass") for c in parse.children[verb])
    joined = any(parse.lowers[c] in ("or", "nor") for c in parse.children_by(first, "cc"))
    return first if joined and not own else None


def _is_negated(parse: Parse, words: StanceLexicon, verb: int) -> bool:
    first = _sharing(parse, verb)
    return _negates(parse, words, verb) or (first is not None and _is_negated(parse, words, first))


def _negates(parse: Parse, words: StanceLexicon, verb: int) -> bool:
    """Whether a verb carries a negation, or has one as its subject."""
    if any(parse.deps[c] == "neg" or parse.lowers[c] in ("never", "neither", "nor") for c in parse.children[verb]):
        return True
    who = subject(parse, verb)
    if who is None:
        return False
    return parse.lowers[who] in words.nobody or any(
        parse.lowers[c] == "no" and parse.deps[c] == "det" for c in parse.children[who]
    )


# --- how does it stand? ---------------------------------------------------------------------------------------------


def stance_of(parse: Parse, words: StanceLexicon, found: Finding) -> Stance:
    """Act, polarity, certainty and hedges of a finding.

    A plain "said" takes its act from what was said: "must" makes a demand, "will" of the speaker's own doing a promise,
    "will not" a refusal, "not" a denial.
    """
    head = _content_head(parse, found)
    negated = head is not None and any(parse.deps[c] == "neg" for c in parse.children[head])
    verb = _cue_verb(parse, found)
    cue_negated = verb is not None and found.frame != "quote" and _is_negated(parse, words, verb)
    act = act_of(parse, found)
    if cue_negated:
        act = _opposite(act)
    polarity: Polarity = "negative" if act in ("deny", "refuse") or negated or cue_negated else "positive"
    hedges, certainty = _hedges(parse, words, found)
    return Stance(act, polarity, certainty, hedges)


def _opposite(act: Act) -> Act:
    opposites: dict[Act, Act] = {"agree": "refuse", "refuse": "agree", "praise": "refuse"}
    return opposites.get(act, act)


def _content_head(parse: Parse, found: Finding) -> int | None:
    """The verb the content's first clause hangs on."""
    first, last = found.content[0]
    for token in range(first, min(last, first + 60)):
        head = parse.heads[token]
        if (
            parse.pos[token] in ("VERB", "AUX")
            and parse.deps[token] not in ("aux", "auxpass")
            and (head == token or not first <= head < last)
        ):
            return token
    return None


def _hedges(parse: Parse, words: StanceLexicon, found: Finding) -> tuple[tuple[Span, ...], Certainty]:
    """The hedging words of the content's first sentence, and the certainty they and the cue leave."""
    spans: list[Span] = []
    certainty: Certainty = "certain"
    for token in _first_sentence(parse, found.content[0]):
        word = parse.lowers[token] if parse.pos[token] != "PROPN" else ""  # "the events of *May* 23rd"
        if word in words.possible:
            certainty = "possible"
        elif word in words.probable:
            certainty = certainty if certainty == "possible" else "probable"
        else:
            continue
        spans.append(parse.span(token, token + 1))
    if found.lemma in words.cue_unknown or found.act == "ask":
        return tuple(spans), "unknown"
    if found.lemma in words.cue_possible:
        return tuple(spans), "possible"
    if found.lemma in words.cue_probable and certainty == "certain":
        certainty = "probable"
    return tuple(spans), certainty


def _first_sentence(parse: Parse, piece: Tokens) -> range:
    first, last = piece
    end = next((i for i in range(first, last) if parse.words[i] in _CLAUSE_BREAKS), last)
    return range(first, end)
