#!/usr/bin/env python3
"""Teach the network that looks again at the acts of statements, and write it as an int8 ONNX graph.

Example:
    python train.py --base MINILM_DIR \
        --texts ../../../shared/input ../../../shared/gold/statements ../../../shared/gold/links \
        --out ../../src/diurna/weights/acts
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from data import Example, examples
from onnx import numpy_helper
from torch import Tensor, nn
from transformers import AutoModel

from diurna.annotate.pipeline import TAGGER
from diurna.annotate.statements.acthead import ACTS, LONGEST

sys.path.append(str(Path(__file__).resolve().parents[1]))
from quantising import quantise

LAYERS = (0, 1, 2)
"""The layers of the base encoder the network begins as."""
BATCH, GROUPED, RATE, OWN_RATE, DECAY, SMOOTHED, WARM = 32, 8, 1e-4, 2e-3, 0.01, 0.1, 0.1
EPOCHS = 4
LATE = "late"
"""How marks were drawn that came too late for the shipped network: it is scored on them, and taught with `--late`."""
OPENING = 101
"""The base encoder's word piece for the whole."""


class Network(nn.Module):
    """The network of `acthead.ActHead`: some layers of the base encoder over given rows of the vocabulary."""

    def __init__(self, base: Path, traits: int) -> None:
        super().__init__()
        whole = AutoModel.from_pretrained(base, attn_implementation="eager")
        width = whole.config.hidden_size
        self.layers = nn.ModuleList([whole.encoder.layer[i] for i in LAYERS])
        self.position = nn.Parameter(whole.embeddings.position_embeddings.weight[:LONGEST].detach().clone())
        self.kind = nn.Parameter(whole.embeddings.token_type_embeddings.weight[0].detach().clone())
        self.norm = whole.embeddings.LayerNorm
        self.mark = nn.Embedding(4, width)
        nn.init.normal_(self.mark.weight, std=0.02)
        self.drop, self.last, self.few = nn.Dropout(0.1), nn.Dropout(0.2), nn.Dropout(0.2)
        self.out, self.told = nn.Linear(4 * width, len(ACTS)), nn.Linear(traits, len(ACTS))
        nn.init.zeros_(self.told.weight)

    def forward(self, embedded: Tensor, marks: Tensor, traits: Tensor, mask: Tensor) -> Tensor:
        """Scores of the acts (examples, acts) from rows (examples, pieces, width); `mask` is 1 where a piece is."""
        places = self.position[: embedded.shape[1]]
        hidden = self.drop(self.norm(embedded + places + self.kind + self.mark(marks)))
        away = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            hidden = layer(hidden, away)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        pooled = [hidden[:, 0]]
        for number in (1, 2, 3):
            chosen = ((marks == number).float() * mask)[:, :, None]
            pooled.append((hidden * chosen).sum(1) / chosen.sum(1).clamp(min=1))
        return self.out(self.last(torch.cat(pooled, -1))) + self.told(self.few(traits))


class Whole(nn.Module):
    """The network for one statement at a time, nothing padded: what is exported."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, embedded: Tensor, marks: Tensor, traits: Tensor) -> Tensor:
        """Scores of the acts (examples, acts)."""
        return self.network(embedded, marks, traits, torch.ones_like(marks, dtype=torch.float32))


def vocabulary(tagger: Path) -> Tensor:
    """The tagger's rows of the vocabulary (pieces, width), as its 8-bit graph looks them up."""
    graph = onnx.load(str(tagger / "model.onnx")).graph
    found = {one.name.rsplit(".", 1)[-1]: one for one in graph.initializer if "word_embeddings" in one.name}
    rows = numpy_helper.to_array(found["small"]).astype(np.float32) * numpy_helper.to_array(found["scale"])
    return torch.from_numpy(rows.astype(np.float16).astype(np.float32))


