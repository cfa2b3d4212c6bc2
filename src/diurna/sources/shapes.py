"""What single paragraphs are by their looks: captions, bylines, boilerplate, headlines."""

from __future__ import annotations

import re

from diurna.sources.datelines import dateline_length, is_date_line, is_place_line
from diurna.sources.rules import BlockRules, plain

_LONGEST_HEADLINE = 220
_LONGEST_BYLINE = 140
_LONGEST_CAPTION = 500
_LONGEST_ENDING = 200

SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)")
_INNER_STOP = re.compile(r"(?:[^\W\d_]{3}|\d)[.!?][\"'”’)\]]*\s+[\"“‘]?[A-Z]")
_ARTICLE = re.compile(r"\b(?:an?|the|An?|The)\b")
_CREDIT = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]][.\s]*$")
_CREDIT_JOINTS = re.compile(r"\s*[:/,|]\s*|\s+by\s+|\s+via\s+")
_NO_WORDS = re.compile(r"[\W_]+")
_ONLY_TAGS = re.compile(r"(?:<[^<>]{1,300}>[\s.]*)+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def is_boilerplate(line: str, rules: BlockRules) -> bool:
    """Whether `line` is no part of any story: an invitation to subscribe, a copyright line, a row of stars."""
    if len(line) > rules.boilerplate_longest:
        return False
    mark = plain(line)
    return (
        mark.rstrip(".:!") in rules.boilerplate_whole
        or _NO_WORDS.fullmatch(mark) is not None
        or _ONLY_TAGS.fullmatch(mark) is not None
        or (len(mark) < _LONGEST_ENDING and mark.rstrip(".!) ").endswith(rules.boilerplate_endings))
        or rules.boilerplate.match(mark) is not None
        or rules.boilerplate.match(mark.lstrip("[(*_ ")) is not None
    )


def is_caption(line: str, rules: BlockRules) -> bool:
    """Whether `line` goes with a picture: it begins as captions do, or ends with who took it."""
    if len(line) > _LONGEST_CAPTION:
        return False
    mark = plain(line)
    if rules.caption.match(mark) or mark.rstrip(".").endswith(rules.caption_endings):
        return True
    if rules.credit_at_end.search(mark[-90:]):
        return True
    credit = _CREDIT.search(mark[-140:])
    words = [word.strip() for word in _CREDIT_JOINTS.split(credit[1])] if credit else []
    known = rules.credit_words if len(words) > 1 else rules.picture_words
    return any(word in known for word in words)


def is_byline(line: str, rules: BlockRules) -> bool:
    """Whether `line` is an author's line: an opening such as "By", then names and little else."""
    if len(line) > _LONGEST_BYLINE:
        return False
    opening = rules.byline.match(plain(line))
    if opening is None:
        return False
    rest = " ".join(line.split())[opening.end() :].strip(" :|")
    if not rest:
        return len(opening.group().split()) > 1
    words = [word.strip(".,;|()") for word in rest.split()]
    first = words[0].lower()
    if not words[0] or not (words[0][0].isupper() or words[0][0] == "@"):
        return False
    if first in rules.months or first in rules.weekdays:
        return False
    return all(_in_byline(word, rules) for word in words)


def _in_byline(word: str, rules: BlockRules) -> bool:
    return (
        not word or word[0].isupper() or word[0] in "@&-–—" or word[0].isdigit() or word.lower() in rules.joining_words
    )


def opens_story(line: str, rules: BlockRules) -> bool:
    """Whether a story begins at `line`: it is a byline or a dateline or begins with one."""
    return (
        is_byline(line, rules)
        or is_date_line(line, rules)
        or is_place_line(line, rules)
        or dateline_length(line, rules, opening=True) > 0
    )


def looks_like_headline(line: str, following: str, rules: BlockRules) -> bool:
    """Whether `line`, the first of a text, is its headline; `following` is the paragraph below it."""
    if not line or len(line) > _LONGEST_HEADLINE or len(line.split()) < 3 or line[0] in "-*•>([" or line[-1] in ":,":
        return False
    if is_boilerplate(line, rules) or is_caption(line, rules) or opens_story(line, rules):
        return False
    if line[-1] == ";" or _is_title_case(line):
        return True
    if _INNER_STOP.search(line[:-1]):
        return False
    unstopped = line[-1] not in '.!?"”'
    return (
        unstopped or _is_telegraphic(line, following) or opens_story(following, rules) or is_deck_mark(following, rules)
    )


def is_deck_mark(line: str, rules: BlockRules) -> bool:
    """Whether `line` only says that the summary follows ("ABSTRACT.")."""
    return len(line) < 40 and plain(line).rstrip(".:") in rules.deck_marks


def _is_title_case(line: str) -> bool:
    """Whether most longer words of `line` begin with a capital letter, as in many headlines."""
    words = _LONG_WORD.findall(line)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _is_telegraphic(line: str, following: str) -> bool:
    """Whether `line` is short and without articles, and `following` is plainly longer."""
    return len(line) <= 110 and len(following) > 1.3 * len(line) and not _ARTICLE.search(line)
