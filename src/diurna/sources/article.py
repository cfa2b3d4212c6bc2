"""HTML pages to reports: main text with the tags' own blocks, and what the page says about itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from diurna.budget import within
from diurna.errors import OverBudgetError, SourceError, TooLargeError
from diurna.model.report import BlockKind
from diurna.model.span import Span
from diurna.sources.blocks import label
from diurna.sources.compose import Details, compose, received
from diurna.sources.decode import declared_charset, decode
from diurna.sources.incoming import Incoming, ReadOptions
from diurna.sources.pagemeta import article_body, page_author, page_date, page_outlet, page_title
from diurna.sources.rules import plain

for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what they would say becomes a recorded failure

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DEEPEST = 250
"""Elements inside one another; real pages have 20 to 60, and extraction calls itself for each."""

_DATES = {"original_date": True, "extensive_search": True, "max_date": "2100-01-01"}
"""A fixed last date, so that a page is read the same way on every day."""

_SHORT_PAGE = 1_500
"""Characters below which what the careful mode found is compared with the bold mode's."""

_CHUNK = re.compile(r"(?:article|story|post|entry)[_-]{0,2}(?:body|content|text)", re.IGNORECASE)
_MOST_CHUNKS = 20
"""Containers of one story; more are a list of stories."""

_POP_UPS = "//p//span[.//img and count(.//a) > 1]"
"""Cards that open over a name in the running text and hold other reports' headlines."""

_KINDS: dict[str, BlockKind] = {"quote": "quote"}
_PARAGRAPHS = frozenset({"p", "head", "item", "quote", "code", "row"})
_TABLE_PROSE = 80
"""Characters from which a table's row is prose laid out as a table, as on old pages."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of the page and its kind, where the tags tell it."""

    kind: BlockKind | None
    text: str


def decode_page(data: bytes) -> str:
    """The characters of an HTML page, by its byte-order mark, its bytes, or its own word.

    Raises:
        SourceError: it is no text.
    """
    return decode(data, declared_charset(data))


def read_page(page: str, details: Details, options: ReadOptions) -> Incoming:
    """The report in an HTML page; what `details` gives outranks what the page says.

    Raises:
        SourceError: it is too large, too deeply nested, takes too long, holds no main text, or has tags that nobody
            foresaw.
    """
    try:
        with within(options.limits.seconds, "page"):
            return _read_page(page, details, options)
    except OverBudgetError as fault:
        raise SourceError(fault.reason) from None
    except SourceError:
        raise
    except RecursionError as fault:
        raise SourceError("elements nested too deeply to find the main text") from fault
    except Exception as fault:  # pages hold whatever tags they like, and any fault of one is that page's only
        raise SourceError(f"the page could not be taken apart ({type(fault).__name__}: {fault})") from fault


def _read_page(page: str, details: Details, options: ReadOptions) -> Incoming:
    if len(page) > options.limits.page:
        raise TooLargeError(f"the page has more than {options.limits.page:,} characters")
    tree = _tree(page)
    captions = frozenset(plain(one.text_content()) for one in tree.iter("figcaption"))
    document = _extracted(_in_one_piece(page, tree), details.url)
    title = details.title or page_title(document.title, document.sitename, tree)
    parts = _more_by_its_own_word(list(_parts(document.body, captions)), tree)
    parts = _without_title(parts, title)
    if not parts:
        raise SourceError("no main text was found in the page")
    text, spans = _joined(title, parts)
    if len(text) > options.limits.text:
        raise TooLargeError(f"{len(text):,} characters of text are more than {options.limits.text:,}")
    site = document.sitename
    known = Details(
        source_id=details.source_id,
        title=title,
        url=details.url or document.url,
        outlet=details.outlet or page_outlet(site, title, details.url or document.url, tree),
        author=details.author or page_author(document.author, site),
        published=details.published or page_date(document.date, tree, page),
        language=details.language,
    )
    return Incoming(compose(text, known, label(text, spans, title)), "")


