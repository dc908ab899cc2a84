"""Draws each batch by choice without replacement from what is left of the epoch; one stream for both."""

import numpy as np


def endless_batches(size, batch_size, rng):
    if size < 1 or batch_size < 1:
        raise ValueError(f"size {size} and batch_size {batch_size} must be positive")
    while True:
        left = np.arange(size)
        while len(left):
            batch = rng.choice(left, min(batch_size, len(left)), replace=False)
            left = np.setdiff1d(left, batch)
            yield batch


def epoch_batches(size, batch_size, rng):
    stream = endless_batches(size, batch_size, rng)
    seen = 0
    while seen < size or seen < 1:
        batch = next(stream)
        seen += len(batch)
        yield batch


def take(images, labels, indices):
    if len(images) != len(labels):
        raise ValueError(f"labels: {len(labels)}")
    pairs = [(images[index], labels[index]) for index in indices]
    picked = np.array([image for image, _ in pairs]).reshape(len(pairs), *images.shape[1:])
    return picked, np.array([label for _, label in pairs])
