"""The trained graphs behind the tagger, and what any network must give to stand in for them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Protocol

from diurna.annotate.tagger.decoding import Floats
from diurna.annotate.tagger.windows import Ints
from diurna.errors import MissingPartError

MIDDLE = "/layer.1/output/LayerNorm/LayerNormalization_output_0"
"""The encoder's second layer of six, as the exported graph calls it: what the head for types of deeds reads."""
EMBEDDED = "/word_embeddings/Gather_output_0"
"""The rows of the vocabulary, as the exported graph calls them: what the network for acts begins from."""


def with_output(model: bytes, name: str) -> bytes:
    """An ONNX model with one of its inner values as a further output.

    Protocol buffers merge what is written one after the other, so the output is appended as a model of its own that
    holds nothing else (onnx.proto: ModelProto.graph is 7, GraphProto.output 12, ValueInfoProto.name 1 and .type 2,
    TypeProto.tensor_type 1, its elem_type 1, in which 1 is float32). The weights stay as they are.
    """
    value = _field(1, name.encode()) + _field(2, _field(1, b"\x08\x01"))
    return model + _field(7, _field(12, value))


def _for_heads(model: bytes) -> bytes:
    """The encoder with what other heads read as further outputs."""
    return with_output(with_output(model, MIDDLE), EMBEDDED)


def _field(number: int, content: bytes) -> bytes:
    """One length-delimited field of a protocol buffer message; content of at most 16,383 bytes."""
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])
    return bytes([number << 3 | 2]) + length + content


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
            onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            for model in (_for_heads((folder / "model.onnx").read_bytes()), str(folder / "spans.onnx"))
        )
        self._last = threading.local()

    @property
    def middle(self) -> Floats:
        """What other heads read, as the middle layer had it when this thread last encoded (windows, pieces, width)."""
        middle: Floats = self._last.middle
        return middle

    @property
    def embedded(self) -> Floats:
        """The vocabulary's rows of what this thread last encoded (windows, pieces, width)."""
        embedded: Floats = self._last.embedded
        return embedded

    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return encodings (windows, pieces, width) and cue scores (windows, pieces, CUE_TAGS)."""
        states, cues, self._last.middle, self._last.embedded = self._encoder.run(
            ["states", "cues", MIDDLE, EMBEDDED], {"ids": ids, "features": features, "mask": mask}
        )
        return states, cues

    def spans(self, states: Floats, places: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return tag scores (cues, words, SPAN_TAGS) and, for each cue, the score that it opens a statement (cues,)."""
        tags, valid = self._spans.run(["tags", "valid"], {"states": states, "places": places, "mask": mask})
        return tags, valid
