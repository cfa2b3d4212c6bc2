"""The tables, the same in both databases; `docs/decisions/0004-ledger-schema.md` says why they are as they are.

Numbers called `seq` are given by the writer, always rising, so that what was recorded later has the higher number.
Days are ISO days as text, "" where unknown, so that they sort and compare alike everywhere.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, SmallInteger, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


def column(text: str) -> str:
    """`text` as every database can hold it in a column: no zero character, no half of a surrogate pair."""
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


class _Words(TypeDecorator[str]):
    """Text; what is asked for is made holdable as what is stored is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as SQLAlchemy has it
        """The value as a column can have it."""
        return None if value is None else column(value)


_BIG = BigInteger().with_variant(Integer(), "sqlite")
_WORDS = _Words().with_variant(_Words(collation="C"), "postgresql")

metadata = MetaData()


def _seq() -> Column[int]:
    return Column("seq", _BIG, primary_key=True, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, _WORDS, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _link(name: str, to: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, _BIG, ForeignKey(f"{to}.seq"), nullable=nullable)


texts = Table(
    "texts",
    metadata,
    _seq(),
    Column("version", _WORDS, nullable=False, unique=True),
    _number("characters"),
    Column("body", LargeBinary, nullable=False),  # UTF-8, deflated
)

outlets = Table("outlets", metadata, _seq(), Column("name", _WORDS, nullable=False, unique=True))

reports = Table("reports", metadata, _seq(), Column("id", _WORDS, nullable=False, unique=True))

runs = Table(
    "runs",
    metadata,
    _seq(),
    _text("began_at"),
    Column("ended_at", _WORDS),  # NULL while it runs, and for ever where it was killed
    _text("made_by"),
    _text("sources"),
    _number("added"),
    _number("known"),
    _number("failed"),
)

readings = Table(
    "readings",
    metadata,
    _seq(),
    _link("report", "reports"),
    _link("text", "texts"),
    _link("outlet", "outlets", nullable=True),
    _link("run", "runs", nullable=True),
    _number("number"),  # 1, 2, ...: versions of the report in the order they came
    _text("day"),
    _text("digest"),
    _number("whole"),  # 0 where reading failed and a later one may take its place
    _text("made_by"),
    _text("recorded_at"),
    Column("replaced_at", _WORDS),  # NULL for what holds now
    _text("facts"),
    Index("readings_report", "report", "seq"),
    Index("readings_text", "text"),
    Index("readings_day", "day", "seq"),
    Index("readings_outlet", "outlet", "day", "seq"),
    Index("readings_recorded", "recorded_at"),
)
Index(
    "readings_replaced",
    readings.c.replaced_at,
    sqlite_where=readings.c.replaced_at.is_not(None),
    postgresql_where=readings.c.replaced_at.is_not(None),
)

names = Table("names", metadata, _seq(), Column("key", _WORDS, nullable=False, unique=True), _text("name"))

name_words = Table(
    "name_words",
    metadata,
    Column("word", _WORDS, primary_key=True),
    Column("name", _BIG, ForeignKey("names.seq"), primary_key=True),
    sqlite_with_rowid=False,
)

actors = Table(
    "actors",
    metadata,
    _seq(),
    _link("reading", "readings"),
    _text("id"),
    _link("name", "names"),
    _text("kind"),
    Column("country", _WORDS),
    _text("body"),
    Index("actors_reading", "reading"),
    Index("actors_name", "name", "reading"),
    Index("actors_id", "id"),
)

statements = Table(
    "statements",
    metadata,
    _seq(),
    _link("reading", "readings"),
    _text("id"),
    _text("day"),
    Column("outlet", _BIG),
    _text("act"),
    _text("first"),  # said between these two days
    _text("last"),
    _text("body"),
    Index("statements_reading", "reading"),
    Index("statements_id", "id"),
    Index("statements_day", "day", "seq"),
    Index("statements_act", "act", "day", "seq"),
    Index("statements_outlet", "outlet", "day", "seq"),
    Index("statements_first", "first", "seq", "last"),
)

events = Table(
    "events",
    metadata,
    _seq(),
    _link("reading", "readings"),
    _text("id"),
    _text("day"),
    Column("outlet", _BIG),
    _text("type"),
    _text("realis"),
    Column("own", SmallInteger, nullable=False),  # 1: told in the report's own voice
    _text("first"),  # happened between these two days
    _text("last"),
    _text("body"),
    Index("events_reading", "reading"),
    Index("events_id", "id"),
    Index("events_day", "day", "seq"),
    Index("events_voice", "own", "realis", "day", "seq"),
    Index("events_type", "type", "own", "realis", "day", "seq"),
    Index("events_outlet", "outlet", "day", "seq"),
    Index("events_first", "own", "realis", "first", "seq", "last"),  # what ended before is passed over in the index
)

parties = Table(
    "parties",
    metadata,
    Column("kind", _WORDS, primary_key=True),  # of the record: "statement" or "event"
    Column("name", _BIG, ForeignKey("names.seq"), primary_key=True),
    Column("day", _WORDS, primary_key=True),
    Column("record", _BIG, primary_key=True),
    Column("role", _WORDS, primary_key=True),  # speaker, behalf, addressee; actor, recipient
    _link("reading", "readings"),
    Index("parties_reading", "reading"),
    Index("parties_name", "name"),
    sqlite_with_rowid=False,
)

relations = Table(
    "relations", metadata, _seq(), _link("reading", "readings"), _text("id"), _text("kind"), _text("body"),
    Index("relations_reading", "reading"), Index("relations_id", "id"),
)  # fmt: skip

commitments = Table(
    "commitments", metadata, _seq(), _link("reading", "readings"), _text("id"), _text("kind"), _text("due"),
    _text("body"),
    Index("commitments_reading", "reading"), Index("commitments_id", "id"),
)  # fmt: skip

gaps = Table(
    "gaps", metadata, _seq(), _link("reading", "readings"), _text("id"), _text("kind"), _text("verdict"),
    _text("body"),
    Index("gaps_reading", "reading"), Index("gaps_id", "id"),
)  # fmt: skip

times = Table(
    "times", metadata, _seq(), _link("reading", "readings"), _text("first"), _text("last"), _text("body"),
    Index("times_reading", "reading"),
)  # fmt: skip

failures = Table(
    "failures",
    metadata,
    _seq(),
    _link("reading", "readings", nullable=True),  # NULL where there was no report
    _link("run", "runs", nullable=True),
    Column("key", _WORDS, nullable=False, unique=True),  # the same failure again adds nothing
    _text("place"),
    _text("stage"),
    _text("reason"),
    _text("recorded_at"),
    Index("failures_reading", "reading"),
)

judgements = Table(
    "judgements",
    metadata,
    _seq(),
    _text("record"),  # the record's id; it need not be of the newest version
    _text("verdict"),  # accept, reject, same, different, undo
    Column("other", _WORDS),  # the other record of "same" and "different"
    Column("undoes", _BIG, ForeignKey("judgements.seq")),
    _text("decided_by"),
    Column("person", SmallInteger, nullable=False),  # 1 outranks 0, a rule
    _text("why"),
    _text("judged_at"),
    Index("judgements_record", "record", "seq"),
    Index("judgements_undoes", "undoes"),
)

tombstones = Table(
    "tombstones",
    metadata,
    _seq(),
    Column("report", _WORDS, nullable=False, unique=True),
    _text("removed_at"),
    _text("removed_by"),
    _text("why"),
    _number("versions"),
    _number("records"),
)

watched = Table(
    "watched",
    metadata,
    Column("matter", _WORDS, primary_key=True),  # of a dossier: feeds read for another matter are read anew
    Column("address", _WORDS, primary_key=True),
    _text("state"),  # what `diurna watch` knows of the feed
    _text("looked_at"),
)

# --- between reports; made by linking, from what stands above

link_state = Table(
    "link_state", metadata,
    Column("name", _WORDS, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip

cards = Table(
    "cards", metadata,
    Column("reading", _BIG, ForeignKey("readings.seq"), primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),  # its tellings, deflated; a reading with a card has been linked
)  # fmt: skip

blocks = Table(
    "blocks", metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("telling", BigInteger, primary_key=True, autoincrement=False),  # TELLINGS x reading + its place in the card
    sqlite_with_rowid=False,
)  # fmt: skip

stories = Table(
    "stories",
    metadata,
    _seq(),
    Column("id", _WORDS, nullable=False, unique=True),
    _text("title"),
    _text("first"),
    _text("last"),
    _number("reports"),
    _number("origins"),
    Column("touched", BigInteger, nullable=False),  # rises whenever a report joins any story
    _text("body"),
    Column("state", LargeBinary, nullable=False),  # what new reports are held against: no word of a text stands in it
    Index("stories_last", "last", "seq"),
    Index("stories_touched", "touched"),
)

story_reports = Table(
    "story_reports", metadata,
    Column("report", _BIG, ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
    _link("story", "stories"),
    Index("story_reports_story", "story"),
)  # fmt: skip

story_shelves = Table(
    "story_shelves", metadata,
    Column("shelf", BigInteger, primary_key=True, autoincrement=False),  # a word and a time: see `link.shelves`
    Column("story", _BIG, ForeignKey("stories.seq"), primary_key=True, autoincrement=False),
    Column("touched", BigInteger, nullable=False),
    Index("story_shelves_story", "story"),
    sqlite_with_rowid=False,
)  # fmt: skip

story_words = Table(
    "story_words", metadata,
    Column("word", BigInteger, primary_key=True, autoincrement=False),  # 32 bits of a hash
    _number("reports"),  # it has stood in
)  # fmt: skip

cross_gaps = Table(
    "cross_gaps",
    metadata,
    _seq(),
    Column("id", _WORDS, nullable=False, unique=True),
    _text("kind"),
    _text("verdict"),
    _number("score"),  # hundredths
    _text("day"),  # of the later report
    _link("one", "readings"),
    _link("other", "readings"),
    _text("one_place"),  # kind of gap, report and character: of two gaps at one place the better is kept
    _text("other_place"),
    _text("body"),
    _text("found_at"),
    Index("cross_gaps_one", "one"),
    Index("cross_gaps_other", "other"),
    Index("cross_gaps_day", "verdict", "day", "seq"),
    Index("cross_gaps_one_place", "one_place"),
    Index("cross_gaps_other_place", "other_place"),
)

lives = Table(
    "lives",
    metadata,
    _seq(),
    Column("id", _WORDS, nullable=False, unique=True),
    _link("reading", "readings"),
    _text("kind"),
    Column("telling", BigInteger, nullable=False),
    _text("opened"),
    _text("due"),  # "" where no day is named
    _text("body"),
    _text("found_at"),
    Index("lives_reading", "reading"),
    Index("lives_due", "due", "seq"),
    Index("lives_opened", "opened", "seq"),
    Index("lives_telling", "telling"),
)

moves = Table(
    "moves",
    metadata,
    _seq(),
    _link("life", "lives"),
    _link("reading", "readings"),
    _text("day"),
    _text("kind"),
    _text("body"),
    _text("found_at"),
    _number("criterion"),  # -1: the whole
    Index("moves_life", "life", "day", "seq"),
    Index("moves_reading", "reading"),
)

# --- who is one with whom

resolved = Table(
    "resolved", metadata,
    Column("reading", _BIG, ForeignKey("readings.seq"), primary_key=True, autoincrement=False),
)  # fmt: skip

identities = Table(
    "identities",
    metadata,
    _seq(),
    Column("id", _WORDS, nullable=False, unique=True),
    _text("kind"),
    Column("grp", _BIG, nullable=False),  # the number of the first identity of its group: who is one has one number
    Column("chief", SmallInteger, nullable=False),  # 1: the group goes by its name
    _number("sightings"),
    _text("body"),
    Index("identities_grp", "grp"),
)

identity_keys = Table(
    "identity_keys", metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("identity", _BIG, ForeignKey("identities.seq"), primary_key=True, autoincrement=False),
    Index("identity_keys_identity", "identity"),
    sqlite_with_rowid=False,
)  # fmt: skip

identity_pairs = Table(
    "identity_pairs",
    metadata,
    Column("one", _BIG, ForeignKey("identities.seq"), primary_key=True, autoincrement=False),
    Column("other", _BIG, ForeignKey("identities.seq"), primary_key=True, autoincrement=False),
    _text("verdict"),  # same, part (`one` is a short name of `other`), unsure, apart
    _number("strength"),
    _text("body"),  # the grounds
    _text("found_at"),
    Index("identity_pairs_other", "other"),
    sqlite_with_rowid=False,
)

sightings = Table(
    "sightings",
    metadata,
    Column("actor", _BIG, ForeignKey("actors.seq"), primary_key=True, autoincrement=False),
    _link("reading", "readings"),
    _link("name", "names"),
    _link("identity", "identities", nullable=True),  # NULL until linking gives it to one again
    _text("body"),
    Index("sightings_reading", "reading"),
    Index("sightings_name", "name", "identity"),
    Index("sightings_identity", "identity", "name"),
)

TELLINGS = 4096
"""Tellings of one reading that can be told apart; of a longer report the first ones are compared."""

RECORD_TABLES = (actors, statements, events, relations, commitments, gaps, times)
"""What a reading is made of, in the order in which `Reading` has it."""

SEARCHED = ("statements", "events", "readings")
"""What full text is kept of; each has an index `search_...` beside it, see `dialects`."""
