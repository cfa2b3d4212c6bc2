"""Who is one with whom across reports: identities, the pairs judged among them, and which actor is which identity."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables; the next linking fills them."""
    op.create_table(
        "resolved",
        sa.Column("reading", _BIG, sa.ForeignKey("readings.seq"), primary_key=True, autoincrement=False),
    )
    _identities()
    op.create_table(
        "sightings",
        sa.Column("actor", _BIG, sa.ForeignKey("actors.seq"), primary_key=True, autoincrement=False),
        sa.Column("reading", _BIG, sa.ForeignKey("readings.seq"), nullable=False),
        sa.Column("name", _BIG, sa.ForeignKey("names.seq"), nullable=False),
        sa.Column("identity", _BIG, sa.ForeignKey("identities.seq"), nullable=True),
        _text("body"),
    )
    op.create_index("sightings_reading", "sightings", ["reading"])
    op.create_index("sightings_name", "sightings", ["name", "identity"])
    op.create_index("sightings_identity", "sightings", ["identity", "name"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, _WORDS, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _identity(name: str) -> sa.Column[int]:
    return sa.Column(name, _BIG, sa.ForeignKey("identities.seq"), primary_key=True, autoincrement=False)


def _identities() -> None:
    op.create_table(
        "identities",
        sa.Column("seq", _BIG, primary_key=True, autoincrement=False),
        sa.Column("id", _WORDS, nullable=False, unique=True),
        _text("kind"),
        sa.Column("grp", _BIG, nullable=False),
        sa.Column("chief", sa.SmallInteger(), nullable=False),
        _number("sightings"),
        _text("body"),
    )
    op.create_index("identities_grp", "identities", ["grp"])
    op.create_table(
        "identity_keys",
        sa.Column("key", sa.BigInteger(), primary_key=True, autoincrement=False),
        _identity("identity"),
        sqlite_with_rowid=False,
    )
    op.create_index("identity_keys_identity", "identity_keys", ["identity"])
    op.create_table(
        "identity_pairs",
        _identity("one"),
        _identity("other"),
        _text("verdict"),
        _number("strength"),
        _text("body"),
        _text("found_at"),
        sqlite_with_rowid=False,
    )
    op.create_index("identity_pairs_other", "identity_pairs", ["other"])
