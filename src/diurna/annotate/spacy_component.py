"""Diurna inside a spaCy pipeline: `nlp.add_pipe("diurna")`, then `doc._.statements`.

It uses the parse the pipeline has made, so a text is not parsed twice. Records are kept in the document as JSON text,
which survives `to_bytes`, `DocBin(store_user_data=True)` and `nlp.pipe(n_process=2)`; every access makes them anew.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from diurna.annotate.parse import parse_doc
from diurna.annotate.pipeline import Engine, annotate_parse
from diurna.errors import MissingPartError, UsageError
from diurna.model.codec import reading_from_dict
from diurna.model.record import Reading, check_reading
from diurna.model.report import Block, Report, content_hash, report_id
from diurna.model.span import trim
from diurna.model.timevalue import TimeValue, day_value

RECORDS = ("statements", "events", "relations", "actors", "times")
_KEY = "diurna"
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
_NEEDED = ("TAG", "DEP", "LEMMA", "SENT_START")


@Language.factory(
    "diurna",
    assigns=["doc._.reading", *(f"doc._.{name}" for name in RECORDS)],
    requires=["token.tag", "token.dep", "token.lemma", "doc.sents", "doc.ents"],
    default_config={"engine": "auto"},
)
def make(nlp: Language, name: str, engine: Engine) -> DiurnaPipe:  # noqa: ARG001 - what spaCy hands to factories
    """The component: `engine` is "auto", or "rules" to use no learned model."""
    return DiurnaPipe(engine)


class DiurnaPipe:
    """Reads each document as one report: paragraphs as its blocks, the day in `doc._.published` as its day.

    Afterwards `doc._.reading` is a `diurna.Reading` without commitments and gaps (`diurna.linked` adds them),
    `doc._.statements`, `doc._.events`, `doc._.relations`, `doc._.actors` and `doc._.times` are its records, and
    `doc.spans["diurna"]` holds their spans with the labels SPEAKER, CUE, CONTENT and the types of events.
    """

    def __init__(self, engine: Engine = "auto") -> None:
        self.engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """The document with its records.

        Raises:
            MissingPartError: the pipeline before has not parsed it.
            UsageError: `doc._.published` is no ISO day.
        """
        missing = [name for name in _NEEDED if len(doc) and not doc.has_annotation(name)]
        if missing:
            raise MissingPartError(
                f"the pipeline before 'diurna' sets no {', '.join(missing)}: it needs a tagger, parser and lemmatizer, "
                "and a recogniser of names finds more actors"
            )
        report = _report(doc)
        reading = annotate_parse(report, parse_doc(doc, report), self.engine)
        check_reading(reading)
        doc.user_data[_KEY] = json.dumps(reading.to_dict(), ensure_ascii=True)
        doc.spans[_KEY] = list(_spans(doc, reading))
        return doc


def _report(doc: Doc) -> Report:
    text, published = doc.text, _day(doc._.published)
    spans = [trim(text, *found.span()) for found in _PARAGRAPH.finditer(text)]
    blocks = tuple(Block("body", span) for span in spans if span.end > span.start)
    return Report(
        id=report_id(url=None, outlet=None, source_id=None, title=None, text=text), source_id=None,
        version=content_hash("vs", text), title=None, url=None, outlet=None, author=None, published=published,
        language="en", text=text, blocks=blocks,
    )  # fmt: skip


def _day(said: str | None) -> TimeValue | None:
    if said is None:
        return None
    try:
        return day_value(dt.date.fromisoformat(said), said)
    except (TypeError, ValueError):
        raise UsageError(f"doc._.published {said!r} is no day: write it as 2025-12-28") from None


def _spans(doc: Doc, reading: Reading) -> Iterator[Span]:
    places: list[tuple[tuple[int, int], str]] = [(one.trigger, one.type) for one in reading.events]
    for one in reading.statements:
        places += [(span, "CONTENT") for span in one.content.spans] + [(span, "CUE") for span in one.cue.spans]
        places += [(one.speaker.span, "SPEAKER")] if one.speaker.span else []
    for (start, end), label in sorted(set(places)):
        found = doc.char_span(start, end, label=label, alignment_mode="expand")
        if found is not None:
            yield found


def _reading(doc: Doc) -> Reading:
    kept = doc.user_data.get(_KEY)
    return reading_from_dict(json.loads(kept)) if isinstance(kept, str) else Reading(_report(doc))


def _records_of(name: str) -> Callable[[Doc], object]:
    return lambda doc: getattr(_reading(doc), name)


def _make_extensions() -> None:
    Doc.set_extension("published", default=None, force=True)
    Doc.set_extension("reading", getter=_reading, force=True)
    for name in RECORDS:
        Doc.set_extension(name, getter=_records_of(name), force=True)


_make_extensions()
