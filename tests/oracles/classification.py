"""Probabilities and losses from the differences of logits, counts one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np


def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    """Compare each label with each class."""
    return (labels[:, None] == np.arange(classes)).astype(float)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return 1 / (sum over j of exp(logit[j] - logit[i])); where that is infinite, the probability is 0."""
    logits = logits.astype(float)
    with np.errstate(over="ignore"):
        return 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=-1)


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Add the exponentials up as logarithms, relative to the right logit."""
    losses = [
        np.logaddexp.reduce(row - row[label]) for row, label in zip(logits.astype(float), labels, strict=True)
    ]
    return float(np.mean(losses))


def predicted_class(scores: np.ndarray) -> np.ndarray:
    """Look each row's largest score up: `index` finds the first."""
    return np.array([row.index(max(row)) for row in scores.tolist()])


def accuracy(predicted: np.ndarray, labels: np.ndarray) -> tuple[float, int]:
    """Count pair by pair."""
    right = sum(one == other for one, other in zip(predicted.tolist(), labels.tolist(), strict=True))
    return right / len(labels), right


def confusion_matrix(labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Count how often each pair occurs."""
    counts = Counter(zip(labels.tolist(), predicted.tolist(), strict=True))
    return np.array([[counts[true, guess] for guess in range(classes)] for true in range(classes)])
