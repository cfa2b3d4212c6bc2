"""The parse's networks multiply matrices by numpy's own library, on one thread.

spaCy's networks take BLIS, which is half as fast for the small matrices of a report's paragraphs as the library numpy
brings (OpenBLAS, or the system's). That one would spread over all cores, which makes small products slower, lets sums
round otherwise and processes get in each other's way; so it is held to one thread while a report is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController


def multiply_by_numpy(language: Language) -> None:
    """Let all networks of a pipeline multiply by numpy; what they find is the same."""
    from thinc.api import NumpyOps

    ours = NumpyOps(use_blis=False)
    for _, part in language.pipeline:
        for node in getattr(getattr(part, "model", None), "walk", tuple)():
            if type(node.ops) is NumpyOps:  # a pipeline on a graphics card stays there
                node.ops = ours


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold numpy's library to one thread."""
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> ThreadpoolController:
    import numpy as np  # noqa: F401 - so that its library is loaded and found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
