#!/usr/bin/env python3
"""Teach the head that looks again at the acts of statements, over the tagger's encoder, which stays as it is.

Example:
    python train.py --texts ../../../shared/input ../../../shared/gold/statements --out ../../src/diurna/weights/acts
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from data import Example, examples
from torch import Tensor, nn

from diurna.annotate.pipeline import TAGGER
from diurna.annotate.statements.acthead import ACTS, CONTENT, CUE, PLACES, SPEAKER
from diurna.annotate.tagger.tagger import Tagger

WIDTH, HEADS, PRINCIPAL = 96, 4, 96
DROPPED, TRAITS_DROPPED = 0.4, 0.2
BATCH, RATE, DECAY, SMOOTHED = 48, 3e-3, 0.05, 0.1
EPOCHS = 14


class Head(nn.Module):
    """The network of `acthead.ActHead`, over the principal components of the states."""

    def __init__(self, traits: int) -> None:
        super().__init__()
        self.proj = nn.Linear(PRINCIPAL, WIDTH)
        self.mark, self.place = nn.Embedding(4, WIDTH), nn.Embedding(PLACES, WIDTH)
        for table in (self.mark, self.place):
            nn.init.normal_(table.weight, std=0.1)
        self.drop = nn.Dropout(DROPPED)
        self.att = nn.Linear(WIDTH, HEADS)
        self.out, self.fo = nn.Linear((HEADS + 3) * WIDTH, len(ACTS)), nn.Linear(traits, len(ACTS))
        self.last, self.few = nn.Dropout(DROPPED), nn.Dropout(TRAITS_DROPPED)
        nn.init.zeros_(self.fo.weight)

    def forward(self, states: Tensor, marks: Tensor, places: Tensor, mask: Tensor, traits: Tensor) -> Tensor:
        """Scores of the acts (examples, acts)."""
        hidden = self.proj(self.drop(states)) + self.mark(marks) + self.place(places)
        hidden = nn.functional.gelu(hidden, approximate="tanh")
        attention = self.att(hidden).masked_fill(~mask[:, :, None], -1e4).softmax(1)
        pooled = [torch.einsum("bnh,bnd->bhd", attention, hidden).flatten(1)]
        for number in (SPEAKER, CUE, CONTENT):
            chosen = ((marks == number) & mask).float()[:, :, None]
            pooled.append((hidden * chosen).sum(1) / chosen.sum(1).clamp(min=1))
        return self.out(self.last(torch.cat(pooled, -1))) + self.fo(self.few(traits))


@dataclass(frozen=True, slots=True)
class Components:
    """The principal components the head reads: `basis` (width, PRINCIPAL) of states less their mean, scaled."""

    mean: np.ndarray
    basis: np.ndarray


def components(rows: Sequence[Example], seed: int) -> Components:
    """The principal components of ten words drawn from each example."""
    rng = np.random.default_rng(seed)
    drawn = np.concatenate([one.marked.states[rng.integers(0, len(one.marked.marks), 10)] for one in rows])
    mean = drawn.mean(0)
    values, vectors = np.linalg.eigh(np.cov((drawn - mean).T))
    values, vectors = values[::-1][:PRINCIPAL], vectors[:, ::-1][:, :PRINCIPAL]
    return Components(mean, vectors / np.sqrt(values + 1e-2 * values.max()))


@dataclass(frozen=True, slots=True)
class Batches:
    """All examples as padded tensors."""

    inputs: tuple[Tensor, ...]
    acts: Tensor

    def rows(self, chosen: Tensor) -> tuple[Tensor, ...]:
        """The inputs of some examples, no longer than the longest of them."""
        longest = int(self.inputs[3][chosen].sum(1).max())
        *words, traits = self.inputs
        return (*(one[chosen, :longest] for one in words), traits[chosen])


def padded(rows: Sequence[Example], basis: Components) -> Batches:
    """The examples, their states as principal components."""
    longest = max(len(one.marked.marks) for one in rows)
    states = torch.zeros(len(rows), longest, PRINCIPAL)
    marks = torch.zeros(len(rows), longest, dtype=torch.long)
    places = torch.full((len(rows), longest), PLACES - 1)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for i, one in enumerate(rows):
        n = len(one.marked.marks)
        states[i, :n] = torch.from_numpy(((one.marked.states - basis.mean) @ basis.basis).astype(np.float32))
        marks[i, :n], places[i, :n] = torch.from_numpy(one.marked.marks), torch.from_numpy(one.marked.places)
        mask[i, :n] = True
    traits = torch.from_numpy(np.stack([one.marked.traits for one in rows]))
    return Batches((states, marks, places, mask, traits), torch.tensor([one.act for one in rows]))


def train(given: Batches, chosen: Sequence[int], epochs: int, seed: int) -> Head:
    """A head taught on some examples; the same seed gives the same head on the same machine."""
    torch.manual_seed(seed)
    head = Head(given.inputs[4].shape[1]).train()
    weights = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    numbers, step = torch.tensor(chosen), 0
    steps = epochs * (len(chosen) // BATCH)
    for _ in range(epochs):
        order = numbers[torch.randperm(len(numbers))]
        for i in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[i : i + BATCH]
            for group in weights.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / 30) * (1 - step / steps)
            scores = head(*given.rows(batch))
            nn.functional.cross_entropy(scores, given.acts[batch], label_smoothing=SMOOTHED).backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            weights.step()
            weights.zero_grad()
            step += 1
    return head.eval()


@torch.inference_mode()
def shares(head: Head, given: Batches, chosen: Sequence[int]) -> np.ndarray:
    """The head's probabilities (examples, acts)."""
    parts = [torch.tensor(chosen[i : i + 64]) for i in range(0, len(chosen), 64)]
    return np.concatenate([head(*given.rows(part)).softmax(-1).numpy() for part in parts])


