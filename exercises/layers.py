"""Layers: an operation and the variables it learns, and a chain of them that makes a network.

From here on it is TensorFlow, and your own functions are the parts: `padding` says where the zeros go,
`initializers` draws the first weights, `dense` and `flatten` do what they say, `classification` ends it.

Two things are new. The first is *where the weights are*. A network is computed anew for every batch, its
variables are made once. So a layer asks a store of variables for them by name: the first time they are made,
every other time they are the same ones:

    variables = Variables(seed=0)
    layer, kernel = conv_layer(variables, "conv1", images, kernel_size=5, filters=16, pool_size=2)

The second is *how layers are put together*. Written as functions, each layer hands the next one its outputs,
and everything is said again for each layer. A *fluent* chain says only what is new: each method returns
another chain, one layer longer, with the same variables and the same default arguments:

    logits = chain(images, variables).conv2d(5, 16, pool_size=2).conv2d(5, 36, pool_size=2).flatten() ...

Layers compute in the dtype of what they are given. The variables stay float32 and are cast: with bfloat16
images a network computes in bfloat16 and still learns in float32.

Picture: docs/pictures/layers.svg
Sources: https://www.tensorflow.org/api_docs/python/tf/nn/conv2d,
https://www.tensorflow.org/guide/intro_to_modules, https://github.com/google/prettytensor for the fluent style
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import tensorflow as tf
from classification import cross_entropy, softmax
from dense import dense, relu, sigmoid
from flatten import flatten
from initializers import (
    DEVIATION_OF_TRUNCATED_NORMAL,
    glorot_normal,
    glorot_uniform,
    he_normal,
    truncated_normal,
)
from jaxtyping import Float, Int
from padding import same_padding

Tensor = Any

# Given: the activation functions that a layer may apply to its outputs.
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": relu,
    "sigmoid": sigmoid,
    "tanh": tf.math.tanh,
    "none": lambda layer: layer,
}


def truncated_normal_of(deviation: float) -> Callable[..., np.ndarray]:
    """Given: return a truncated normal initializer; its weights deviate by `deviation` after the tails are cut."""
    stddev = deviation / DEVIATION_OF_TRUNCATED_NORMAL
    return lambda shape, rng: truncated_normal(shape, rng, stddev=stddev)


# Given: how the first weights may be drawn. "truncated_normal" is what the 5x5 CNN begins with; "large" and "small"
# are truncated normals too, far from what a deep network needs.
INITIALIZERS: dict[str, Callable[..., np.ndarray]] = {
    "truncated_normal": lambda shape, rng: truncated_normal(shape, rng, stddev=0.05),
    "large": truncated_normal_of(1.0),
    "small": truncated_normal_of(0.01),
    "glorot_uniform": glorot_uniform,
    "glorot_normal": glorot_normal,
    "he_normal": he_normal,
}


def chosen(options: dict[str, Any], argument: str, name: str) -> Any:
    """Given: return the option of that name; ValueError names the argument, the name and the options."""
    if name not in options:
        raise ValueError(f"{argument} must be one of {', '.join(options)}, not {name!r}")
    return options[name]


class Variables:
    """The variables of a network, by name.

    Attributes:
        by_name: each `tf.Variable`, in the order in which they were made.
        rng: the only source of chance. Two stores with one seed, asked for the same variables in the same
            order, hold the same values.
    """

    def __init__(self, seed: int = 0):
        self.by_name: dict[str, tf.Variable] = {}
        self.rng = np.random.default_rng(seed)

    def get(self, name: str, shape: tuple[int, ...], initializer: Callable[..., np.ndarray]) -> tf.Variable:
        """Return the variable of that name: the one there is, or a new one.

        A new one is a `tf.Variable` of dtype float32 that begins with `initializer(shape, self.rng)`. Where
        there is one already nothing is drawn, so that the next new variable does not depend on how often the
        network has been computed.

        Args:
            name: for example `conv1/kernel`.
            shape: of the variable.
            initializer: takes a shape and a `numpy.random.Generator`, returns an array of that shape.

        Raises:
            ValueError: where there is a variable of that name with another shape; the message holds the name
                and both shapes.

        >>> variables = Variables(seed=0)
        >>> first = variables.get("weights", (2, 3), glorot_uniform)
        >>> variables.get("weights", (2, 3), glorot_uniform) is first
        True
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def constant(self, name: str, shape: tuple[int, ...], value: float) -> tf.Variable:
        """Given: return the variable of that name, which begins with `value` everywhere, as a bias does."""
        return self.get(name, shape, lambda shape, rng: np.full(shape, value, np.float32))

    def arrays(self) -> dict[str, np.ndarray]:
        """Given: return the values of all variables, by name: what a checkpoint holds."""
        return {name: variable.numpy() for name, variable in self.by_name.items()}

    def assign(self, arrays: dict[str, np.ndarray]) -> None:
        """Given: set the variables to the values in `arrays`, which has an array for each name."""
        for name, variable in self.by_name.items():
            variable.assign(arrays[name])


