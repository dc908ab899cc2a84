"""The pictures of a training run, one file each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from trainer import pictures
from trainer.runs import Evaluation, Run

# Histograms need many values, but not those of all test images.
_EXAMPLES_IN_HISTOGRAMS = 256


def write_album(session: Run, evaluation: Evaluation, folder: Path) -> list[Path]:
    """Write every picture of a trained network and return their paths.

    Args:
        session: the network and its data.
        evaluation: its predictions for the test examples.
        folder: created if it does not exist.
    """
    paths = []
    for name, figure in _figures(session, evaluation):
        paths.append(folder / f"{name}.png")
        pictures.save(figure, paths[-1])
    return paths


def write_histograms(session: Run, path: Path) -> None:
    """Write the histograms of the current outputs of each layer."""
    pictures.save(_histograms(session), path)


def _histograms(session: Run) -> Any:
    assert session.data is not None
    some = session.data.test.first(_EXAMPLES_IN_HISTOGRAMS)
    outputs = session.outputs(some.images)
    logits = outputs.pop("logits")
    return pictures.histograms(outputs, logits, session.parts.classification.softmax(logits))


def _figures(session: Run, evaluation: Evaluation) -> Iterator[tuple[str, Any]]:
    assert session.data is not None
    data, test, predicted = session.data, session.data.test, evaluation.predicted
    yield "digits", pictures.nine_digits(test.images, test.labels, predicted, data.class_names)
    yield "errors", pictures.nine_errors(test.images, test.labels, predicted, data.class_names)
    yield "confusion", pictures.confusion(evaluation.confusion(len(data.class_names)), data.class_names)
    history = session.history
    if history.losses:
        iterations, accuracies = zip(*history.validations, strict=True) if history.validations else ((), ())
        best = iterations[int(np.argmax(accuracies))] if iterations else None
        yield (
            "curves",
            pictures.curves(
                np.arange(1, len(history.losses) + 1), history.losses, iterations, accuracies, best
            ),
        )
    outputs = session.outputs(test.images[:1])
    for layer, weights in session.filters().items():
        yield f"filters-{layer}", pictures.filters(weights, layer)
        yield f"outputs-{layer}", pictures.layer_outputs(outputs[layer][0], layer)
    yield "histograms", _histograms(session)
