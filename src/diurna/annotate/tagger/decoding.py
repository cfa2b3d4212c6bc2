"""From scores to tags: the best lawful tags of a run of words, and the runs and cues they make."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from diurna.annotate.tagger.windows import Span

Floats = npt.NDArray[np.float32]

CUE_TAGS = 3  # O, B, I
SPAN_TAGS = 5  # O, B-content, I-content, B-source, I-source
FORBIDDEN = -1e4


def log_softmax(scores: Floats) -> Floats:
    """Return the log-probabilities of scores, over the last axis."""
    top = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(top - np.log(np.exp(top).sum(axis=-1, keepdims=True)), dtype=np.float32)


def _transitions(tags: int) -> Floats:
    """Return the cost of going from tag to tag: I of a kind only follows B or I of the same kind."""
    cost = np.zeros((tags, tags), dtype=np.float32)
    for inner in range(2, tags, 2):
        cost[:, inner] = FORBIDDEN
        cost[[inner - 1, inner], inner] = 0
    return cost


def viterbi(scores: Floats) -> list[int]:
    """Return the best lawful tags for scores (words, tags); the best tags of all, if they happen to be lawful."""
    free = scores.argmax(axis=1)
    inner = (free > 0) & (free % 2 == 0)
    before = np.concatenate([[0], free[:-1]])
    if np.all(~inner | (before == free) | (before == free - 1)):
        return [int(tag) for tag in free]
    cost = _transitions(scores.shape[1])
    best = scores[0] + cost[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        ways = best[:, None] + cost
        back[i] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[i]
    tags = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return tags[::-1]


def runs(tags: Sequence[int], begin: int) -> list[Span]:
    """Return the runs of words tagged `begin` and then `begin + 1`."""
    found: list[Span] = []
    for i, tag in enumerate(tags):
        if tag == begin:
            found.append((i, i + 1))
        elif tag == begin + 1 and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
    return found


def find_cues(scores: Floats, bias: float) -> list[tuple[Span, float]]:
    """Return the cues in the cue scores of a window's words, each with the log-probability of its first word."""
    if not len(scores):
        return []
    sure = log_softmax(scores)
    raised = sure + np.array([0.0, bias, bias], dtype=np.float32)
    return [(cue, float(sure[cue[0], 1])) for cue in runs(viterbi(raised), 1)]
