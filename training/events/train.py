#!/usr/bin/env python3
"""Teach the head that says of which type a deed is, over the statement tagger's encoder, which stays as it is.

Example:
    python train.py --gold plv_dev.jsonl --out src/diurna/weights/events
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from data import FOLD, Example, gold
from torch import Tensor, nn

from diurna.annotate.events.typehead import LONGEST, MARKS, PLACES, TYPES
from diurna.annotate.parse import Parser
from diurna.annotate.pipeline import TAGGER
from diurna.annotate.tagger.tagger import Tagger

WIDTH, HEADS, DROPPED = 128, 4, 0.4
BATCH, RATE, DECAY = 32, 2e-3, 0.05
BARE = 0.3
"""Share of the gold pairs shown without their trigger."""


class Head(nn.Module):
    """The network of `typehead.TypeHead`."""

    def __init__(self, states: int) -> None:
        super().__init__()
        self.norm, self.drop = nn.LayerNorm(states), nn.Dropout(DROPPED)
        self.proj, self.mark = nn.Linear(states, WIDTH), nn.Embedding(MARKS, WIDTH)
        self.actor, self.recipient, self.trigger = (nn.Embedding(PLACES, WIDTH) for _ in range(3))
        self.attend = nn.Linear(WIDTH, HEADS)
        self.out = nn.Linear((HEADS + MARKS - 1) * WIDTH, len(TYPES))
        self.last = nn.Dropout(DROPPED)
        for table in (self.mark, self.actor, self.recipient, self.trigger):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, states: Tensor, marks: Tensor, places: Tensor, mask: Tensor) -> Tensor:
        """Scores of the types (examples, types)."""
        hidden = self.proj(self.drop(self.norm(states))) + self.mark(marks)
        for side, table in enumerate((self.actor, self.recipient, self.trigger)):
            hidden = hidden + table(places[:, :, side])
        hidden = nn.functional.gelu(hidden, approximate="tanh")
        attention = self.attend(hidden).masked_fill(~mask[:, :, None], -1e4).softmax(1)
        pooled = [torch.einsum("bnh,bnd->bhd", attention, hidden).flatten(1)]
        for number in range(1, MARKS):
            chosen = ((marks == number) & mask).float()[:, :, None]
            pooled.append((hidden * chosen).sum(1) / chosen.sum(1).clamp(min=1))
        return self.out(self.last(torch.cat(pooled, -1)))


def batch(examples: Sequence[Example], bare: Sequence[bool]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Padded states, marks, places, mask and the types each example may be."""
    rows = [one.bare if plain else one.marked for one, plain in zip(examples, bare, strict=True)]
    width = rows[0].states.shape[1]
    states, mask = torch.zeros(len(rows), LONGEST, width), torch.zeros(len(rows), LONGEST, dtype=torch.bool)
    marks = torch.zeros(len(rows), LONGEST, dtype=torch.long)
    places = torch.full((len(rows), LONGEST, 3), PLACES - 1)
    wanted = torch.zeros(len(rows), len(TYPES))
    for i, (row, one) in enumerate(zip(rows, examples, strict=True)):
        n = len(row.marks)
        states[i, :n], marks[i, :n], mask[i, :n] = torch.from_numpy(row.states), torch.from_numpy(row.marks), True
        places[i, :n] = torch.from_numpy(row.places)
        wanted[i, list(one.types)] = 1
    return states, marks, places, mask, wanted


def train(rows: Sequence[Example], epochs: int, seed: int) -> Head:
    """A head taught on these examples; the same seed gives the same head on the same machine."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - the order of examples is no secret
    head = Head(rows[0].marked.states.shape[1])
    weights = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    steps, step = epochs * (len(rows) // BATCH), 0
    order = list(rows)
    for _ in range(epochs):
        rng.shuffle(order)
        head.train()
        for i in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[i : i + BATCH]
            *inputs, wanted = batch(chosen, [rng.random() < BARE for _ in chosen])
            for group in weights.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / 50) * (1 - step / steps)
            sure = head(*inputs).log_softmax(-1)
            loss = -(sure + (wanted - 1) * 1e4).logsumexp(-1) - 0.1 * sure.mean(-1)
            loss.mean().backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            weights.step()
            weights.zero_grad()
            step += 1
    return head.eval()


@torch.inference_mode()
def shares(head: Head, rows: Sequence[Example], *, bare: bool) -> np.ndarray:
    """The head's probabilities (examples, types)."""
    found = []
    for i in range(0, len(rows), 64):
        *inputs, _ = batch(rows[i : i + 64], [bare] * len(rows[i : i + 64]))
        found.append(head(*inputs).softmax(-1).numpy())
    return np.concatenate(found)