def batch(rows: Sequence[Example], table: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Some examples, padded: rows of the vocabulary, marks, traits, mask."""
    longest = max(len(one.ids) for one in rows)
    ids, marks = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest)
    for i, one in enumerate(rows):
        n = len(one.ids)
        ids[i, :n], marks[i, :n], mask[i, :n] = torch.from_numpy(one.ids), torch.from_numpy(one.marked.marks), 1
    ids[:, 0] = OPENING
    return table[ids], marks, torch.from_numpy(np.stack([one.marked.traits for one in rows])), mask


def batches(rows: Sequence[Example], drawn: random.Random) -> list[list[Example]]:
    """All examples in a new order, those of like length together."""
    order = drawn.sample(rows, len(rows))
    found = []
    for i in range(0, len(order), BATCH * GROUPED):
        near = sorted(order[i : i + BATCH * GROUPED], key=lambda one: len(one.ids))
        found += [near[j : j + BATCH] for j in range(0, len(near), BATCH)]
    return drawn.sample(found, len(found))


def train(rows: Sequence[Example], base: Path, table: Tensor, epochs: int, seed: int) -> Network:
    """A network taught on some examples; the same seed gives the same one on the same machine and thread count."""
    torch.manual_seed(seed)
    drawn = random.Random(seed)  # noqa: S311 - the order of examples is no secret
    network = Network(base, len(rows[0].marked.traits)).train()
    own = [p for name, p in network.named_parameters() if name.startswith(("mark.", "out.", "told."))]
    others = [p for name, p in network.named_parameters() if not name.startswith(("mark.", "out.", "told."))]
    rates = (RATE, OWN_RATE)
    weights = torch.optim.AdamW([{"params": others}, {"params": own}], lr=RATE, weight_decay=DECAY)
    steps, step, began = epochs * (len(rows) // BATCH + 1), 0, time.monotonic()
    for epoch in range(epochs):
        for some in batches(rows, drawn):
            for group, rate in zip(weights.param_groups, rates, strict=True):
                group["lr"] = rate * min(1, (step + 1) / (WARM * steps)) * max(0, 1 - step / (steps + 1))
            acts = torch.tensor([one.act for one in some])
            nn.functional.cross_entropy(network(*batch(some, table)), acts, label_smoothing=SMOOTHED).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            weights.step()
            weights.zero_grad()
            step += 1
        print(f"pass {epoch + 1}: {time.monotonic() - began:.0f} s", flush=True)
    return network.eval()


@torch.inference_mode()
def shares(network: Network, rows: Sequence[Example], table: Tensor) -> np.ndarray:
    """The network's probabilities (examples, acts)."""
    parts = [rows[i : i + 64] for i in range(0, len(rows), 64)]
    return np.concatenate([network(*batch(part, table)).softmax(-1).numpy() for part in parts])


def measure(rows: Sequence[Example], base: Path, table: Tensor, epochs: int, share: int) -> None:
    """Accuracy on one report in `share`, after teaching on the others: of the rules, and of the rules overruled."""
    names = sorted({one.report for one in rows})
    random.Random(0).shuffle(names)  # noqa: S311 - which report is held out is no secret
    held_out = set(names[::share])
    held = [one for one in rows if one.report in held_out]
    network = train([one for one in rows if one.report not in held_out], base, table, epochs, 0)
    found = shares(network, held, table)
    acts, rules = np.array([one.act for one in held]), np.array([one.found for one in held])
    own = found[np.arange(len(held)), rules]
    show("rules", held, rules == acts)
    show("network", held, found.argmax(1) == acts)
    for sure in (0.3, 0.4, 0.5, 0.6):
        for unsure in (0.05, 0.1, 0.2, 0.3):
            kept = np.where((found.max(1) >= sure) & (own <= unsure), found.argmax(1), rules)
            show(f"overruled at {sure} and {unsure}", held, kept == acts)


def show(name: str, rows: Sequence[Example], right: np.ndarray) -> None:
    """Print the share that is right, of all and for each way the statements were drawn."""
    drawn = np.array([one.drawn for one in rows])
    parts = (f"{kind} {100 * right[drawn == kind].mean():.1f}" for kind in sorted(set(drawn)))
    print(f"{name}: {100 * right.mean():.1f} of {len(rows)};", *parts)


def write(network: Network, out: Path, options: dict[str, float]) -> None:
    """Write the network as a graph with weights of 8 bits, and when it is believed."""
    out.mkdir(parents=True, exist_ok=True)
    width, traits = network.mark.weight.shape[1], network.told.weight.shape[1]
    one, pieces = {0: "statements"}, {0: "statements", 1: "pieces"}
    given = (torch.zeros(2, 7, width), torch.ones(2, 7, dtype=torch.long), torch.zeros(2, traits))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "acts.onnx"
        torch.onnx.export(
            Whole(network).eval(),
            given,
            str(plain),
            input_names=["embedded", "marks", "traits"],
            output_names=["scores"],
            dynamic_axes={"embedded": pieces, "marks": pieces, "traits": one, "scores": one},
            opset_version=17,
            dynamo=False,
        )
        quantise(plain, out / "acts.onnx", [])
    (out / "config.json").write_text(json.dumps(options) + "\n", encoding="utf8")


def main() -> None:
    """Read the examples, measure, teach on all, write the network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2, unpacked")
    parser.add_argument("--marks", type=Path, default=Path(__file__).with_name("marks.jsonl"))
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="folders the marked texts lie in")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--held-out", type=int, default=8, help="one report in so many is scored; 0 measures nothing")
    parser.add_argument("--late", action="store_true", help="teach on the marks made after the shipped network, too")
    parser.add_argument("--limit", type=int, help="reports to read, to try the script")
    parser.add_argument("--sure", type=float, default=0.3)
    parser.add_argument("--unsure", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    every = list(examples(args.marks, args.texts, TAGGER, args.limit))
    rows = [one for one in every if args.late or one.drawn != LATE]
    table = vocabulary(TAGGER)
    print(len(rows), "statements", flush=True)
    if args.held_out:
        measure(rows, args.base, table, args.epochs, args.held_out)
    network = train(rows, args.base, table, args.epochs, 0)
    if late := [one for one in every if one.drawn == LATE and not args.late]:
        acts = np.array([one.act for one in late])
        show("network, not taught on them", late, shares(network, late, table).argmax(1) == acts)
    write(network, args.out, {"sure": args.sure, "unsure": args.unsure})


if __name__ == "__main__":
    main()
