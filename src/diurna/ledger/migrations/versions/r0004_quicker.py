"""Indexes: the days something lasted stand beside its beginning, and readings that were replaced are found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make them."""
    op.drop_index("statements_first", "statements")
    op.create_index("statements_first", "statements", ["first", "seq", "last"])
    op.drop_index("events_first", "events")
    op.create_index("events_first", "events", ["own", "realis", "first", "seq", "last"])
    replaced = sa.text("replaced_at IS NOT NULL")
    op.create_index("readings_replaced", "readings", ["replaced_at"], sqlite_where=replaced, postgresql_where=replaced)
