"""The trained graphs behind the tagger, and what any network must give to stand in for them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from diurna.annotate.tagger.decoding import Floats
from diurna.annotate.tagger.windows import Ints
from diurna.errors import MissingPartError


class Network(Protocol):
    """What the tagger needs of a model."""

    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return encodings (windows, pieces, width) and cue scores (windows, pieces, CUE_TAGS)."""
        ...

    def spans(self, states: Floats, places: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return tag scores (cues, words, SPAN_TAGS) and, for each cue, the score that it opens a statement (cues,)."""
        ...


class OnnxNetwork:
    """The trained graphs, `model.onnx` (encoder and cue head) and `spans.onnx` (span head), run on the CPU."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise MissingPartError("the learned tagger needs onnxruntime: install it, or use --engine rules") from error
        onnxruntime.set_default_logger_severity(3)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._encoder, self._spans = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("model.onnx", "spans.onnx")
        )

    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return encodings (windows, pieces, width) and cue scores (windows, pieces, CUE_TAGS)."""
        states, cues = self._encoder.run(["states", "cues"], {"ids": ids, "features": features, "mask": mask})
        return states, cues

    def spans(self, states: Floats, places: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return tag scores (cues, words, SPAN_TAGS) and, for each cue, the score that it opens a statement (cues,)."""
        tags, valid = self._spans.run(["tags", "valid"], {"states": states, "places": places, "mask": mask})
        return tags, valid
