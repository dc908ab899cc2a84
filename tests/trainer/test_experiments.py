"""Means, intervals and verdicts of comparisons, beside SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats

from tests.trainer.conftest import KIT
from trainer.experiments import VariantResult, p_value, path_of, valley, verdict
from trainer.parts import load_parts


def variant(name, *accuracies):
    return VariantResult(name, accuracies, (0.0,) * len(accuracies))


def test_interval_is_students():
    one = variant("a", 0.9, 0.92, 0.95, 0.91)
    expected = scipy.stats.t.interval(
        0.95, 3, loc=np.mean(one.accuracies), scale=scipy.stats.sem(one.accuracies)
    )
    assert one.interval == pytest.approx(expected)


def test_a_clear_difference_is_real_and_a_small_one_may_be_chance():
    best, near, far = (
        variant("a", 0.95, 0.96, 0.97),
        variant("b", 0.94, 0.96, 0.97),
        variant("c", 0.5, 0.52, 0.51),
    )
    first, second = verdict([far, near, best])
    assert first.startswith("a is 0.3 points better than b, but that may be chance (p = ")
    assert second.startswith("a is 45.0 points better than c, and the difference is significant (p = ")
    assert second.endswith("3 runs each).")


def test_many_comparisons_count_against_each():
    """With four others, each p-value is four times as large."""
    best, other = variant("best", 0.95, 0.96, 0.97, 0.955), variant("other", 0.935, 0.945, 0.94, 0.95)
    p = p_value(best, other)
    assert 0.0125 < p < 0.05
    assert "is significant" in verdict([best, other])[0]
    rest = [variant(name, 0.1, 0.11, 0.12, 0.13) for name in "xyz"]
    assert "may be chance" in verdict([best, other, *rest])[0]


def test_runs_without_any_spread():
    """A network that is stuck has the same accuracy each time."""
    stuck, other = variant("a", 0.1, 0.1), variant("b", 0.9, 0.9)
    assert p_value(stuck, other) == 0
    assert p_value(stuck, stuck) == 1


def test_paths_of_the_optimizers():
    """In a long valley: gradient descent does not arrive, momentum overshoots, Adam ends close."""
    optimizers = load_parts(KIT / "solutions").training.OPTIMIZERS
    curvatures, begin = np.array([0.02, 1.0]), np.array([-9.0, 2.5])
    ends, overshoot = {}, {}
    for name, optimizer in optimizers.items():
        path = path_of(optimizer, lambda weights: curvatures * weights, begin, 0.3)
        assert path.shape == (121, 2)
        ends[name] = float(valley(*path[-1]))
        overshoot[name] = path[:, 1].min()
    assert ends["sgd"] > 0.1
    assert ends["momentum"] < 0.01
    assert ends["adam"] < 0.01
    assert overshoot["momentum"] < -1 < overshoot["adam"]
