from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.sources.blocks import find_blocks
from tests.sources.laws import check_blocks
from tests.texts import SENTENCES, sample_texts

LEDE = SENTENCES[0]
MORE = " ".join(SENTENCES)


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(text)) for block in find_blocks(text, title)]


PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\r",
        " ",
        "\u00a0",
        "\u200b",
        "\u2028",
        "\x0c",
        "“",
        "”",
        "'",
        "(Photo: A)",
        "UPPER HARROW (VP) –",
        "By Oren Tal",
        "e\u0301",
        "🕊️",
        "\u202e",
        "ملف",
        "GENEVA —",
        "Friday, May 8, 2009",
        "> ",
        "- ",
        "___",
        *SENTENCES,
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join))


@given(TEXTS, st.one_of(st.none(), st.text(max_size=30)))
def test_every_character_that_is_not_white_is_in_exactly_one_block(text: str, title: str | None) -> None:
    check_blocks(text, find_blocks(text, title))


@given(TEXTS, st.text(min_size=1, max_size=30))
def test_a_given_title_changes_no_characters(text: str, title: str) -> None:
    whole = f"{title}\n\n{text}"
    check_blocks(whole, find_blocks(whole, title))


def test_the_parts_of_an_agency_report() -> None:
    text = "\n\n".join(
        (
            "Valley Front Refuses to Disarm as Talks Falter",
            "The front says it will keep its rifles while the deadline nears.",
            "Fighters of the Valley Front. (Photo: Valley Post)\nFighters of the Valley Front. (Photo: Valley Post)",
            f"UPPER HARROW (Valley Post) – {LEDE}",
            MORE,
            "(Reporting by Oren Tal; Editing by Ilse Varn)",
        )
    )
    assert kinds(text) == [
        ("headline", "Valley Front Refuses to Disarm as Talks Falter"),
        ("deck", "The front says it will keep its rifles while the deadline nears."),
        ("caption", "Fighters of the Valley Front. (Photo: Valley Post)"),
        ("other", "Fighters of the Valley Front. (Photo: Valley Post)"),
        ("dateline", "UPPER HARROW (Valley Post) –"),
        ("body", LEDE),
        ("body", MORE),
        ("other", "(Reporting by Oren Tal; Editing by Ilse Varn)"),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "ERBIL (Kurdistan24) –",
        "BAGHDAD, Dec. 28 (Reuters) -",
        "WASHINGTON —",
        "LONDON, England (AP) --",
        "UPPER HARROW, Seldonia, June 3, 2011 —",
        "Geneva –",
        "(Beirut) –",
        "(Reuters) -",
        "AP —",
        "BEIRUT/GENEVA (Reuters) -",
        "Taipei, Taiwan —",
        "MOSCOW, June 3. /TASS/.",
        "TEHRAN, Jun. 05 (MNA) –",
        "NEW YORK, N.Y. —",
        "KUWAIT CITY:",
        "WASHINGTON—",
        "Dec 29 (Reuters) -",
        "UNITED NATIONS, 3 March 2020 -",
        "Thursday, May 7, 2015",
        "Monday, March 5, 2007 Taipei, Taiwan —",
        "LONDON, March 3 (Xinhua)",
    ],
)
def test_datelines_at_the_head_of_a_paragraph(dateline: str) -> None:
    assert kinds(f"{dateline} {LEDE}") == [("dateline", dateline), ("body", LEDE)]


@pytest.mark.parametrize(
    "text",
    [
        "NATO — the alliance that Harrowland left — met on Friday.",
        "THE PRESIDENT: Thank you all for coming to this valley.",
        "The talks - the third this year - failed on Friday night.",
        "MR. TAL -- Good morning to everybody in the hall.",
        "QUESTION: If I may — Will you sign it?",
        "Harrowland (population 3,000) – Seldonia's neighbour – voted on Friday.",
        "Friday was the day the council of the valley met.",
        "In 2015 (the year of the truce) the valley was quiet.",
        "PS: Will they sign the agreement on Friday?",
    ],
)
def test_what_only_looks_like_a_dateline_is_body(text: str) -> None:
    assert kinds(text) == [("body", text)]


