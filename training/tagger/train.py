#!/usr/bin/env python3
"""Train the tagger of statements; stops and continues from its last checkpoint.

Example:
    python train.py --gold polnear_train.jsonl --base MINILM_DIR --out CHECKPOINT_DIR --scorer score/statements.py
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from data import Example, Report, Target, examples, load, part, place_of
from measure import measure
from model import Model, TorchNetwork
from tokenizers import Tokenizer
from torch import Tensor, nn

from diurna.annotate.tagger.decoding import find_cues
from diurna.annotate.tagger.tagger import Options
from diurna.annotate.tagger.windows import reach

IGNORED = -100
MASK = 103  # the vocabulary's [MASK]; those below it are special too
MASKED = 0.05


@dataclass
class State:
    """Everything a stopped run needs to go on."""

    model: Model
    average: Model
    optimiser: torch.optim.AdamW
    step: int = 0

    def save(self, path: Path) -> None:
        """Write the state; a run that dies while writing leaves the state before."""
        new = path.with_suffix(".new")
        torch.save(
            {
                "model": self.model.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
            },
            new,
        )
        new.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a written state."""
        row = torch.load(path, weights_only=True)
        self.model.load_state_dict(row["model"])
        self.average.load_state_dict(row["average"])
        self.optimiser.load_state_dict(row["optimiser"])
        self.step = row["step"]


def tokenizer_of(folder: Path) -> Tokenizer:
    """Return the base encoder's tokenizer without its own padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def padded(rows: Sequence[Sequence[int]], fill: int = 0) -> Tensor:
    """Return rows of numbers as one tensor, filled up on the right."""
    width = max(len(row) for row in rows)
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def batches(reports: Sequence[Report], tokenizer: Tokenizer, seed: int, size: int) -> list[list[Example]]:
    """Return an epoch's batches of windows of about `size` pieces in all, similar lengths together, in random order."""
    rng = random.Random(seed)  # noqa: S311 - the order of batches is no secret
    rows = sorted(examples(reports, tokenizer, rng), key=lambda e: len(e.window.ids) + rng.random() * 24)
    found: list[list[Example]] = [[]]
    for row in rows:
        if found[-1] and (len(found[-1]) + 1) * len(row.window.ids) > size:
            found.append([])
        found[-1].append(row)
    rng.shuffle(found)
    return found


