"""Which noun phrases are about somebody, and what is known of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.annotate.actors.mentions import find_actors
from diurna.annotate.parse import Parse
from tests.annotate.actor_builders import actors, words
from tests.annotate.builders import parse_of


def test_person_with_title_country_and_role() -> None:
    text = "Ruritanian Foreign Minister Rudolf Rassendyll resigned."
    row = (
        "Ruritanian|JJ|amod|5 Foreign|NNP|compound|5 Minister|NNP|compound|5 Rudolf|NNP|compound|5 "
        "Rassendyll|NNP|nsubj|6 resigned|VBD|ROOT|0|resign .|.|punct|6"
    )
    parse = parse_of((text, [row]))
    person = actors(parse)["Rudolf Rassendyll"]
    assert (person.kind, person.sector, person.roles) == ("person", "GOV", ("Ruritanian Foreign Minister",))
    assert words(parse, person) == ["Ruritanian Foreign Minister Rudolf Rassendyll"]


def test_the_field_of_an_office_is_no_part_of_the_name() -> None:
    text = "Minister of Information Rudolf Rassendyll resigned."
    row = (
        "Minister|NNP|nsubj|6 of|IN|prep|1 Information|NNP|compound|5 Rudolf|NNP|compound|5|| "
        "Rassendyll|NNP|pobj|2|| resigned|VBD|ROOT|0|resign .|.|punct|6"
    )
    person = actors(parse_of((text, [row])))["Rudolf Rassendyll"]
    assert (person.kind, person.sector, person.roles) == ("person", "GOV", ("Minister of Information",))


def test_capital_is_the_government_only_where_it_acts() -> None:
    acting = parse_of(("Tehran denied it.", ["Tehran|NNP|nsubj|2|| denied|VBD|ROOT|0|deny it|PRP|dobj|2 .|.|punct|2"]))
    place = parse_of(
        ("He slept in Tehran.", ["He|PRP|nsubj|2 slept|VBD|ROOT|0|sleep in|IN|prep|2 Tehran|NNP|pobj|3 .|.|punct|2"])
    )
    assert actors(acting)["Iran"].kind == "state"
    assert "Iran" not in actors(place)


def test_organisation_by_its_last_word_and_of_phrase() -> None:
    text = "The Ministry of Fisheries said no."
    row = (
        "The|DT|det|2 Ministry|NNP|nsubj|5 of|IN|prep|2 Fisheries|NNP|pobj|3 said|VBD|ROOT|0|say "
        "no|UH|dobj|5 .|.|punct|5"
    )
    body = actors(parse_of((text, [row])))["Ministry of Fisheries"]
    assert (body.kind, body.sector) == ("organisation", "GOV")


def test_groups_and_counted_groups() -> None:
    text = "Thousands of gunmen and armed factions marched."
    row = (
        "Thousands|NNS|nsubj|7|thousand of|IN|prep|1 gunmen|NNS|pobj|2|gunman and|CC|cc|1 "
        "armed|JJ|amod|6 factions|NNS|conj|1|faction marched|VBD|ROOT|0|march .|.|punct|7"
    )
    found = actors(parse_of((text, [row])))
    assert found["Thousands of gunmen"].sector == "UAF"
    assert found["armed factions"].kind == "group"
    assert found["armed factions"].sector == "REB"


def test_unnamed_sources_are_an_actor_of_their_own() -> None:
    text = "Sources briefed on it disagreed."
    row = (
        "Sources|NNS|nsubj|5|source briefed|VBN|acl|1|brief on|IN|prep|2 it|PRP|pobj|3 "
        "disagreed|VBD|ROOT|0|disagree .|.|punct|5"
    )
    assert "Sources" in actors(parse_of((text, [row])))


def test_use_of_force_is_nobody() -> None:
    text = "The use of force failed on Monday."
    row = (
        "The|DT|det|2 use|NN|nsubj|5 of|IN|prep|2 force|NN|pobj|3 failed|VBD|ROOT|0|fail on|IN|prep|5 "
        "Monday|NNP|pobj|6||DATE .|.|punct|5"
    )
    assert actors(parse_of((text, [row]))) == {}


def test_headline_capitals_are_no_names() -> None:
    text = "Angry Local Groups Storm Council Office"
    row = (
        "Angry|NNP|compound|3 Local|NNP|compound|3 Groups|NNPS|nsubj|4|group Storm|VBP|ROOT|0|storm "
        "Council|NNP|compound|6 Office|NNP|dobj|4"
    )
    assert all(draft.kind != "person" for draft in actors(parse_of(("headline", text, [row]))).values())
    assert "Storm" not in actors(parse_of(("headline", text, [row])))


def test_empty_text_has_no_actors() -> None:
    parse = Parse("", ())
    parse.close()
    assert find_actors(parse) == []


_WORDS = [
    "Zenda",
    "ministry",
    "the",
    "president",
    "of",
    "-",
    "(",
    ")",
    "he",
    "Hamas",
    "U.S.",
    "said",
    ",",
    "thousands",
    "al",
    "'s",
    "🙂",
]
_TAGS = ["NNP", "NN", "NNS", "DT", "IN", "PRP", "VBD", "JJ", "CD", "POS", ","]
_DEPS = ["nsubj", "dobj", "pobj", "prep", "compound", "appos", "poss", "conj", "relcl", "ROOT", "punct"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(_WORDS), st.sampled_from(_TAGS), st.sampled_from(_DEPS), st.integers(1, 12)),
        min_size=1,
        max_size=12,
    )
)
def test_odd_parses_break_nothing(rows: list[tuple[str, str, str, int]]) -> None:
    size = len(rows)
    line = " ".join(f"{w}|{t}|{d}|{min(h, size) if k else 0}" for k, (w, t, d, h) in enumerate(rows))
    parse = parse_of((" ".join(w for w, *_ in rows), [line]))
    drafts = find_actors(parse)
    assert drafts == find_actors(parse)
    for draft in drafts:
        spans = list(draft.mentions)
        assert spans == sorted(spans)
        assert all(not a.overlaps(b) for a, b in pairwise(spans))
        assert all(0 <= span.start < span.end <= len(parse.text) for span in spans)


def test_a_field_with_two_halves_is_one_name() -> None:
    text = "The Office of Fish and Boats met Kenya."
    row = (
        "The|DT|det|2 Office|NNP|nsubj|7 of|IN|prep|2 Fish|NNP|pobj|3 and|CC|cc|4 Boats|NNP|conj|4 "
        "met|VBD|ROOT|0|meet Kenya|NNP|dobj|7||GPE .|.|punct|7"
    )
    assert set(actors(parse_of((text, [row])))) == {"Office of Fish and Boats", "Kenya"}


def test_a_figure_is_nobody_and_a_bare_group_is_shown_with_what_tells_it_apart() -> None:
    text = "The number of victims rose. Speakers at the rally left."
    rows = [
        "The|DT|det|2 number|NN|nsubj|5 of|IN|prep|2 victims|NNS|pobj|3|victim rose|VBD|ROOT|0|rise .|.|punct|5",
        ("Speakers|NNS|nsubj|5|speaker at|IN|prep|1 the|DT|det|4 rally|NN|pobj|2 left|VBD|ROOT|0|leave .|.|punct|5"),
    ]
    found = actors(parse_of((text, rows)))
    assert "The number of victims" not in found
    assert found["Speakers at the rally"].kind == "group"


def test_a_role_is_shown_without_whose_it_is() -> None:
    text = "Her defence minister, Peter Hentzau, left."
    row = (
        "Her|PRP$|poss|3 defence|NN|compound|3 minister|NN|nsubj|8 ,|,|punct|3 Peter|NNP|compound|6 "
        "Hentzau|NNP|appos|3||PERSON ,|,|punct|3 left|VBD|ROOT|0|leave .|.|punct|8"
    )
    assert actors(parse_of((text, [row])))["Peter Hentzau"].roles == ("defence minister",)


def test_an_acronym_that_reads_like_a_pronoun_is_a_body() -> None:
    text = "WHO said no."
    row = "WHO|WP|nsubj|2 said|VBD|ROOT|0|say no|UH|dobj|2 .|.|punct|2"
    assert [draft.kind for draft in find_actors(parse_of((text, [row])))] == ["organisation"]
