"""The spaCy component: found by name, uses the pipeline's own parse, survives what documents go through."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import diurna
from diurna.annotate.parse import DEFAULT_PIPELINE
from diurna.errors import MissingPartError, UsageError
from tests.readings import TEXT

SPOKEN = "“We will not go,” said Jorun Haske on Friday.\n\nThe army shelled the village of Stonebridge on Thursday."


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load(DEFAULT_PIPELINE)
    pipeline.add_pipe("diurna", config={"engine": "rules"})
    return pipeline


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    (point,) = entry_points(group="spacy_factories", name="diurna")
    assert point.value == "diurna.annotate.spacy_component:make"


def test_records_stand_where_the_document_says_they_do(nlp: Language) -> None:
    doc = nlp(SPOKEN)
    (statement,) = doc._.statements
    assert isinstance(statement, diurna.Statement)
    assert (statement.speaker.text, statement.manner) == ("Jorun Haske", "direct")
    assert doc.text[slice(*statement.evidence.span)] == statement.evidence.quote
    assert [(event.type, event.realis) for event in doc._.events] == [("ASSAULT", "actual")]
    assert ("Jorun Haske", "SPEAKER") in [(span.text, span.label_) for span in doc.spans["diurna"]]
    assert {"Jorun Haske"} <= {actor.name for actor in doc._.actors}


def test_the_component_finds_what_reading_finds(nlp: Language) -> None:
    def found(reading: diurna.Reading) -> set[tuple[str, str]]:
        return {(one.speaker.text, one.content.text) for one in reading.statements}

    alone, within = found(diurna.read(TEXT, engine="rules")), found(nlp(TEXT)._.reading)
    assert alone
    assert len(alone & within) >= 0.75 * len(alone | within)  # paragraphs are parsed apart there, together here


def test_the_day_of_a_document_dates_what_it_tells(nlp: Language) -> None:
    doc = nlp.make_doc(SPOKEN)
    doc._.published = "2024-03-09"
    doc = nlp(doc)
    assert doc._.events[0].happened_at.earliest == "2024-03-07"
    doc = nlp.make_doc(SPOKEN)
    doc._.published = "last week"
    with pytest.raises(UsageError, match="no day"):
        nlp(doc)


def test_records_survive_bytes_bins_and_processes(nlp: Language) -> None:
    doc = nlp(SPOKEN)
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.statements == doc._.statements
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    assert next(iter(DocBin().from_bytes(kept).get_docs(nlp.vocab)))._.events == doc._.events
    (other,) = nlp.pipe([SPOKEN], n_process=2)
    assert other._.reading == doc._.reading


def test_commitments_and_gaps_are_a_step_of_their_own(nlp: Language) -> None:
    reading = nlp("Prime Minister Ana Vell promised on Friday to withdraw the army by 31 March.")._.reading
    assert reading.commitments == ()
    assert [one.kind for one in diurna.linked(reading).commitments] == ["promise"]


def test_a_pipeline_without_a_parser_is_told_what_is_missing() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("diurna", config={"engine": "rules"})
    with pytest.raises(MissingPartError, match="TAG, DEP, LEMMA"):
        blank(SPOKEN)


def test_texts_without_words_have_no_records(nlp: Language) -> None:
    for text in ("", "   \n\n \n"):
        assert nlp(text)._.statements == ()


def test_before_the_component_has_run_there_are_no_records(nlp: Language) -> None:
    assert nlp.make_doc(SPOKEN)._.events == ()
