"""The first ledger: reports, what was found in them, judgements, full text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_APPLICATION_ID = 0x44697572


def upgrade() -> None:
    """Make all tables."""
    for make in (
        _judgements,
        _names,
        _outlets,
        _reports,
        _runs,
        _texts,
        _tombstones,
        _name_words,
        _readings,
        _actors,
        _commitments,
        _events,
        _failures,
        _gaps,
        _parties,
        _relations,
        _statements,
        _times,
    ):
        make()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_search()
    else:
        _postgresql_search()


def _sqlite_search() -> None:
    op.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    for name in ("statements", "events", "readings"):
        op.execute(
            f"CREATE VIRTUAL TABLE search_{name} USING fts5"
            """(words, content='', columnsize=0, tokenize="ascii tokenchars '_'")"""
        )


def _postgresql_search() -> None:
    for name in ("statements", "events", "readings"):
        op.execute(f"CREATE TABLE search_{name} (seq bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute(f"CREATE INDEX search_{name}_words ON search_{name} USING gin (words)")


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("record", _WORDS, nullable=False),
        sa.Column("verdict", _WORDS, nullable=False),
        sa.Column("other", _WORDS, nullable=True),
        sa.Column("undoes", _BIG, nullable=True),
        sa.Column("decided_by", _WORDS, nullable=False),
        sa.Column("person", sa.SmallInteger(), nullable=False),
        sa.Column("why", _WORDS, nullable=False),
        sa.Column("judged_at", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["judgements.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("judgements_record", "judgements", ["record", "seq"])
    op.create_index("judgements_undoes", "judgements", ["undoes"])


def _names() -> None:
    op.create_table(
        "names",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("key", _WORDS, nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("key"),
    )


def _outlets() -> None:
    op.create_table(
        "outlets",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("name"),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("began_at", _WORDS, nullable=False),
        sa.Column("ended_at", _WORDS, nullable=True),
        sa.Column("made_by", _WORDS, nullable=False),
        sa.Column("sources", _WORDS, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("version", _WORDS, nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("version"),
    )


def _tombstones() -> None:
    op.create_table(
        "tombstones",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("report", _WORDS, nullable=False),
        sa.Column("removed_at", _WORDS, nullable=False),
        sa.Column("removed_by", _WORDS, nullable=False),
        sa.Column("why", _WORDS, nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("report"),
    )


def _name_words() -> None:
    op.create_table(
        "name_words",
        sa.Column("word", _WORDS, nullable=False),
        sa.Column("name", _BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["name"],
            ["names.seq"],
        ),
        sa.PrimaryKeyConstraint("word", "name"),
        sqlite_with_rowid=False,
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("report", _BIG, nullable=False),
        sa.Column("text", _BIG, nullable=False),
        sa.Column("outlet", _BIG, nullable=True),
        sa.Column("run", _BIG, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", _WORDS, nullable=False),
        sa.Column("digest", _WORDS, nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("made_by", _WORDS, nullable=False),
        sa.Column("recorded_at", _WORDS, nullable=False),
        sa.Column("replaced_at", _WORDS, nullable=True),
        sa.Column("facts", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["outlet"],
            ["outlets.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["text"],
            ["texts.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("readings_day", "readings", ["day", "seq"])
    op.create_index("readings_outlet", "readings", ["outlet", "day", "seq"])
    op.create_index("readings_recorded", "readings", ["recorded_at"])
    op.create_index("readings_report", "readings", ["report", "seq"])
    op.create_index("readings_text", "readings", ["text"])


def _actors() -> None:
    op.create_table(
        "actors",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("name", _BIG, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("country", _WORDS, nullable=True),
        sa.Column("body", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["name"],
            ["names.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("actors_id", "actors", ["id"])
    op.create_index("actors_name", "actors", ["name", "reading"])
    op.create_index("actors_reading", "actors", ["reading"])


def _commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("due", _WORDS, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("commitments_id", "commitments", ["id"])
    op.create_index("commitments_reading", "commitments", ["reading"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("day", _WORDS, nullable=False),
        sa.Column("outlet", _BIG, nullable=True),
        sa.Column("type", _WORDS, nullable=False),
        sa.Column("realis", _WORDS, nullable=False),
        sa.Column("own", sa.SmallInteger(), nullable=False),
        sa.Column("first", _WORDS, nullable=False),
        sa.Column("last", _WORDS, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("events_day", "events", ["day", "seq"])
    op.create_index("events_first", "events", ["own", "realis", "first", "seq"])
    op.create_index("events_id", "events", ["id"])
    op.create_index("events_outlet", "events", ["outlet", "day", "seq"])
    op.create_index("events_reading", "events", ["reading"])
    op.create_index("events_type", "events", ["type", "own", "realis", "day", "seq"])
    op.create_index("events_voice", "events", ["own", "realis", "day", "seq"])


def _failures() -> None:
    op.create_table(
        "failures",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=True),
        sa.Column("run", _BIG, nullable=True),
        sa.Column("key", _WORDS, nullable=False),
        sa.Column("place", _WORDS, nullable=False),
        sa.Column("stage", _WORDS, nullable=False),
        sa.Column("reason", _WORDS, nullable=False),
        sa.Column("recorded_at", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("failures_reading", "failures", ["reading"])


def _gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("verdict", _WORDS, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("gaps_id", "gaps", ["id"])
    op.create_index("gaps_reading", "gaps", ["reading"])


def _parties() -> None:
    op.create_table(
        "parties",
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("name", _BIG, nullable=False),
        sa.Column("day", _WORDS, nullable=False),
        sa.Column("record", _BIG, nullable=False),
        sa.Column("role", _WORDS, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["name"],
            ["names.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("kind", "name", "day", "record", "role"),
        sqlite_with_rowid=False,
    )
    op.create_index("parties_name", "parties", ["name"])
    op.create_index("parties_reading", "parties", ["reading"])


def _relations() -> None:
    op.create_table(
        "relations",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("relations_id", "relations", ["id"])
    op.create_index("relations_reading", "relations", ["reading"])


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("day", _WORDS, nullable=False),
        sa.Column("outlet", _BIG, nullable=True),
        sa.Column("act", _WORDS, nullable=False),
        sa.Column("first", _WORDS, nullable=False),
        sa.Column("last", _WORDS, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("statements_act", "statements", ["act", "day", "seq"])
    op.create_index("statements_day", "statements", ["day", "seq"])
    op.create_index("statements_first", "statements", ["first", "seq"])
    op.create_index("statements_id", "statements", ["id"])
    op.create_index("statements_outlet", "statements", ["outlet", "day", "seq"])
    op.create_index("statements_reading", "statements", ["reading"])


def _times() -> None:
    op.create_table(
        "times",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading", _BIG, nullable=False),
        sa.Column("first", _WORDS, nullable=False),
        sa.Column("last", _WORDS, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("times_reading", "times", ["reading"])