def _tree(page: str) -> Any:
    """The parsed page.

    Raises:
        SourceError: it cannot be parsed, is empty, or is nested deeper than any real page.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_CONTROL.sub(" ", page).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as fault:
        raise SourceError(f"not a page: {fault}") from fault
    if _is_deep(tree):
        raise SourceError(f"elements nested more than {_DEEPEST} deep: this is no page to read")
    return tree


def _is_deep(tree: Any) -> bool:
    level = [tree]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _in_one_piece(page: str, tree: Any) -> str:
    """The page with the parts of a story that advertisements cut into several containers put into one."""
    chunks: dict[str, list[Any]] = {}
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        if _CHUNK.search(name) and "comment" not in name and element.find("p") is not None:
            chunks.setdefault(name, []).append(element)
    cut = [found for found in chunks.values() if 1 < len(found) <= _MOST_CHUNKS and _has_prose(found)]
    if not cut:
        return page
    for first, *others in cut:
        for other in others:
            for child in list(other):
                first.append(child)
    return str(html.tostring(tree, encoding="unicode"))


def _has_prose(chunks: list[Any]) -> bool:
    """Whether at least two of `chunks` hold running text of their own."""
    return sum(sum(len(p.text_content()) for p in one.findall("p")) > 200 for one in chunks) > 1


def _extracted(page: str, url: str | None) -> Any:
    """What trafilatura finds: a document with `body` (its own small XML) and metadata.

    Its careful mode is right more often (token F1 96.5 against 95.9 on 181 pages), but finds next to nothing on some.

    Raises:
        SourceError: it finds nothing.
    """
    careful = _document(page, url, careful=True)
    if careful is not None and len(careful.text or "") >= _SHORT_PAGE:
        return careful
    bold = _document(page, url, careful=False)
    if careful is None or (bold is not None and len(bold.text or "") > 1.5 * len(careful.text or "")):
        careful = bold
    if careful is None:
        raise SourceError("no main text was found in the page")
    return careful


def _document(page: str, url: str | None, *, careful: bool) -> Any:
    import trafilatura  # here, since it costs 0.2 s that other sources need not pay

    return trafilatura.bare_extraction(
        _CONTROL.sub(" ", page),
        url=url,
        favor_precision=careful,
        include_comments=False,
        include_formatting=False,
        with_metadata=True,
        date_extraction_params=dict(_DATES),
        prune_xpath=_POP_UPS,
    )


def _parts(body: Any, captions: frozenset[str]) -> Iterator[_Part]:
    """The paragraphs of the extracted body, in order."""
    if body is None:
        return
    for element in body.iter(*_PARAGRAPHS):
        if any(above.tag in _PARAGRAPHS for above in element.iterancestors()):
            continue
        kind = _KINDS.get(element.tag)
        for text in _texts(element):
            if plain(text) in captions:
                yield _Part("caption", text)
            elif element.tag == "row" and len(text) < _TABLE_PROSE:
                yield _Part("other", text)
            else:
                yield _Part(kind, text)


def _texts(element: Any) -> list[str]:
    """The paragraphs inside one element: it may hold others, and line breaks."""
    pieces: list[str] = []
    _gather(element, pieces)
    return [text for piece in "".join(pieces).split("\n\n") if (text := received(_SPACE.sub(" ", piece)).strip(" "))]


def _gather(element: Any, pieces: list[str]) -> None:
    inner = element.tag in _PARAGRAPHS and element.tag != "row"
    if inner or element.tag == "lb":
        pieces.append("\n\n")
    if element.text:
        pieces.append(_SPACE.sub(" ", element.text))
    for child in element:
        _gather(child, pieces)
        if child.tag == "cell":
            pieces.append(" | " if child.getnext() is not None else "")
        if child.tail:
            pieces.append(_SPACE.sub(" ", child.tail))
    if inner:
        pieces.append("\n\n")


def _more_by_its_own_word(parts: list[_Part], tree: Any) -> list[_Part]:
    """`parts`, or the page's paragraphs that its embedded article text repeats, where these are plainly more."""
    stated = article_body(tree)
    found = sum(len(part.text) for part in parts)
    if len(stated) < 1.4 * found or len(stated) < _SHORT_PAGE:
        return parts
    whole = plain(stated)
    repeated = [
        text for one in tree.iter("p") if (text := _SPACE.sub(" ", one.text_content()).strip()) and plain(text) in whole
    ]
    known = list(dict.fromkeys(repeated))
    if sum(map(len, known)) < 0.7 * len(stated):
        known = [line.strip() for line in stated.split("\n") if line.strip()]
    return [_Part(None, received(text)) for text in known]


def _without_title(parts: list[_Part], title: str | None) -> list[_Part]:
    """`parts` without the headline where it opens the text again."""
    mark = plain(title or "")
    while parts and mark and plain(parts[0].text) == mark:
        parts = parts[1:]
    return parts


def _joined(title: str | None, parts: list[_Part]) -> tuple[str, list[tuple[BlockKind | None, Span]]]:
    """Title and paragraphs with a blank line between, and where each stands."""
    texts = [_Part("headline", received(title))] if title else []
    spans: list[tuple[BlockKind | None, Span]] = []
    length = 0
    for part in (*texts, *parts):
        spans.append((part.kind, Span(length, length + len(part.text))))
        length += len(part.text) + 2
    return "\n\n".join(part.text for part in (*texts, *parts)), spans
