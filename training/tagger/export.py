#!/usr/bin/env python3
"""Write a trained model as two int8 ONNX graphs with its tokenizer.

Example:
    python export.py --weights CHECKPOINT_DIR/average-[245].pt --base MINILM_DIR --out src/diurna/weights/tagger
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from model import Model
from torch import nn
from train import tokenizer_of

sys.path.append(str(Path(__file__).resolve().parents[1]))
from quantising import quantise

BATCH, WORDS = {0: "windows", 1: "pieces"}, {0: "cues", 1: "words"}


def to_onnx(module: nn.Module, inputs: dict[str, torch.Tensor], outputs: dict[str, dict[int, str]], path: Path) -> None:
    """Trace a module into an ONNX file with free first and second axes."""
    axes = BATCH if "ids" in inputs else WORDS
    torch.onnx.export(
        module.eval(),
        tuple(inputs.values()),
        str(path),
        input_names=[*inputs],
        output_names=[*outputs],
        dynamic_axes={**dict.fromkeys(inputs, axes), **outputs},
        opset_version=17,
        dynamo=False,
    )


def write_plain(model: Model, folder: Path) -> None:
    """Write both graphs in full precision."""
    numbers = torch.ones((2, 7), dtype=torch.int64)
    width = model.encoder.bert.config.hidden_size
    to_onnx(
        model.encoder,
        {"ids": numbers, "features": numbers, "mask": numbers},
        {"states": BATCH, "cues": BATCH},
        folder / "model.onnx",
    )
    to_onnx(
        model.spans,
        {"states": torch.zeros((2, 7, width)), "places": numbers, "mask": numbers},
        {"tags": WORDS, "valid": {0: "cues"}},
        folder / "spans.onnx",
    )


def last_products(path: Path, outputs: list[str]) -> list[str]:
    """Return the matrix products nearest the named outputs: small, and touchy to rounding."""
    graph = onnx.load(str(path)).graph
    maker = {name: node for node in graph.node for name in node.output}
    found = []
    for name in outputs:
        node = maker[name]
        while node.op_type not in ("MatMul", "Gemm"):
            node = next(maker[i] for i in node.input if i in maker)
        found.append(node.name)
    return found


def write(model: Model, tokenizer_json: str, out: Path, whole: bool) -> None:
    """Write the graphs and the tokenizer into a folder; `whole` keeps full precision."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_text(tokenizer_json, encoding="utf8")
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name)
        write_plain(model, plain)
        for part, outputs in (("model.onnx", ["cues"]), ("spans.onnx", ["tags", "valid"])):
            if whole:
                shutil.copy(plain / part, out / part)
            else:
                quantise(plain / part, out / part, last_products(plain / part, outputs))


def mean(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of one run at several moments; what is no weight stays as it was first."""
    return {
        name: torch.stack([one[name] for one in states]).mean(0) if value.is_floating_point() else value
        for name, value in states[0].items()
    }


def main() -> None:
    """Load the weights and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, nargs="+", required=True, help="trained weights; several are averaged")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--layers", type=int, default=2, help="layers of the span head")
    parser.add_argument("--whole", action="store_true", help="keep full precision")
    args = parser.parse_args()
    model = Model(args.base, args.layers)
    model.load_state_dict(mean([torch.load(path, weights_only=True) for path in args.weights]))
    write(model, tokenizer_of(args.base).to_str(), args.out, args.whole)
    for path in sorted(args.out.glob("*")):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
