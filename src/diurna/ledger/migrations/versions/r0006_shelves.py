"""Stories are found under words and times, and words are counted one by one: adding a report reads what it needs."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DAYS, _ANY, _UNDATED, _FIRST = 32, 0, 1, 2
_MOST = 12
"""Times, the latest, for which a story of before is shelved."""


def upgrade() -> None:
    """Make the tables, and fill them with what was kept in one piece."""
    op.create_table(
        "story_shelves",
        sa.Column("shelf", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("story", _BIG, sa.ForeignKey("stories.seq"), primary_key=True, autoincrement=False),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("story_shelves_story", "story_shelves", ["story"])
    op.create_table(
        "story_words",
        sa.Column("word", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("reports", sa.Integer(), nullable=False),
    )
    _shelve()
    _count()


def _shelve() -> None:
    connection = op.get_bind()
    stories = sa.table("stories", sa.column("seq"), sa.column("first"), sa.column("last"), sa.column("state"))
    for seq, first, last, state in connection.execute(sa.select(stories)).all():
        keys = json.loads(zlib.decompress(state)).get("keys", {})
        rows = [
            {"shelf": time << 32 | int(word, 16), "story": seq, "touched": touched}
            for time in _times(first, last)
            for word, touched in keys.items()
        ]
        if rows:
            connection.execute(
                sa.text("INSERT INTO story_shelves (shelf, story, touched) VALUES (:shelf, :story, :touched)"), rows
            )


def _times(first: str, last: str) -> Iterator[int]:
    yield _ANY
    if not last:
        yield _UNDATED
        return
    days = [dt.date.fromisoformat(day).toordinal() // _DAYS for day in (first, last)]
    yield from range(_FIRST + max(days[0], days[1] - _MOST + 1), _FIRST + days[1] + 1)


def _count() -> None:
    connection = op.get_bind()
    state = sa.table("link_state", sa.column("name", sa.Text()), sa.column("body", sa.LargeBinary()))
    body = connection.execute(sa.select(state.c.body).where(state.c.name == "rarity")).scalar()
    if body is None:
        return
    row = json.loads(zlib.decompress(body))
    words = [{"word": int(word, 16), "reports": count} for word, count in row["with"].items()]
    if words:
        connection.execute(sa.text("INSERT INTO story_words (word, reports) VALUES (:word, :reports)"), words)
    connection.execute(sa.insert(state).values(name="story reports", body=str(row["reports"]).encode()))
    connection.execute(sa.delete(state).where(state.c.name == "rarity"))