@pytest.mark.parametrize(
    "line",
    [
        "Friday, May 8, 2009",
        "May 8, 2009",
        "8 May 2009",
        "Updated 3 June 2017 at 10:30 a.m.",
        "1:39 P.M. EST",
        "Washington, D.C.",
        "BAGHDAD, Dec. 28 (Reuters)",
    ],
)
def test_lines_that_hold_only_a_date_or_a_place_are_datelines(line: str) -> None:
    assert kinds(f"Front refuses to hand over rifles\n\n{line}\n\n{MORE}")[1] == ("dateline", line)


@pytest.mark.parametrize(
    "line",
    [
        "By Oren Tal",
        "By OREN TAL and ILSE VARN",
        "By Oren Tal, Staff Writer",
        "Written by Oren Tal on 3 March 2030",
        "By Oren Tal | Valley Post",
        "Posted by Ilse Varn",
    ],
)
def test_bylines(line: str) -> None:
    assert kinds(f"Front refuses to hand over rifles\n\n{line}\n\n{MORE}")[1] == ("byline", line)


@pytest.mark.parametrize(
    "line", ["By Friday the front had left.", "By March, Harrowland was alone.", "By then it was over."]
)
def test_sentences_that_begin_with_by_are_body(line: str) -> None:
    assert ("body", line) in kinds(f"{MORE}\n\n{line}")


@pytest.mark.parametrize(
    "line",
    [
        "(Photo: Valley Post)",
        "File photo",
        "Image: Jambula.",
        "Credit: Oren Tal",
        "Oren Tal at the rally. (AP Photo/Ilse Varn)",
        "The rally in Upper Harrow. Image: Ilse Varn.",
        "FILE - Oren Tal speaks in Upper Harrow.",
        "Oren Tal/Getty Images.",
        "In this photo, supporters of the front gather.",
    ],
)
def test_captions(line: str) -> None:
    assert ("caption", line) in kinds(f"{MORE}\n\n{line}\n\n{LEDE}")


@pytest.mark.parametrize(
    "line", ["The Environmental Protection Agency (EPA)", "The council published the photo it had."]
)
def test_what_only_looks_like_a_caption_is_body(line: str) -> None:
    assert ("body", line) in kinds(f"{MORE}\n\n{line}")


@pytest.mark.parametrize(
    "line",
    [
        "Read the rest here.",
        "Follow us on Twitter",
        "Sign up for our newsletter.",
        "(c) 2016 Valley Post",
        "___",
        "***",
        "Reporting by Oren Tal; Editing by Ilse Varn",
        "© 2030 The Valley Post. All rights reserved.",
        "ADVERTISEMENT",
        '<tweet id="7"></tweet>.',
        "Oren Tal contributed to this report.",
    ],
)
def test_boilerplate_is_other(line: str) -> None:
    assert ("other", line) in kinds(f"{MORE}\n\n{line}\n\n{LEDE}")


@pytest.mark.parametrize(
    "line", ["Signs of a truce were few.", "Comments by Oren Tal were cautious.", "Following talks, they left."]
)
def test_sentences_that_begin_like_boilerplate_are_body(line: str) -> None:
    assert ("body", line) in kinds(f"{MORE}\n\n{line}")


def test_a_repeated_paragraph_is_read_once() -> None:
    assert [kind for kind, _ in kinds(f"{MORE}\n\n{LEDE}\n\n{LEDE}")] == ["body", "body", "other"]


def test_what_is_said_again_in_a_transcript_is_no_repetition() -> None:
    turn = "QUESTION: Can you hear me now, Mr. Minister, or not at all?"
    assert [kind for kind, _ in kinds(f"{MORE}\n\n{turn}\n\nThank you.\n\n{turn}\n\nThank you.")] == ["body"] * 5


def test_a_title_is_the_headline_only_where_it_stands_alone() -> None:
    assert kinds("Harrowland\n\nIt is quiet.", "Harrowland")[0] == ("headline", "Harrowland")
    assert kinds("Harrowland is quiet tonight.", "Harrowland") == [("body", "Harrowland is quiet tonight.")]


def test_a_first_sentence_is_no_headline() -> None:
    assert [kind for kind, _ in kinds(f"{LEDE}\n\n{MORE}")] == ["body", "body"]


def test_the_demo_reports_have_headline_and_body() -> None:
    for text in sample_texts():
        found = find_blocks(text)
        assert found[0].kind == "headline"
        assert any(block.kind == "body" for block in found)
