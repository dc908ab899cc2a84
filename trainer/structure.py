"""Tables of a network's layers with their shapes and parameter counts."""

from __future__ import annotations

import importlib
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from rich import box
from rich.table import Table

from trainer.parts import Parts
from trainer.runs import IMAGE_SHAPE

if TYPE_CHECKING:
    from trainer.session import Session


def structure_table(session: Session) -> Table:
    """Return the table of a session's network."""
    network = session.training.network
    chain = network.chain(np.zeros((1, *IMAGE_SHAPE), np.float32))
    rows: list[tuple[str, Any, Any, int]] = [("images", IMAGE_SHAPE, "", 0)]
    for name, layer in chain.outputs.items():
        variables = {
            key: variable
            for key, variable in network.variables.by_name.items()
            if key.rpartition("/")[0] == name
        }
        weights = next(iter(variables.values()))
        parameters = sum(math.prod(variable.shape) for variable in variables.values())
        rows.append((name, tuple(layer.shape[1:]), tuple(weights.shape), parameters))
    return _table(f"{session.settings.network}, after pooling", rows)


def numpy_table(parts: Parts, structure: dict[str, Any]) -> Table:
    """Return the table of the network in the part `numpy_cnn`, computed by the part `shapes`.

    Args:
        parts: the parts.
        structure: arguments of `initial_weights`.
    """
    weights = parts.numpy_cnn.initial_weights(IMAGE_SHAPE, **structure)
    shapes = {name: array.shape for name, array in weights.items() if name.endswith("kernel")}
    layers: list[tuple[Any, ...]] = []
    for name, shape in shapes.items():
        if name.startswith("conv"):
            layers += [("conv", shape[0], shape[-1]), ("pool", 2)]
            continue
        layers += [] if ("flatten",) in layers else [("flatten",)]
        layers.append(("dense", shape[-1]))
    kernels = iter(shapes.values())
    rows = [
        (kind, shape, next(kernels) if parameters else "", parameters)
        for kind, shape, parameters in importlib.import_module("shapes").trace(layers, IMAGE_SHAPE)
    ]
    return _table(f"numpy, by {parts.files['shapes']}", rows)


def vgg16_table(parts: Parts) -> Table:
    """Return the table of the original VGG-16, computed by the part `shapes`."""
    shapes = importlib.import_module("shapes")
    rows = [
        (name, shape, "", parameters) for name, shape, parameters in shapes.trace(shapes.VGG16, (224, 224, 3))
    ]
    return _table(f"VGG-16, by {parts.files['shapes']}", rows)


def _table(title: str, rows: list[tuple[str, Any, Any, int]]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_footer=True)
    total = sum(row[-1] for row in rows)
    table.add_column("layer", footer="total")
    table.add_column("output", justify="right")
    table.add_column("weights", justify="right")
    table.add_column("parameters", justify="right", footer=f"{total:,}")
    for name, shape, weights, parameters in rows:
        table.add_row(
            name,
            " x ".join(map(str, shape)),
            " x ".join(map(str, weights)),
            f"{parameters:,}" if parameters else "",
        )
    return table