def convolve(
    images: Float[Tensor, "batch height width in_channels"],
    kernel: Float[Tensor, "kernel_height kernel_width in_channels filters"],
    strides: int,
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> Float[Tensor, "batch out_height out_width filters"]:
    """Given: surround the images with zeros, and convolve.

    Args:
        images: in any floating dtype.
        kernel: cast to the dtype of the images.
        strides: of height and width.
        rows: how many rows of zeros come before and after the image.
        columns: how many columns of zeros come before and after it.
    """
    kernel_height, kernel_width = kernel.shape[:2]
    # Zeros that TensorFlow would put there by itself need no copy of the images.
    its_own = ((kernel_height - 1) // 2, kernel_height // 2), ((kernel_width - 1) // 2, kernel_width // 2)
    same = strides == 1 and (rows, columns) == its_own
    if not same and (any(rows) or any(columns)):
        images = tf.pad(images, [(0, 0), rows, columns, (0, 0)])
    return tf.nn.conv2d(images, tf.cast(kernel, images.dtype), strides, "SAME" if same else "VALID")


def pool_layer(layer: Tensor, pool_size: int, strides: int, pooling: str) -> Tensor:
    """Given: pool with the largest ("max") or the mean ("average") of each window, with SAME padding."""
    functions = {"max": tf.nn.max_pool2d, "average": tf.nn.avg_pool2d}
    return chosen(functions, "pooling", pooling)(layer, pool_size, strides, "SAME")


def conv_layer(
    variables: Variables,
    name: str,
    images: Float[Tensor, "batch height width in_channels"],
    kernel_size: int,
    filters: int,
    strides: int = 1,
    padding: str = "SAME",
    pool_size: int = 1,
    pooling: str = "max",
    activation: str = "relu",
    initializer: str = "truncated_normal",
    initial_bias: float = 0.05,
) -> tuple[Float[Tensor, "batch out_height out_width filters"], tf.Variable]:
    """Return the outputs of a convolutional layer, its *feature maps*, and its kernel.

        outputs = activation(pool(convolve(images, kernel) + bias))

    Pooling comes before the activation. For ReLU and the maximum that makes no difference to the result (both
    keep the order of numbers), and with windows of 2 by 2 it saves three in four of the ReLUs.

    Args:
        variables: where the layer's variables are: `<name>/kernel`, of shape (kernel_size, kernel_size,
            in_channels, filters), drawn by `INITIALIZERS[initializer]`, and then `<name>/bias`, a number for
            each filter, `initial_bias` at first.
        name: of the layer.
        images: a batch; its height, width and channels are known, its size need not be.
        kernel_size: height and width of the kernel.
        filters: how many there are, so how many channels the outputs have.
        strides: how many pixels the filters move at a time.
        padding: "SAME", where your `same_padding` says how many zeros come before and after rows and columns,
            or "VALID", where there are none. `convolve` is given for the rest.
        pool_size: the window and the strides of the pooling, which `pool_layer` does; 1 is none.
        pooling: "max", "average", or "stride": no pooling, instead the filters move `pool_size` times as far.
        activation: a name in `ACTIVATIONS`.
        initializer: a name in `INITIALIZERS`.
        initial_bias: what the bias begins with.

    Returns:
        `(outputs, kernel)`: the outputs in the dtype of the images, and the `tf.Variable` `<name>/kernel`.

    Raises:
        ValueError: for a padding, pooling, activation or initializer that there is not; the message names the
            argument and its value.

    >>> images = tf.zeros((1, 28, 28, 1))
    >>> layer, kernel = conv_layer(Variables(seed=0), "conv1", images, kernel_size=5, filters=16, pool_size=2)
    >>> tuple(layer.shape), tuple(kernel.shape)
    ((1, 14, 14, 16), (5, 5, 1, 16))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def fully_connected_layer(
    variables: Variables,
    name: str,
    inputs: Float[Tensor, "batch inputs"],
    units: int,
    activation: str = "relu",
    initializer: str = "truncated_normal",
    initial_bias: float = 0.05,
) -> tuple[Float[Tensor, "batch units"], tf.Variable]:
    """Return the outputs of a fully connected layer, and its kernel.

        outputs = activation(dense(inputs, kernel, bias))

    Args:
        variables: where the layer's variables are: `<name>/kernel`, of shape (inputs, units), drawn by
            `INITIALIZERS[initializer]`, and then `<name>/bias`, of shape (units,), `initial_bias` at first.
        name: of the layer.
        inputs: a row for each example. The variables are cast to its dtype (`tf.cast`).
        units: how many outputs.
        activation: a name in `ACTIVATIONS`; "none" for the last layer of a network.
        initializer: a name in `INITIALIZERS`.
        initial_bias: what the bias begins with.

    Returns:
        `(outputs, kernel)`: the outputs in the dtype of the inputs, and the `tf.Variable`.

    Raises:
        ValueError: for an activation or initializer that there is not; the message names the argument and its
            value.

    >>> layer, kernel = fully_connected_layer(Variables(seed=0), "hidden", tf.ones((2, 3)), units=4)
    >>> tuple(layer.shape), tuple(kernel.shape)
    ((2, 4), (3, 4))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def dropped(layer: Tensor, rate: float, seed: Tensor | None) -> Tensor:
    """Given: *dropout*: return the layer with a share of its numbers set to 0, the others made larger to make up.

    Args:
        layer: any tensor.
        rate: the share, 0 to below 1.
        seed: two whole numbers: the same ones drop the same numbers. None, outside of training, drops none.
    """
    if seed is None or rate == 0:
        return layer
    return tf.nn.experimental.stateless_dropout(layer, rate, seed)


@dataclass(frozen=True)
class Chain:
    """A network so far: the outputs of its last layer, and what the next layer needs.

    A chain is never changed: each method returns a new one.

    Attributes:
        layer: what the last layer put out, a tensor.
        variables: the store in which all layers keep their variables.
        defaults: the default arguments of the layers to come, by name (see `with_defaults`).
        outputs: what each layer computed before its activation, by the layer's name, in order.
        features: how many numbers each row has after `flatten`, 0 before it.
        dropout_seed: two whole numbers while the network is trained, None otherwise: then nothing is dropped.
    """

    layer: Tensor
    variables: Variables
    defaults: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Tensor] = field(default_factory=dict)
    features: int = 0
    dropout_seed: Tensor | None = None

    def with_defaults(self, **arguments: Any) -> Chain:
        """Return the chain with other default arguments for the layers to come.

        A layer takes an argument from its own call, else from here, else from the default of `conv_layer` or
        `fully_connected_layer`. What was set before stays, unless it is set again. The chain that this is
        called on keeps its own defaults.

        Args:
            arguments: `activation`, `initializer`, `initial_bias`, `pooling`, `dropout`; and
                `last_initializer`, the initializer of fully connected layers without an activation.

        Raises:
            ValueError: for an argument of another name; the message names it.

        >>> defaults = chain(tf.zeros((1, 2))).with_defaults(activation="sigmoid", dropout=0.5).defaults
        >>> sorted(defaults.items())
        [('activation', 'sigmoid'), ('dropout', 0.5)]
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def with_dropout_seed(self, seed: Tensor | None) -> Chain:
        """Given: return the chain with another `dropout_seed`."""
        return replace(self, dropout_seed=seed)

    def arguments_of(self, layer: Callable[..., Any], given: dict[str, Any]) -> dict[str, Any]:
        """Given: return the arguments of a layer: those of the call, else the defaults of this chain that it takes.

        Args:
            layer: `conv_layer` or `fully_connected_layer`.
            given: the arguments of the call.
        """
        taken = inspect.signature(layer).parameters
        return {name: value for name, value in self.defaults.items() if name in taken} | given

    def new_name(self, kind: str, name: str | None) -> str:
        """Given: return the name of a new layer: `name`, or `conv1`, `conv2` ... for the kind "conv".

        Raises:
            ValueError: where the chain has a layer of that name; the message names it.
        """
        name = name or f"{kind}{1 + sum(other.startswith(kind) for other in self.outputs)}"
        if name in self.outputs:
            raise ValueError(f"name {name!r} is of another layer of this chain")
        return name

    def with_activation(self, name: str, layer: Tensor, activation: str) -> Chain:
        """Given: return the chain with one layer more; `layer` is what it computed before its activation."""
        activate = chosen(ACTIVATIONS, "activation", activation)
        return replace(self, layer=activate(layer), outputs={**self.outputs, name: layer})

    def conv2d(self, kernel_size: int, filters: int, name: str | None = None, **arguments: Any) -> Chain:
        """Return the chain with a convolutional layer more, as `conv_layer` makes it.

        Call `conv_layer` with the activation "none", and let `self.with_activation` put the activation on: so the chain
        keeps what the layer computed before it.

        Args:
            kernel_size: height and width of the filters.
            filters: how many there are, so how many channels the outputs have.
            name: of the layer; None numbers it: `self.new_name("conv", name)`.
            arguments: other arguments of `conv_layer`. What is not among them, the defaults of this chain say:
                `self.arguments_of(conv_layer, arguments)` puts both together.

        >>> images = tf.zeros((1, 28, 28, 1))
        >>> longer = chain(images).conv2d(5, 16, pool_size=2).conv2d(3, 8, name="second")
        >>> tuple(longer.layer.shape), list(longer.outputs)
        ((1, 14, 14, 8), ['conv1', 'second'])
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def max_pool(self, pool_size: int = 2, strides: int = 2) -> Chain:
        """Return the chain with a max-pooling layer more, which has no variables and no name.

        >>> tuple(chain(tf.zeros((1, 28, 28, 1))).max_pool(2, 2).layer.shape)
        (1, 14, 14, 1)
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def pad_to(self, height: int, width: int) -> Chain:
        """Given: return the chain with images of that size, zeros around them, the odd one after.

        Raises:
            ValueError: where the images are larger; the message names `height` or `width` and its value.
        """
        margins = []
        for name, size, now in zip(("height", "width"), (height, width), self.layer.shape[1:3], strict=True):
            if size < now:
                raise ValueError(f"{name} must be at least that of the images, {now}, not {size}")
            margins.append(((size - now) // 2, size - now - (size - now) // 2))
        return replace(self, layer=tf.pad(self.layer, [(0, 0), *margins, (0, 0)]))

    def flatten(self) -> Chain:
        """Return the chain with its images flattened by your `flatten`, and their number of `features`.

        >>> flat = chain(tf.zeros((1, 7, 7, 36))).flatten()
        >>> tuple(flat.layer.shape), flat.features
        ((1, 1764), 1764)
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def fully_connected(self, units: int, name: str | None = None, **arguments: Any) -> Chain:
        """Return the chain with a fully connected layer more, as `fully_connected_layer` makes it.

        As in `conv2d`, the activation is put on by `self.with_activation`.

        Args:
            units: how many outputs.
            name: of the layer; None numbers it: `self.new_name("dense", name)`.
            arguments: other arguments of `fully_connected_layer`. What is not among them, the defaults of this
                chain say. If the layer's activation is "none", the call names no `initializer`, and there is a default
                `last_initializer`, that one is used.

        >>> longer = chain(tf.zeros((1, 3))).fully_connected(4).fully_connected(2, name="logits")
        >>> tuple(longer.layer.shape), list(longer.outputs)
        ((1, 2), ['dense1', 'logits'])
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def dropout(self) -> Chain:
        """Given: return the chain with a share of its numbers dropped: the default argument `dropout`."""
        rate = self.defaults.get("dropout", 0.0)
        return replace(self, layer=dropped(self.layer, rate, self.dropout_seed))

    def softmax_classifier(
        self, classes: int, labels: Int[Tensor, " batch"], name: str = "logits"
    ) -> tuple[Float[Tensor, "batch classes"], Float[Tensor, ""]]:
        """Return what a classifier at the end of the chain predicts, and its loss.

        Logits come from one more fully connected layer, without an activation. Your `softmax` makes the
        predictions of them, your `cross_entropy` the loss; both work on tensors.

        Args:
            classes: how many.
            labels: the right class of each example.
            name: of the layer of logits.

        Returns:
            `(predictions, loss)`: probabilities, and the mean over the batch.

        >>> logits = chain(tf.zeros((2, 3))).with_defaults(initial_bias=0.0)
        >>> predictions, loss = logits.softmax_classifier(4, tf.constant([1, 3]))
        >>> tuple(predictions.shape), round(float(loss), 4)  # all alike, so that the loss is log(4)
        ((2, 4), 1.3863)
        """
        # YOUR CODE HERE
        raise NotImplementedError()

    def kernel(self, name: str) -> tf.Variable:
        """Return the kernel of the layer of that name.

        Raises:
            KeyError: where the chain has no such layer; the message names it.

        >>> longer = chain(tf.zeros((1, 8, 8, 1))).conv2d(5, 16).flatten().fully_connected(3)
        >>> tuple(longer.kernel("conv1").shape), tuple(longer.kernel("dense1").shape)
        ((5, 5, 1, 16), (1024, 3))
        """
        # YOUR CODE HERE
        raise NotImplementedError()


# Given: what `Chain.with_defaults` takes.
DEFAULT_ARGUMENTS = (
    "activation",
    "initializer",
    "last_initializer",
    "initial_bias",
    "pooling",
    "dropout",
)


def chain(images: Tensor, variables: Variables | None = None) -> Chain:
    """Given: return the chain that begins with the images; without a store of variables, with a new one."""
    return Chain(tf.convert_to_tensor(images), Variables() if variables is None else variables)
