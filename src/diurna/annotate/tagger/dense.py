"""The two functions small heads need that numpy lacks."""

from __future__ import annotations

import math

import numpy as np

from diurna.annotate.tagger.decoding import Floats


def gelu(x: Floats) -> Floats:
    """The tanh form, which the training uses too; single precision stays single."""
    return np.asarray(0.5 * x * (1 + np.tanh(_SCALE * (x + 0.044715 * (x * x * x)))))


_SCALE = math.sqrt(2 / math.pi)


def softmax(x: Floats, axis: int) -> Floats:
    """Shares that sum to 1 over `axis`."""
    raised = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True))
