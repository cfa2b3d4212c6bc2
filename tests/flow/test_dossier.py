"""Dossiers: what they may say, and that everything wrong is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from diurna.errors import UsageError
from diurna.flow.dossier import Dossier, dossier_of, seconds_of

OPML = """<opml version="2.0"><body><outline text="Press">
<outline text="Orla" xmlUrl="https://orla.example/feed"/><outline text="Wire" xmlUrl="https://wire.example/rss"/>
</outline></body></opml>"""


def test_a_dossier_says_what_is_followed_and_how(tmp_path: Path) -> None:
    (tmp_path / "press.opml").write_text(OPML, encoding="utf-8")
    path = tmp_path / "arms.toml"
    path.write_text(
        'name = "Arms"\nfeeds = ["https://wire.example/rss", "press.opml"]\nwords = ["weapons  control", "Tal"]\n'
        'pages = true\nevery = "2h"\n',
        encoding="utf-8",
    )
    feeds = ("https://wire.example/rss", "https://orla.example/feed")
    found = dossier_of([str(path)])
    assert found == Dossier("Arms", feeds, ("weapons  control", "Tal"), pages=True, every=7_200)
    assert found.wants("on Weapons\ncontrol, he said")
    assert found.wants("(TAL)")
    assert not found.wants("total weaponscontrol")


def test_feeds_and_lists_can_be_named_without_a_file(tmp_path: Path) -> None:
    (tmp_path / "press.opml").write_text(OPML, encoding="utf-8")
    found = dossier_of(["https://a.example/feed", str(tmp_path / "press.opml")])
    assert len(found.feeds) == 3
    assert found.wants("anything")


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('feed = ["x"]\nwords = "Tal"\npages = "yes"\nevery = "1 year"\nfeeds = ["none.opml"]', "utf-8")
    with pytest.raises(UsageError) as caught:
        dossier_of([str(path)])
    for word in ("'feed'", "words must be a list", "pages must be true", "every must be from", "none.opml"):
        assert word in str(caught.value)


@pytest.mark.parametrize("text", ["", "feeds = []", "feeds = ["])
def test_a_dossier_without_feeds_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"no feed|TOML"):
        dossier_of([str(path)])
    with pytest.raises(UsageError, match="TOML"):
        dossier_of([str(tmp_path / "absent.toml")])


@pytest.mark.parametrize(("text", "seconds"), [("15 min", 900), ("2h", 7_200), ("60", 60), (90, 90), ("7D", 604_800)])
def test_spans_of_time(text: object, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "5 s", "8 d", "soon", "-5 min", True, 1.5, "1.5h"])
def test_what_is_no_span_of_time(text: object) -> None:
    with pytest.raises(ValueError, match="must be from"):
        seconds_of(text)
