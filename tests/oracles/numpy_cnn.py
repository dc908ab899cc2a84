"""The network of `numpy_cnn` in float64: patches by index, gradients by convolving back, Adam by its formula."""

from __future__ import annotations

import numpy as np

Weights = dict[str, np.ndarray]


def blocks(weights: Weights) -> list[str]:
    """Return the names of the blocks: `conv1`, `conv2` ..."""
    return [f"conv{number}" for number in range(1, len(weights) // 2 - 1)]


def seen(images: np.ndarray, kernel: np.ndarray, top: int, left: int) -> np.ndarray:
    """Return what a kernel sees, `batch height width y x channels`, of images with zeros around them.

    Of the zeros that keep the size, `top` are above the image and `left` to the left of it.
    """
    (height, width), (rows, columns) = images.shape[1:3], kernel.shape[:2]
    padded = np.zeros((len(images), height + rows - 1, width + columns - 1, images.shape[3]))
    padded[:, top : top + height, left : left + width] = images
    down = np.arange(height)[:, None] + np.arange(rows)
    right = np.arange(width)[:, None] + np.arange(columns)
    return padded[:, down[:, None, :, None], right[:, None, :]]


def windows(images: np.ndarray) -> np.ndarray:
    """Return the four pixels of each window of 2 by 2, `batch half_height half_width channels 4`."""
    n, height, width, channels = images.shape
    split = images.reshape(n, height // 2, 2, width // 2, 2, channels)
    return split.transpose(0, 1, 3, 5, 2, 4).reshape(n, height // 2, width // 2, channels, 4)


def unwindowed(pixels: np.ndarray) -> np.ndarray:
    """Return the images whose windows these are."""
    n, height, width, channels, _ = pixels.shape
    split = pixels.reshape(n, height, width, channels, 2, 2).transpose(0, 1, 4, 2, 5, 3)
    return split.reshape(n, 2 * height, 2 * width, channels)


def convolved(images: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return the convolution of stride 1 with SAME padding: the odd zero is after the image."""
    patches = seen(images, kernel, *((size - 1) // 2 for size in kernel.shape[:2]))
    return np.einsum("nhwyxc,yxcf->nhwf", patches, kernel) + bias


def block(images: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return convolution, the largest of each window, nothing below 0."""
    return windows(convolved(images, kernel, bias)).max(axis=-1).clip(0)


def block_gradients(
    images: np.ndarray, kernel: np.ndarray, bias: np.ndarray, gradient: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to images, kernel and bias.

    That of the images is again a convolution: by the kernel turned around, the odd zero before the image.
    """
    pixels = windows(convolved(images, kernel, bias))
    passed = np.where(pixels.max(axis=-1) > 0, gradient, 0)
    back = unwindowed(np.eye(4)[pixels.argmax(axis=-1)] * passed[..., None])
    turned = kernel[::-1, ::-1].swapaxes(2, 3)
    of_images = np.einsum(
        "nhwyxf,yxfc->nhwc", seen(back, turned, *(size // 2 for size in kernel.shape[:2])), turned
    )
    patches = seen(images, kernel, *((size - 1) // 2 for size in kernel.shape[:2]))
    return of_images, np.einsum("nhwyxc,nhwf->yxcf", patches, back), back.sum(axis=(0, 1, 2))


def layers(weights: Weights, images: np.ndarray) -> list[np.ndarray]:
    """Return the images, the output of each block, what ReLU makes of the dense layer, and the logits."""
    found = [np.asarray(images, np.float64)]
    for name in blocks(weights):
        found.append(block(found[-1], weights[f"{name}/kernel"], weights[f"{name}/bias"]))
    flat = found[-1].reshape(len(images), -1)
    found.append((flat @ weights["dense/kernel"] + weights["dense/bias"]).clip(0))
    return [*found, found[-1] @ weights["logits/kernel"] + weights["logits/bias"]]


def logits(weights: Weights, images: np.ndarray) -> np.ndarray:
    """Return the logits of images."""
    return layers(weights, images)[-1]


def gradients(weights: Weights, images: np.ndarray, gradient: np.ndarray) -> Weights:
    """Return the gradient of each of the weights, from that of the logits."""
    *inputs, last, active, _ = layers(weights, images)
    found = {"logits/kernel": active.T @ gradient, "logits/bias": gradient.sum(axis=0)}
    gradient = gradient @ weights["logits/kernel"].T * (active > 0)
    found |= {
        "dense/kernel": last.reshape(len(last), -1).T @ gradient,
        "dense/bias": gradient.sum(axis=0),
    }
    gradient = (gradient @ weights["dense/kernel"].T).reshape(last.shape)
    for name, layer in reversed(list(zip(blocks(weights), inputs, strict=True))):
        gradient, found[f"{name}/kernel"], found[f"{name}/bias"] = block_gradients(
            layer, weights[f"{name}/kernel"], weights[f"{name}/bias"], gradient
        )
    return found


def loss_and_gradients(weights: Weights, images: np.ndarray, labels: np.ndarray) -> tuple[float, Weights]:
    """Return the mean cross-entropy of a batch and its gradients."""
    scores = logits(weights, images)
    scores = scores - scores.max(axis=1, keepdims=True)
    logarithms = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    right = np.arange(scores.shape[1]) == labels[:, None]
    return -logarithms[right].mean(), gradients(weights, images, (np.exp(logarithms) - right) / len(labels))


def descent(
    weights: Weights, batches: list[tuple[np.ndarray, np.ndarray]], rate: float
) -> tuple[list[float], list[Weights]]:
    """Return the losses of steps of Adam, and the weights after each."""
    first = {name: np.zeros(array.shape) for name, array in weights.items()}
    second = dict(first)
    losses, path = [], []
    for step, (images, labels) in enumerate(batches, 1):
        loss, found = loss_and_gradients(weights, images, labels)
        first = {name: 0.9 * first[name] + 0.1 * found[name] for name in weights}
        second = {name: 0.999 * second[name] + 0.001 * found[name] ** 2 for name in weights}
        far = rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        weights = {
            name: weights[name] - far * first[name] / (np.sqrt(second[name]) + 1e-7) for name in weights
        }
        losses.append(float(loss))
        path.append(weights)
    return losses, path


def accuracy(weights: Weights, images: np.ndarray, labels: np.ndarray) -> float:
    """Return the fraction of images whose largest logit is that of their label."""
    return float((logits(weights, images).argmax(axis=1) == labels).mean())
