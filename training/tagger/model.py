"""The network: a MiniLM encoder with shape features, a cue head, and a span head of copied encoder layers."""

import copy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

from diurna.annotate.tagger.decoding import CUE_TAGS, SPAN_TAGS, Floats
from diurna.annotate.tagger.windows import FEATURES, PLACES, Ints

DROPPED = (
    0.1  # of the embeddings and of the span head's input; dropout in every layer costs a fifth of the time on a CPU
)


class Encoder(nn.Module):
    """Encodes word pieces with their shape features and scores cues."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(
            folder,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            attn_implementation="eager",
            add_pooling_layer=False,
        )
        width = self.bert.config.hidden_size
        self.features = nn.Embedding(FEATURES, width)
        self.drop = nn.Dropout(DROPPED)
        self.cue = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, CUE_TAGS))
        nn.init.zeros_(self.features.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return encodings (windows, pieces, width) and cue scores (windows, pieces, CUE_TAGS)."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.features(features)
        hidden = self.drop(self.bert.embeddings(inputs_embeds=embedded))
        wide = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.bert.encoder.layer:
            hidden = _first(layer(hidden, wide))
        return hidden, self.cue(hidden)


class SpanHead(nn.Module):
    """Reads the encodings of words around one cue and tags its content and source."""

    def __init__(self, encoder: Encoder, layers: int) -> None:
        super().__init__()
        config = encoder.bert.config
        width = config.hidden_size
        self.places = nn.Embedding(PLACES, width)
        self.pooled = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(DROPPED)
        self.layers = nn.ModuleList(copy.deepcopy(one) for one in encoder.bert.encoder.layer[-layers:])
        self.tags = nn.Linear(width, SPAN_TAGS)
        self.valid = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        nn.init.normal_(self.places.weight, std=0.02)

    def forward(self, states: Tensor, places: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return tag scores (cues, words, SPAN_TAGS) and scores that the cues open statements (cues,)."""
        inside = ((places == 0) & (mask > 0)).to(states.dtype)[:, :, None]
        count = inside.sum(1).clamp(min=1)
        cue = (states * inside).sum(1) / count
        hidden = self.drop(self.norm(states + self.places(places) + self.pooled(cue)[:, None]))
        wide = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.layers:
            hidden = _first(layer(hidden, wide))
        at_cue = (hidden * inside.to(hidden.dtype)).sum(1) / count.to(hidden.dtype)
        return self.tags(hidden), self.valid(at_cue)[:, 0]


class Model(nn.Module):
    """Encoder and span head together, as trained."""

    def __init__(self, folder: Path, layers: int = 2) -> None:
        super().__init__()
        self.encoder = Encoder(folder)
        self.spans = SpanHead(self.encoder, layers)


class TorchNetwork:
    """A trained model seen as `diurna.annotate.tagger.network.Network`."""

    def __init__(self, model: Model) -> None:
        self._model = model.eval()

    @torch.inference_mode()
    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return encodings and cue scores."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states, cues = self._model.encoder(*(torch.from_numpy(x) for x in (ids, features, mask)))
        return states.float().numpy(), cues.float().numpy()

    @torch.inference_mode()
    def spans(self, states: Floats, places: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return tag scores and scores that the cues open statements."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags, valid = self._model.spans(*(torch.from_numpy(np.asarray(x)) for x in (states, places, mask)))
        return tags.float().numpy(), valid.float().numpy()


def _first(out: Tensor | tuple[Tensor, ...]) -> Tensor:
    """Return a layer's hidden states, whichever way this version of the library gives them."""
    return out if isinstance(out, Tensor) else out[0]
