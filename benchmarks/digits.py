"""How well and how fast the network in NumPy learns scikit-learn's digits, 8 by 8 pixels, on one core.

python benchmarks/digits.py [SEED ...]: with each seed (0 to 9 if none is named) 1,000 iterations, best weights
restored. Prints the accuracy on 297 test images and the time; fails if a seed has less than 97 % or takes more
than 60 s.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

# Before NumPy is imported.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402
from sklearn.datasets import load_digits  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
LEARNING_RATE = 3e-3
LEAST_ACCURACY = 0.97
MOST_SECONDS = 60.0
# Of 1,797 images, shuffled; the others are for the test.
_TRAIN, _VALIDATION = 1200, 300


def main() -> int:
    """Train with each seed and print a row for each."""
    sys.path.insert(0, str(ROOT / "solutions"))
    import numpy_cnn

    bunch = load_digits()
    images = (bunch.images / 16).astype(np.float32)[..., None]
    order = np.random.default_rng(0).permutation(len(images))
    train, validation, test = np.split(order, [_TRAIN, _TRAIN + _VALIDATION])
    seeds = [int(word) for word in sys.argv[1:]] or list(range(10))
    worst, slowest = 1.0, 0.0
    for seed in seeds:
        training = numpy_cnn.Training(numpy_cnn.initial_weights((8, 8, 1), seed=seed), LEARNING_RATE)
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as directory:
            numpy_cnn.fit(
                training,
                *(images[train], bunch.target[train], images[validation], bunch.target[validation]),
                directory,
                seed=seed,
            )
        seconds = time.monotonic() - begun
        share, right = training.accuracy(images[test], bunch.target[test])
        print(f"seed {seed}: {share:.1%} ({right} of {len(test)}), {seconds:.1f} s", flush=True)
        worst, slowest = min(worst, share), max(slowest, seconds)
    print(f"worst {worst:.1%}, slowest {slowest:.1f} s")
    return 0 if worst >= LEAST_ACCURACY and slowest <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
