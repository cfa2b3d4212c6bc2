"""ONNX graphs with weights of 8 bits: matrix products by column, tables of embeddings by row."""

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic


def quantise(plain: Path, small: Path, exclude: list[str]) -> None:
    """Quantise the weights of one graph to 8 bits: matrix products by column, a table of embeddings by row."""
    quantize_dynamic(
        str(plain),
        str(small),
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=exclude,
        extra_options={"MatMulConstBOnly": True},
    )
    graph = onnx.load(str(small))
    for node in [one for one in graph.graph.node if one.op_type == "Gather"]:
        quantise_rows(graph.graph, node)
    onnx.save(graph, str(small))


def quantise_rows(graph: onnx.GraphProto, node: onnx.NodeProto) -> None:
    """Make a big table of embeddings 8 bits wide, each row with a scale of its own; other look-ups are left alone."""
    table = next((one for one in graph.initializer if one.name == node.input[0]), None)
    if table is None or len(table.dims) != 2 or table.dims[0] < 10_000:
        return
    rows = numpy_helper.to_array(table)
    scale = np.maximum(np.abs(rows).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
    small = np.round(rows / scale).astype(np.int8)
    name, out = table.name, node.output[0]
    graph.initializer.remove(table)
    graph.initializer.extend(
        [numpy_helper.from_array(small, f"{name}.small"), numpy_helper.from_array(scale, f"{name}.scale")]
    )
    at = [*graph.node].index(node)
    new = [
        helper.make_node("Gather", [f"{name}.small", node.input[1]], [f"{out}.small"]),
        helper.make_node("Cast", [f"{out}.small"], [f"{out}.wide"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [f"{name}.scale", node.input[1]], [f"{out}.scale"]),
        helper.make_node("Mul", [f"{out}.wide", f"{out}.scale"], [out]),
    ]
    graph.node.remove(node)
    for i, one in enumerate(new):
        graph.node.insert(at + i, one)
