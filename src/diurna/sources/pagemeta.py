"""What a page says about itself: title, author, outlet, address and date."""

from __future__ import annotations

import calendar
import html
import json
import re
from typing import Any

from diurna.model.timevalue import TimeValue
from diurna.sources.published import parse_published
from diurna.sources.rules import plain

_TITLE_PARTS = re.compile(r"\s+[|–—·»•:-]+\s+|\s*[|»]\s*|:\s+")
_DATE_IN_SCRIPT = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DATE_TAGS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='article:published_time' or @name='pubdate' or @name='publishdate']/@content",
    "//meta[@name='parsely-pub-date']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_BODY_IN_SCRIPT = re.compile(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.){1,2000000})"')
_TAG = re.compile(r"<[^<>]{1,500}>")
_HOST = re.compile(r"https?://(?:www\.|m\.|amp\.)?([^/:?#]{3,100})", re.IGNORECASE)
_LONGEST_TITLE = 300
_DATE_AT_END = re.compile(
    r"(?:,?\s+(?:" + "|".join([*calendar.month_name[1:], *calendar.day_name]) + r"))+$", re.IGNORECASE
)
"""What remains of a date that stood beside a name."""


def page_title(found: str | None, site: str | None, tree: Any) -> str | None:
    """The headline: the longest heading that the page's title tag repeats, else `found` without the site's name."""
    tag = _text(next(iter(tree.xpath("//head/title|//title")), None))
    wholes = [plain(one) for one in (tag, found or "") if one]
    parts = {plain(part) for one in (tag, found or "") for part in _TITLE_PARTS.split(one)}
    headings = [_text(one) for one in tree.xpath("//h1|//h2|//h3")[:60]]
    named = [one for one in headings if _is_named(one, wholes, parts) and plain(one) != plain(site or "")]
    best = max(named, key=lambda one: len(one.split()), default=None)
    if best and len(best.split()) >= 3:
        return best
    return _without_site(found or tag, {plain(name) for name in (site, _beside(tag, found)) if name}) or None


def _is_named(heading: str, wholes: list[str], parts: set[str]) -> bool:
    """Whether the titles are, begin with, end with or hold as one of their parts what `heading` says."""
    mark = plain(heading)
    if not 8 <= len(heading) <= _LONGEST_TITLE:
        return False
    return mark in parts or any(one.startswith(mark) or one.endswith(mark) for one in wholes)


def _beside(tag: str, found: str | None) -> str | None:
    """What the title tag holds beside the title that was found."""
    known = plain(found or "")
    left, mark, right = plain(tag).partition(known) if known else ("", "", "")
    if not mark or (left and right):
        return None
    whole = " ".join(tag.split())
    return (whole[: len(left)] if left else whole[len(whole) - len(right) :]).strip(" |–—·»•:-") or None


def _without_site(title: str, names: set[str]) -> str:
    """`title` without a last or first part that is the site's name."""
    clean = " ".join(title.split())
    for separator in (" | ", " - ", " – ", " — ", " · ", " » ", ": "):
        head, mark, tail = clean.rpartition(separator)
        if mark and plain(tail) in names and len(head) > 8:
            return head
        head, mark, tail = clean.partition(separator)
        if mark and plain(head) in names and len(tail) > 8:
            return tail
    return clean[:_LONGEST_TITLE]


def page_author(found: str | None, site: str | None) -> str | None:
    """The people named as authors; the site's own name and double entries are left out."""
    if not found:
        return None
    names: list[str] = []
    for part in found.split(";"):
        name = re.sub(r"^(?:by|analysis by|written by|opinion by|text)\s+", "", part.strip(), flags=re.IGNORECASE)
        name = _DATE_AT_END.sub("", name)
        if name and plain(name) not in {plain(site or ""), "admin", "editor", "staff"} and name not in names:
            names.append(name)
    return ", ".join(names) or None


def page_outlet(site: str | None, title: str | None, url: str | None, tree: Any) -> str | None:
    """The site's name as the page gives it, else what its title tag adds to the headline, else its host."""
    if site and not site.lower().startswith(("http", "copyright", "©")):
        return site
    tag = _text(next(iter(tree.xpath("//head/title|//title")), None))
    beside = _beside(tag, title)
    if beside and len(beside.split()) <= 5 and len(beside) <= 60:
        return beside
    host = _HOST.match(url or "") or _HOST.match(site or "")
    return host[1].lower() if host else None


def page_date(day: str | None, tree: Any, page: str) -> TimeValue | None:
    """When the page was published: the moment its tags give when it agrees with `day`, else `day` (ISO)."""
    known = parse_published(day) if day else None
    for value in _given_dates(tree, page):
        moment = parse_published(value)
        if moment is None or moment.first_day is None:
            continue
        if known is None or known.first_day is None or abs((moment.first_day - known.first_day).days) <= 1:
            return moment
    return known


def _given_dates(tree: Any, page: str) -> list[str]:
    dates = [str(value) for path in _DATE_TAGS for value in tree.xpath(path)[:2]]
    script = _DATE_IN_SCRIPT.search(page[:2_000_000])
    return [*dates, script[1]] if script else dates


def article_body(tree: Any) -> str:
    """The article's text as the page embeds it for search engines (JSON-LD `articleBody`), without tags; often none."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:10]:
        match = _BODY_IN_SCRIPT.search(script.text or "")
        if match:
            try:
                body = str(json.loads(f'"{match[1]}"', strict=False))
            except ValueError:
                continue
            return html.unescape(_TAG.sub("\n", body)).strip()
    return ""


def _text(element: Any) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""
