"""What holds between reports: stories, gaps across reports, the lives of commitments, and what finding them needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    _finding()
    _stories()
    _gaps()
    _lives()


def _seq() -> sa.Column[int]:
    return sa.Column("seq", _BIG, primary_key=True, autoincrement=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, _WORDS, nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _link(name: str, to: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _BIG, sa.ForeignKey(f"{to}.seq"), nullable=nullable)


def _finding() -> None:
    op.create_table(
        "link_state",
        sa.Column("name", _WORDS, primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "cards",
        sa.Column("reading", _BIG, sa.ForeignKey("readings.seq"), primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "blocks",
        sa.Column("block", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("telling", sa.BigInteger(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _stories() -> None:
    op.create_table(
        "stories",
        _seq(),
        sa.Column("id", _WORDS, nullable=False, unique=True),
        *(_text(name) for name in ("title", "first", "last")),
        *(_number(name) for name in ("reports", "origins")),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        _text("body"),
        sa.Column("state", sa.LargeBinary(), nullable=False),
    )
    op.create_index("stories_last", "stories", ["last", "seq"])
    op.create_index("stories_touched", "stories", ["touched"])
    op.create_table(
        "story_reports",
        sa.Column("report", _BIG, sa.ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
        _link("story", "stories"),
    )
    op.create_index("story_reports_story", "story_reports", ["story"])


def _gaps() -> None:
    op.create_table(
        "cross_gaps",
        _seq(),
        sa.Column("id", _WORDS, nullable=False, unique=True),
        *(_text(name) for name in ("kind", "verdict")),
        _number("score"),
        _text("day"),
        _link("one", "readings"),
        _link("other", "readings"),
        *(_text(name) for name in ("one_place", "other_place", "body", "found_at")),
    )
    for index, columns in (
        ("cross_gaps_one", ["one"]),
        ("cross_gaps_other", ["other"]),
        ("cross_gaps_day", ["verdict", "day", "seq"]),
        ("cross_gaps_one_place", ["one_place"]),
        ("cross_gaps_other_place", ["other_place"]),
    ):
        op.create_index(index, "cross_gaps", columns)


def _lives() -> None:
    op.create_table(
        "lives",
        _seq(),
        sa.Column("id", _WORDS, nullable=False, unique=True),
        _link("reading", "readings"),
        _text("kind"),
        sa.Column("telling", sa.BigInteger(), nullable=False),
        *(_text(name) for name in ("opened", "due", "body", "found_at")),
    )
    for index, columns in (
        ("lives_reading", ["reading"]),
        ("lives_due", ["due", "seq"]),
        ("lives_opened", ["opened", "seq"]),
        ("lives_telling", ["telling"]),
    ):
        op.create_index(index, "lives", columns)
    op.create_table(
        "moves",
        _seq(),
        _link("life", "lives"),
        _link("reading", "readings"),
        *(_text(name) for name in ("day", "kind", "body", "found_at")),
        _number("criterion"),
    )
    op.create_index("moves_life", "moves", ["life", "day", "seq"])
    op.create_index("moves_reading", "moves", ["reading"])
