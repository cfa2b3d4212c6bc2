"""A dossier: the feeds that are followed for one matter, and how; a small TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from diurna.errors import SourceError, UsageError
from diurna.sources.listing import read_listing
from diurna.sources.locate import is_address

_SPAN = re.compile(r"(\d{1,6})\s*(s|min|m|h|d)?", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400}
_SHORTEST, _LONGEST = 60, 7 * 86_400
_MOST_FEEDS = 10_000
_LONGEST_FILE = 8_000_000


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is followed.

    Attributes:
        name: the matter.
        feeds: addresses of feeds, sitemaps and sitemap indexes, each once.
        words: a report is kept where one of them stands in it, whatever the case; without any, all are.
        pages: whether the page of an entry is read instead of what the feed says of it.
        every: seconds between two looks at a feed.
    """

    name: str
    feeds: tuple[str, ...]
    words: tuple[str, ...] = ()
    pages: bool = False
    every: int = 900

    def wants(self, text: str) -> bool:
        """Whether a report with this text belongs to the matter."""
        pattern = _words_pattern(self.words)
        return pattern is None or pattern.search(text) is not None


def dossier_of(sources: Sequence[str]) -> Dossier:
    """The dossier in a TOML file, or one of the feeds and OPML files that are named.

    Raises:
        UsageError: listing all that is wrong with it.
    """
    if len(sources) == 1 and sources[0].lower().endswith(".toml"):
        return load_dossier(Path(sources[0]))
    faults: list[str] = []
    feeds = _feeds(sources, Path(), faults)
    _complain("", faults)
    return Dossier("feeds", feeds)


def load_dossier(path: Path) -> Dossier:
    """The dossier in a file; names of OPML files in it go by the file's folder.

    Raises:
        UsageError: it cannot be read, or listing all that is wrong with it.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UsageError(f"{path} cannot be read as TOML: {fault}") from None
    faults = [
        f"there is no {key!r} in a dossier (there are {', '.join(_CHECKS)})" for key in said if key not in _CHECKS
    ]
    values: dict[str, object] = {}
    for key, check in _CHECKS.items():
        try:
            values[key] = check(said[key]) if key in said else None
        except ValueError as fault:
            faults.append(f"{key} {fault}, not {said[key]!r}")
    sources = values.get("feeds") or ()
    feeds = _feeds(sources, path.parent, faults) if isinstance(sources, tuple) else ()
    _complain(f"{path}: ", faults)
    rest = {key: value for key, value in values.items() if value is not None and key != "feeds"}
    return Dossier(**{"name": path.stem, **rest, "feeds": feeds})  # type: ignore[arg-type]  # each was checked


def _complain(where: str, faults: list[str]) -> None:
    if faults:
        raise UsageError(where + "; ".join(faults))


def _feeds(sources: Sequence[str], folder: Path, faults: list[str]) -> tuple[str, ...]:
    """The addresses that are named, those in OPML files among them, each once."""
    found: dict[str, None] = {}
    for source in sources:
        if is_address(source):
            found[source.strip()] = None
        else:
            found.update(dict.fromkeys(_listed(folder / source, faults)))
    if not found and not faults:
        faults.append("it names no feed")
    if len(found) > _MOST_FEEDS:
        faults.append(f"{len(found):,} feeds are more than {_MOST_FEEDS:,}")
    return tuple(found)


def _listed(path: Path, faults: list[str]) -> list[str]:
    """The feeds in an OPML file of this machine."""
    try:
        with path.open("rb") as file:
            listing = read_listing(file.read(_LONGEST_FILE))
    except (OSError, SourceError) as fault:
        said = fault.strerror if isinstance(fault, OSError) else fault
        faults.append(f"{path} is neither a web address nor an OPML file that can be read ({said})")
        return []
    return [one.url for one in listing.addresses]


def _words_pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    spelled = (r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text")
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise ValueError("must be a list of texts")
    return tuple(one.strip() for one in value)


def _flag(value: object) -> bool:
    if value is True or value is False:
        return value
    raise ValueError("must be true or false")


def seconds_of(value: object) -> int:
    """Seconds of a span such as "15 min", "2h" or 900.

    Raises:
        ValueError: it is none, or shorter than a minute or longer than a week.
    """
    match = _SPAN.fullmatch(str(value).strip()) if not isinstance(value, bool) else None
    seconds = int(match[1]) * _SECONDS[(match[2] or "s").lower()] if match else 0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise ValueError('must be from "1 min" to "7 d"')
    return seconds


_CHECKS: dict[str, Callable[[object], object]] = {
    "name": _name,
    "feeds": _texts,
    "words": _texts,
    "pages": _flag,
    "every": seconds_of,
}
