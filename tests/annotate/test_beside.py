"""The tagger reads beside the parse: what is found is the same, and what goes wrong there is raised here."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from diurna.annotate import pipeline
from diurna.annotate.parse import DEFAULT_PIPELINE, Parser
from diurna.annotate.pipeline import AnnotateOptions, Annotator, annotate_parse, load_tagger
from diurna.model.record import Reading
from diurna.model.report import Report
from diurna.sources.reader import report_from_text

pytestmark = pytest.mark.skipif(load_tagger() is None, reason="the learned tagger is not installed")

TEXTS = [
    f"Minister Ola Brandt of Norrow said on Monday that {number} barges had left the Siskin canal. “We will pay,” she "
    "told reporters.\n\nBargemen denied that anybody had asked them. The army shelled the village of Ketta, they said."
    for number in range(2, 10)
]


def report_of(text: str) -> Report:
    return report_from_text(text, published="2031-03-03", outlet="Quay News")


def in_turn(report: Report) -> Reading:
    return annotate_parse(report, Parser(DEFAULT_PIPELINE).parse(report), "auto")


def test_beside_or_in_turn_the_same_is_found() -> None:
    annotator = Annotator(AnnotateOptions())
    for text in TEXTS:
        report = report_of(text)
        assert annotator.annotate(report) == in_turn(report)


def test_reports_read_at_once_in_threads_do_not_take_each_others_encodings() -> None:
    reports = [report_of(text * 4) for text in TEXTS]
    wanted = [in_turn(report) for report in reports]
    annotators = [Annotator(AnnotateOptions(budget=None)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda at: annotators[at % 4].annotate(reports[at]), range(len(reports))))
    assert found == wanted


def test_a_fault_of_the_tagger_is_the_reports_and_no_thread_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: Report, engine: str) -> None:
        raise ValueError("no such weights")

    monkeypatch.setattr(pipeline, "_read", broken)
    with pytest.raises(ValueError, match="no such weights"):
        Annotator(AnnotateOptions()).annotate(report_of(TEXTS[0]))
    assert not [one for one in threading.enumerate() if one.name == "diurna-tagger"]
