"""What `diurna watch` knows of the feeds it follows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "watched",
        sa.Column("matter", _WORDS, nullable=False),
        sa.Column("address", _WORDS, nullable=False),
        sa.Column("state", _WORDS, nullable=False),
        sa.Column("looked_at", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("matter", "address"),
    )