def proposed(example: Example, scores: Tensor, rng: random.Random) -> Iterator[tuple[Target, int]]:
    """Yield the gold statements and some of what the cue head wrongly takes for cues.

    Gold cues sometimes get the borders that the cue head gave them, as they will when the tagger runs.

    The second value is 1 for a statement, 0 for a wrong cue.
    """
    found = [cue for cue, _ in find_cues(scores.float().numpy(), rng.uniform(0.5, 2.5))]
    for one in example.targets:
        near = [c for c in found if c[0] < one.cue[1] and one.cue[0] < c[1]]
        if near and near[0] != one.cue and rng.random() < 0.5:
            low, high = reach(example.window, near[0])
            whole = dict(zip(range(one.low, one.high), one.tags, strict=True))
            tags = tuple(0 if near[0][0] <= i < near[0][1] else whole.get(i, 0) for i in range(low, high))
            yield Target(near[0], low, high, tags), 1
        else:
            yield one, 1
    taken = [one.cue for one in example.targets]
    wrong = [cue for cue in found if not any(cue[0] < b and a < cue[1] for a, b in taken)]
    for cue in rng.sample(wrong, min(len(wrong), 1 + len(taken) // 3)):
        low, high = reach(example.window, cue)
        yield Target(cue, low, high, (IGNORED,) * (high - low)), 0


Row = tuple[list[int], Example, Target, int]


def span_losses(model: Model, states: Tensor, rows: list[Row], groups: int = 3) -> tuple[Tensor, Tensor]:
    """Return the tag loss by word and the loss of telling statements from wrong cues.

    A row says where the words it reads stand in `states`, the encodings of all windows one after another.
    """
    rows.sort(key=lambda r: r[2].high - r[2].low)
    size = -(-len(rows) // groups)
    tag_sum, tag_count, valid_sum = torch.zeros(()), 0, torch.zeros(())
    for i in range(0, len(rows), size):
        some = rows[i : i + size]
        read = states[padded([r[0] for r in some])]
        where = padded([place_of(e, t) for _, e, t, _ in some])
        mask = padded([[1] * (t.high - t.low) for _, _, t, _ in some])
        tags, valid = model.spans(read, where, mask)
        want = padded([t.tags for _, _, t, _ in some], IGNORED)
        tag_sum = tag_sum + nn.functional.cross_entropy(
            tags.float().flatten(0, 1), want.flatten(), ignore_index=IGNORED, reduction="sum"
        )
        tag_count += int((want != IGNORED).sum())
        valid_sum = valid_sum + nn.functional.binary_cross_entropy_with_logits(
            valid.float(), torch.tensor([float(v) for *_, v in some]), reduction="sum"
        )
    return tag_sum / max(1, tag_count), valid_sum / len(rows)


def hidden_words(ids: Tensor) -> Tensor:
    """Return word pieces with a share of them replaced by the mask, so that no cue is known by its word alone."""
    return torch.where((torch.rand(ids.shape) < MASKED) & (ids > MASK), MASK, ids)


def losses(model: Model, batch: Sequence[Example], rng: random.Random) -> dict[str, Tensor]:
    """Return the losses of one batch by name."""
    ids = hidden_words(padded([e.window.ids for e in batch]))
    mask = padded([[1] * len(e.window.ids) for e in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states, cues = model.encoder(ids, padded([e.window.features for e in batch]), mask)
        want = torch.full(ids.shape, IGNORED)
        rows: list[Row] = []
        for i, example in enumerate(batch):
            at = torch.tensor(example.window.firsts)
            want[i, at] = torch.tensor(example.cues)
            scores = cues[i, at].detach()
            base = (at + i * ids.shape[1]).tolist()
            rows += [(base[t.low : t.high], example, t, v) for t, v in proposed(example, scores, rng)]
        cue = nn.functional.cross_entropy(cues.float().flatten(0, 1), want.flatten(), ignore_index=IGNORED)
        if not rows:
            return {"cue": cue}
        tags, valid = span_losses(model, states.flatten(0, 1), rows)
    return {"cue": cue, "tags": tags, "valid": valid}


def advance(state: State, total: dict[str, Tensor], rates: Sequence[float], progress: float, decay: float) -> None:
    """Take one optimiser step at the learning rate of this moment and move the average."""
    warm = min(1.0, (state.step + 1) / 150)
    for group, rate in zip(state.optimiser.param_groups, rates, strict=True):
        group["lr"] = rate * warm * (1 - progress) + 1e-7
    loss = 3 * total["cue"] + total.get("tags", torch.zeros(())) + 0.2 * total.get("valid", torch.zeros(()))
    loss.backward()
    nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
    state.optimiser.step()
    state.optimiser.zero_grad()
    state.step += 1
    keep = min(decay, (1 + state.step) / (10 + state.step))
    with torch.no_grad():
        ours, theirs = list(state.average.parameters()), list(state.model.parameters())
        torch._foreach_lerp_(ours, theirs, 1 - keep)


def run_epoch(state: State, todo: Sequence[Sequence[Example]], start: int, args: argparse.Namespace) -> None:
    """Run the batches of an epoch that are not yet done; `start` is the step the epoch began at."""
    shown: dict[str, float] = {}
    begun = time.time()
    for batch in todo[state.step - start :]:
        rng = random.Random(args.seed * 1_000_003 + state.step)  # noqa: S311 - as above
        total = losses(state.model.train(), batch, rng)
        advance(state, total, (args.rate, args.rate * args.head), min(1.0, state.step / args.steps), args.decay)
        for name, value in total.items():
            shown[name] = 0.98 * shown.get(name, value.item()) + 0.02 * value.item()
        if state.step % 50 == 0:
            values = " ".join(f"{k} {v:.4f}" for k, v in shown.items())
            print(f"step {state.step} of {args.steps} {values} {time.time() - begun:.0f} s", flush=True)
        if state.step % 250 == 0:
            state.save(args.out / "last.pt")


def set_up(args: argparse.Namespace) -> State:
    """Build the model and its optimiser, or load them from the last checkpoint."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    model, average = Model(args.base, args.layers), Model(args.base, args.layers)
    average.load_state_dict(model.state_dict())
    groups = [{"params": [*model.encoder.parameters()]}, {"params": [*model.spans.parameters()]}]
    state = State(model, average, torch.optim.AdamW(groups, args.rate, weight_decay=0.01, fused=True))
    if (args.out / "last.pt").exists():
        state.load(args.out / "last.pt")
    return state


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="gold statements to train on")
    parser.add_argument("--also", type=Path, action="append", default=[], help="more gold, none of it held out")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--scorer", type=Path, required=True, help="the scorer of statements")
    parser.add_argument("--epochs", type=float, default=7)
    parser.add_argument("--batch", type=int, default=1600, help="word pieces in a batch")
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate of the encoder")
    parser.add_argument("--head", type=float, default=1.5, help="times the rate, for the span head")
    parser.add_argument("--layers", type=int, default=2, help="layers of the span head")
    parser.add_argument("--decay", type=float, default=0.998, help="of the moving average of the weights")
    parser.add_argument("--held", type=float, default=0.05, help="share of the reports held out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Train epoch by epoch and score the moving average on the held-out reports after each."""
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = tokenizer_of(args.base)
    learn, held = part(load(args.gold, tokenizer), args.held, 0)
    learn += [report for path in args.also for report in load(path, tokenizer)]
    state = set_up(args)
    per_epoch = len(batches(learn, tokenizer, args.seed, args.batch))
    args.steps = round(per_epoch * args.epochs)
    start, epoch = 0, 0
    while state.step < args.steps:
        todo = batches(learn, tokenizer, args.seed + 1000 * epoch, args.batch)[: args.steps - start]
        if state.step < start + len(todo):
            run_epoch(state, todo, start, args)
            state.save(args.out / "last.pt")
            torch.save(state.average.state_dict(), args.out / f"average-{epoch + 1}.pt")
            found = measure(held, tokenizer, TorchNetwork(state.average), Options(threshold=0.5), args.scorer)
            print(f"epoch {epoch + 1} step {state.step} {json.dumps(found)}", flush=True)
        start, epoch = start + len(todo), epoch + 1


if __name__ == "__main__":
    main()