def measure(rows: Sequence[Example], given: Batches, epochs: int, folds: int) -> None:
    """Accuracy over the folds: of the rules, of the head, and of the rules overruled at each pair of thresholds."""
    names = sorted({one.report for one in rows})
    random.Random(0).shuffle(names)  # noqa: S311 - which report falls in which fold is no secret
    fold = {name: i % folds for i, name in enumerate(names)}
    found = np.zeros((len(rows), len(ACTS)))
    for k in range(folds):
        head = train(given, [i for i, one in enumerate(rows) if fold[one.report] != k], epochs, 0)
        held = [i for i, one in enumerate(rows) if fold[one.report] == k]
        found[held] = shares(head, given, held)
    acts, rules = given.acts.numpy(), np.array([one.found for one in rows])
    own = found[np.arange(len(rows)), rules]
    show("rules", rows, rules == acts)
    show("head", rows, found.argmax(1) == acts)
    for sure in (0.3, 0.4, 0.5, 0.6):
        for unsure in (0.05, 0.1, 0.15, 0.2):
            kept = np.where((found.max(1) >= sure) & (own <= unsure), found.argmax(1), rules)
            show(f"overruled at {sure} and {unsure}", rows, kept == acts)


def show(name: str, rows: Sequence[Example], right: np.ndarray) -> None:
    """Print the share that is right, for each way the statements were drawn."""
    drawn = np.array([one.drawn for one in rows])
    print(name, *(f"{kind} {100 * right[drawn == kind].mean():.1f}" for kind in sorted(set(drawn))))


def write(head: Head, basis: Components, out: Path, options: dict[str, float]) -> None:
    """Write the head, its dense layer over the states themselves, in 16 bits."""
    weights = {name: value.numpy() for name, value in head.state_dict().items()}
    dense = weights["proj.weight"]
    weights["proj.bias"] = weights["proj.bias"] - dense @ (basis.basis.T @ basis.mean)
    weights["proj.weight"] = dense @ basis.basis.T
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / "head.npz", **{name: value.astype(np.float16) for name, value in weights.items()})
    (out / "config.json").write_text(json.dumps(options) + "\n", encoding="utf8")


def main() -> None:
    """Read the examples, measure, teach on all, write the head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marks", type=Path, default=Path(__file__).with_name("marks.jsonl"))
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="folders the marked texts lie in")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--folds", type=int, default=3, help="0 measures nothing")
    parser.add_argument("--limit", type=int, help="reports to read, to try the script")
    parser.add_argument("--sure", type=float, default=0.4)
    parser.add_argument("--unsure", type=float, default=0.2)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = list(examples(args.marks, args.texts, Tagger(TAGGER), args.limit))
    basis = components(rows, 0)
    given = padded(rows, basis)
    print(len(rows), "statements", flush=True)
    if args.folds:
        measure(rows, given, args.epochs, args.folds)
    head = train(given, range(len(rows)), args.epochs, 0)
    write(head, basis, args.out, {"sure": args.sure, "unsure": args.unsure})


if __name__ == "__main__":
    main()
