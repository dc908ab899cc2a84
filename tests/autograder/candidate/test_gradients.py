"""A call may ask for a gradient in place of an answer."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.candidate import Candidate
from autograder.protocol.calls import CallFunction, Reply, pack_request

FUNCTIONS = """
import numpy as np
import tensorflow as tf

def cubes(x, factor=1.0):
    return factor * x**3

def mean(x, weights):
    return tf.reduce_mean(x * weights)

def constant(x):
    return np.ones(3)

def rows(x):
    return tf.gather(x, [1, 1])

def sigmoid(x):
    return tf.where(x >= 0, 1 / (1 + tf.exp(-x)), tf.exp(x) / (1 + tf.exp(x)))
"""
X = np.array([[1.0, 2.0], [-1.0, 0.0]])


@pytest.mark.parametrize(
    ("name", "args", "kwargs", "right"),
    [
        # The numbers of the answer count once, twice, three and four times.
        ("cubes", [X], {"factor": 0.5}, 0.5 * 3 * X**2 * np.array([[1, 2], [3, 4]])),
        ("cubes", [np.array(2.0)], {}, 12),
        ("mean", [X, np.array([4.0, 8.0])], {}, [[1, 2], [1, 2]]),
        ("constant", [X], {}, np.zeros((2, 2))),
        ("rows", [X], {}, [[0, 0], [1 + 3, 2 + 4]]),
        # Infinity by infinity, in the branch that is not chosen.
        ("sigmoid", [np.array([0.0, 1e4], np.float32)], {}, [0.25, np.nan]),
    ],
)
def test_the_gradient_of_the_first_argument(tmp_path, name, args, kwargs, right):
    (tmp_path / "functions.py").write_text(FUNCTIONS)
    candidate = Candidate(tmp_path, ["functions"], {})
    request = CallFunction("functions", name, args, kwargs, "gradient")
    reply = Reply.read(candidate.answer(pack_request(request)))
    assert reply.value.array.dtype == args[0].dtype
    np.testing.assert_allclose(reply.value.array, right)
