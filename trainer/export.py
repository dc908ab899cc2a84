"""Export a trained network as a SavedModel, which TensorFlow runs without any code of this course."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import tensorflow as tf


class _Exported(tf.Module):  # type: ignore[misc]  # TensorFlow has no types
    """Two functions whose inputs and outputs have names."""

    def __init__(self, network: Any):
        super().__init__()
        self.variables_by_name = list(network.variables.by_name.values())
        self._network = network
        images = tf.TensorSpec((None, *network.image_shape), tf.float32, "images")
        labels = tf.TensorSpec((None,), tf.int64, "labels")
        self.predict = tf.function(self._predict, input_signature=[images])
        self.evaluate = tf.function(self._evaluate, input_signature=[images, labels])

    def _predict(self, images: Any) -> dict[str, Any]:
        logits = self._network.logits(images)
        return {
            "logits": logits,
            "probabilities": tf.nn.softmax(logits),
            "predictions": tf.argmax(logits, axis=1),
        }

    def _evaluate(self, images: Any, labels: Any) -> dict[str, Any]:
        logits = self._network.logits(images)
        cost = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        right = tf.equal(tf.argmax(logits, axis=1), labels)
        return {"cost": tf.reduce_mean(cost), "accuracy": tf.reduce_mean(tf.cast(right, tf.float32))}


def export(network: Any, folder: Path) -> None:
    """Write the network as a SavedModel. The write is atomic.

    To use it, with TensorFlow alone:

        model = tf.saved_model.load(folder)
        model.predict(images)["probabilities"]

    Args:
        network: the parts' `Network`.
        folder: the folder to write; an existing one is replaced.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        module = _Exported(network)
        signatures = {
            "predict": module.predict.get_concrete_function(),
            "evaluate": module.evaluate.get_concrete_function(),
        }
        tf.saved_model.save(module, str(temporary / "new"), signatures=signatures)
        if folder.exists():
            os.replace(folder, temporary / "old")
        os.replace(temporary / "new", folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
