"""Elements of a page: text is only ever text, so nothing a report says can become markup."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, tostring

from diurna.model.visible import visible

Child = Element | str | None


def element(tag: str, /, *children: Child, **attributes: str | None) -> Element:
    """An element; a trailing underscore in an attribute's name is left out (`class_`), None children are too.

    Characters that would turn or hide the text round them are written as their code points.
    """
    made = Element(tag, {key.rstrip("_"): visible(value) for key, value in attributes.items() if value is not None})
    for child in children:
        put(made, child)
    return made


def put(parent: Element, child: Child) -> None:
    """Add a child at the end."""
    if isinstance(child, Element):
        parent.append(child)
    elif child and len(parent):
        parent[-1].tail = (parent[-1].tail or "") + visible(child)
    elif child:
        parent.text = (parent.text or "") + visible(child)


def link(text: str, to: str | None, *, outside: bool = False) -> Element:
    """A link, or the text alone where the address is not one a reader may be sent to."""
    if to is None or (outside and not _is_web(to)):
        return element("span", text)
    return element("a", text, href=to, class_="out" if outside else None, rel="noreferrer" if outside else None)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and all(ord(char) > 32 for char in url)


def row(*cells: tuple[str | None, Child]) -> Element:
    """A table's row: cells with their classes."""
    return element("tr", *(element("td", child, class_=kind) for kind, child in cells))


def markup(made: Element) -> bytes:
    """The element as HTML."""
    text: str = tostring(made, encoding="unicode", method="html")
    return text.encode("utf-8", "replace")


def opened(made: Element) -> tuple[bytes, bytes]:
    """The element as HTML in two parts, so that more can be written into it."""
    end = f"</{made.tag}>".encode()
    return markup(made).removesuffix(end), end
