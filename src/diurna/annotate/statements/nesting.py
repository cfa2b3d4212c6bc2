"""Which statement is told inside which, and where one statement's content ends because the next begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon
from diurna.annotate.statements.grammar import Tokens, trimmed
from diurna.annotate.statements.reported import Finding

_TAKEN_UP = 4
"""Words before "which" that may take up what is denied (", allegations which he denies")."""
_COMMENT_MARKS = frozenset({",", "—", "–", "--"})


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in text order: by the first token of content, outer before inner."""
    return sorted(findings, key=lambda f: (f.content[0][0], -f.content[-1][1], f.anchor))


def without_doubles(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of `in_order` without those that tell the same content again beside, not inside, another."""
    best: dict[tuple[Tokens, ...], Finding] = {}
    for finding in findings:
        other = best.get(finding.content)
        if other is None or _weight(finding) > _weight(other):
            best[finding.content] = finding
    return [f for f in findings if best[f.content] is f or _holds(best[f.content], f)]


def _weight(finding: Finding) -> tuple[bool, int]:
    return finding.source is not None, len(finding.cue)


def parents(findings: Sequence[Finding]) -> list[int | None]:
    """For each finding of `in_order` the index of the smallest one whose content holds its cue and its content."""
    found: list[int | None] = []
    open_at: list[int] = []
    for number, finding in enumerate(findings):
        start = min(finding.content[0][0], finding.anchor)
        open_at = [k for k in open_at if findings[k].content[-1][1] > start]
        holders = [k for k in open_at if _holds(findings[k], finding)]
        found.append(min(holders, key=lambda k: _size(findings[k])) if holders else None)
        open_at.append(number)
    return found


def _holds(outer: Finding, inner: Finding) -> bool:
    return _within(outer.content, (inner.anchor, inner.anchor + 1)) and all(
        _within(outer.content, p) for p in inner.content
    )


def _within(pieces: Sequence[Tokens], piece: Tokens) -> bool:
    return any(first <= piece[0] and piece[1] <= last for first, last in pieces)


def _size(finding: Finding) -> int:
    return sum(last - first for first, last in finding.content)


def cut_at_followers(parse: Parse, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, contents cut before a ", adding that ..." by the same speaker that the parse drew into them."""
    anchors = sorted((f.anchor, number) for number, f in enumerate(findings) if f.shape != "according")
    places = [anchor for anchor, _ in anchors]
    result = list(findings)
    for number, finding in enumerate(findings):
        first, last = finding.content[-1]
        for _, other in anchors[bisect_right(places, first) : bisect_left(places, last)]:
            if other != number and _follows(parse, finding, findings[other]):
                piece = trimmed(parse, (first, _cue_start(parse, findings[other])))
                if piece[0] < piece[1]:
                    result[number] = replace(finding, content=(*finding.content[:-1], piece))
                break
    return result


def cut_at_denials(parse: Parse, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, contents cut before another's denial of them that hangs on their end (", which Norrow denies")."""
    denials = [f for f in findings if f.act == "deny" and f.frame == "obj" and _is_which(parse, f.content[0])]
    result = list(findings)
    for number, finding in enumerate(findings):
        first, last = finding.content[-1]
        for denial in denials:
            which = denial.content[0][0]
            if first < which < last and denial.source is not None and denial.source[0] > which:
                comma = next(
                    (i for i in range(which - 1, max(first, which - _TAKEN_UP), -1) if parse.words[i] == ","), 0
                )
                piece = trimmed(parse, (first, comma))
                if piece[0] < piece[1]:
                    result[number] = replace(finding, content=(*finding.content[:-1], piece))
    return result


def carried_on(parse: Parse, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, a denial that hangs on the end of what somebody says (", dismissing Norrow's claims") made his.

    The parse makes it the doing of the reported clause's subject; that is believed of names and persons only.
    """
    result = list(findings)
    for number, denial in enumerate(findings):
        at = denial.anchor
        if denial.act not in ("deny", "refuse") or parse.tags[at] != "VBG" or at < 1 or parse.words[at - 1] != ",":
            continue
        for place, outer in enumerate(findings):
            first, last = outer.content[-1]
            if not first < at < last or outer.source is None or outer.source[0] >= first or outer.frame != "that":
                continue
            if denial.source is not None and (denial.source[0] < first or _is_somebody(parse, denial.source)):
                continue
            result[number] = replace(denial, source=outer.source)
            piece = trimmed(parse, (first, at - 1))
            if piece[0] < piece[1]:
                result[place] = replace(result[place], content=(*outer.content[:-1], piece))
    return result


def _is_somebody(parse: Parse, source: Tokens) -> bool:
    """Whether a phrase is headed by a name or a pronoun."""
    head = parse.head_in(parse.span(*source))
    return head is not None and parse.pos[head] in ("PROPN", "PRON")


def _is_which(parse: Parse, piece: Tokens) -> bool:
    return piece[1] - piece[0] == 1 and parse.lowers[piece[0]] == "which"


def cut_at_comments(parse: Parse, cues: CueLexicon, found: Finding) -> Finding:
    """The finding, its last piece cut before a reporter's comment on it (", a move that drew criticism")."""
    if found.frame not in ("that", "inf", "marked"):
        return found
    first, last = found.content[-1]
    for comma in range(first + 3, last - 3):
        if (
            parse.words[comma] in _COMMENT_MARKS
            and parse.lowers[comma + 1] in ("a", "an")
            and _resumes(parse, cues, comma + 2, last)
        ):
            return replace(found, content=(*found.content[:-1], trimmed(parse, (first, comma))))
    return found


def _resumes(parse: Parse, cues: CueLexicon, start: int, last: int) -> bool:
    at = start
    while (
        at < min(start + 3, last - 1)
        and parse.pos[at] in ("ADJ", "ADV", "NOUN")
        and parse.lemmas[at] not in cues.resumptive
    ):
        at += 1
    return (
        at + 1 < last
        and parse.lemmas[at] in cues.resumptive
        and parse.lowers[at + 1] in ("that", "which", "he", "she", "they", "also")
    )


def _cue_start(parse: Parse, finding: Finding) -> int:
    at = finding.cue[0] if finding.cue else finding.anchor
    while at and parse.lowers[at - 1] in ("and", "but", ",", "while"):
        at -= 1
    return at


def _follows(parse: Parse, finding: Finding, other: Finding) -> bool:
    """Whether `other` is a second act of speech of the same speaker, not part of what was said."""
    if other.source is None or finding.anchor >= other.anchor or parse.tags[other.anchor] not in ("VBG", "VBD", "VBZ"):
        return False
    outside = other.source[1] <= finding.content[-1][0]
    before = other.cue[0] - 1 if other.cue else other.anchor - 1
    return outside and parse.lowers[before] in (",", "and", "but", "while")
