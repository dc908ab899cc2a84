"""The forward pass of a trained TensorFlow network, computed in NumPy by the learner's own functions."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.settings import Settings

# How many convolutional layers each block of VGG has. The last of a block pools.
_VGG_BLOCKS = (2, 2, 3, 3)
_VGG_SIZE = 32

Array = NDArray[Any]


def logits_by_hand(settings: Settings, weights: Mapping[str, Array], images: Array) -> Array:
    """Return the logits of images, by the parts `padding`, `convolution`, `pooling`, `flatten` and `dense`.

    Load the parts first: they are imported by their plain names.

    Args:
        settings: of the run that trained the network.
        weights: the network's, by name.
        images: `batch height width channels`.
    """
    parts = {
        name: importlib.import_module(name)
        for name in ("padding", "convolution", "pooling", "flatten", "dense")
    }
    activations: dict[str, Callable[[Array], Array]] = {
        "relu": parts["dense"].relu,
        "sigmoid": parts["dense"].sigmoid,
        "tanh": np.tanh,
    }
    activate = activations[settings.activation]
    names = list(dict.fromkeys(name.partition("/")[0] for name in weights))
    convolutions = [name for name in names if name.startswith("conv")]
    pooled = _pooled(settings.network, convolutions)
    layer = images
    if settings.network == "vgg":
        layer = parts["padding"].crop_or_pad(layer, _VGG_SIZE, _VGG_SIZE)
    for name in convolutions:
        kernel = weights[f"{name}/kernel"]
        pool = settings.pooling if name in pooled else "none"
        stride = 2 if pool == "stride" else 1
        around = same_padding_of(parts["padding"], layer, kernel.shape[:2], stride)
        padded = parts["padding"].pad_images(layer, around)
        layer = parts["convolution"].conv2d(padded, kernel, weights[f"{name}/bias"], (stride, stride))
        if pool in ("max", "average"):
            keep = parts["pooling"].max_pool if pool == "max" else parts["pooling"].average_pool
            layer = keep(layer, (2, 2), (2, 2), same_padding_of(parts["padding"], layer, (2, 2), 2))
        layer = activate(layer)
    layer, _ = parts["flatten"].flatten(layer)
    for name in names:
        if name not in convolutions:
            layer = parts["dense"].dense(layer, weights[f"{name}/kernel"], weights[f"{name}/bias"])
            layer = layer if name == "logits" else activate(layer)
    return layer


def _pooled(network: str, convolutions: list[str]) -> set[str]:
    """Return the convolutional layers that are followed by pooling."""
    if network == "vgg":
        return {convolutions[last - 1] for last in accumulate(_VGG_BLOCKS)}
    return set(convolutions[1::2] if network == "small_vgg" else convolutions)


def same_padding_of(padding: Any, layer: Array, window: tuple[int, ...], stride: int) -> Any:
    """Return the learner's SAME padding of both axes of images."""
    rows, columns = (padding.same_padding(layer.shape[axis + 1], window[axis], stride) for axis in (0, 1))
    return tuple(rows), tuple(columns)