def folded(kind: int | str) -> str:
    """The gold's name of a type."""
    name = TYPES[kind] if isinstance(kind, int) else kind
    return next((fold for fold, names in FOLD.items() if name in names), name)


def score(wanted: Sequence[str], given: Sequence[str | None]) -> tuple[float, float]:
    """Macro-F1 over the gold's types and accuracy, in percent."""
    total = 0.0
    for label in set(wanted):
        both = sum(a == b == label for a, b in zip(wanted, given, strict=True))
        total += 2 * both / (wanted.count(label) + list(given).count(label))
    right = sum(a == b for a, b in zip(wanted, given, strict=True))
    return round(100 * total / len(set(wanted)), 1), round(100 * right / len(wanted), 1)


def measure(pairs: list[Example], epochs: int, folds: int) -> None:
    """Five-fold scores: the pair alone, with the rules' trigger, the rules, and the rules overruled."""
    texts = sorted({one.text for one in pairs})
    random.Random(0).shuffle(texts)  # noqa: S311
    fold = {text: i % folds for i, text in enumerate(texts)}
    results: dict[bool, np.ndarray] = {flag: np.zeros((len(pairs), len(TYPES))) for flag in (True, False)}
    for k in range(folds):
        head = train([one for one in pairs if fold[one.text] != k], epochs, 0)
        held = [i for i, one in enumerate(pairs) if fold[one.text] == k]
        for flag, given in results.items():
            given[held] = shares(head, [pairs[i] for i in held], bare=flag)
        print("fold", k, flush=True)
    wanted = [folded(one.types[0]) for one in pairs]
    for flag, name in ((True, "pair given"), (False, "pair and the rules' trigger")):
        print(name, score(wanted, [folded(int(i)) for i in results[flag].argmax(-1)]))
    print("rules", score(wanted, [None if one.found is None else folded(one.found) for one in pairs]))
    for sure, unsure in ((0.9, 0.02), (0.7, 0.02)):
        given = [
            overruled(one, row, sure, unsure) or folded(int(row.argmax()))
            for one, row in zip(pairs, results[False], strict=True)
        ]
        print("rules, overruled, and the head where they are silent", sure, unsure, score(wanted, given))
    for sure in (0.6, 0.7, 0.8, 0.9, 0.95):
        for unsure in (0.01, 0.02, 0.05, 0.1):
            given = [overruled(one, row, sure, unsure) for one, row in zip(pairs, results[False], strict=True)]
            print("overruled", sure, unsure, score(wanted, given))


def overruled(one: Example, row: np.ndarray, sure: float, unsure: float) -> str | None:
    """The type `typehead.retype` would give."""
    if one.found is None:
        return None
    best = int(row.argmax())
    keep = row[best] < sure or row[TYPES.index(one.found)] > unsure
    return folded(one.found if keep else best)


def main() -> None:
    """Read the examples, measure, teach on all, write the head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="pairs, as in plv_dev.jsonl")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--folds", type=int, default=5, help="0 measures nothing")
    parser.add_argument("--sure", type=float, default=0.7)
    parser.add_argument("--unsure", type=float, default=0.02)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    pairs = list(gold(args.gold, Parser(), Tagger(TAGGER)))
    print(len(pairs), "pairs", flush=True)
    if args.folds:
        measure(pairs, args.epochs, args.folds)
    head = train(pairs, args.epochs, 0)
    args.out.mkdir(parents=True, exist_ok=True)
    weights = {name: value.numpy().astype(np.float16) for name, value in head.state_dict().items()}
    np.savez(args.out / "head.npz", **weights)
    (args.out / "config.json").write_text(
        json.dumps({"sure": args.sure, "unsure": args.unsure}) + "\n", encoding="utf8"
    )


if __name__ == "__main__":
    main()
