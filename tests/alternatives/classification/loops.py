"""Loops in plain Python for everything that is no tensor; lists for answers."""

import math

import numpy as np

_softmax, _cross_entropy = softmax, cross_entropy


def one_hot(labels, classes):
    for label in labels:
        if not 0 <= label < classes:
            raise ValueError(f"labels: {label}")
    rows = np.zeros((len(labels), classes), bool)
    rows[np.arange(len(labels)), labels] = True
    return rows


def softmax(logits):
    if not isinstance(logits, np.ndarray):
        return _softmax(logits)
    rows = []
    for row in logits.tolist():
        exponentials = [math.exp(logit - max(row)) for logit in row]
        rows.append([value / math.fsum(exponentials) for value in exponentials])
    return rows


def cross_entropy(logits, labels):
    if not isinstance(logits, np.ndarray):
        return _cross_entropy(logits, labels)
    if len(labels) != len(logits):
        raise ValueError(f"{len(labels)} labels for {len(logits)} rows")
    loss = 0.0
    for row, label in zip(logits.tolist(), labels):
        if label < 0 or label >= len(row):
            raise ValueError(f"{label} in labels")
        rest = math.fsum(math.exp(logit - max(row)) for logit in row) - 1
        loss += max(row) - row[label] + math.log1p(rest)
    return loss / len(labels)


def predicted_class(scores):
    return [row.index(max(row)) for row in scores.tolist()]


def accuracy(predicted, labels):
    if len(predicted) != len(labels):
        raise ValueError(f"labels has {len(labels)}")
    right = sum(1 for one, other in zip(predicted, labels) if one == other)
    return [right / len(predicted), right]


def confusion_matrix(labels, predicted, classes):
    if len(labels) != len(predicted):
        raise ValueError(f"{len(predicted)} predicted, but {len(labels)} labels")
    matrix = [[0] * classes for _ in range(classes)]
    for label, other in zip(labels, predicted):
        if not 0 <= label < classes:
            raise ValueError(f"labels has {label}")
        matrix[label][other] += 1
    return matrix
