"""The public suite of `early_stopping`: short histories, each to be followed with a finger."""

import math

from autograder import bad_input, points, same


@points(2)
def test_the_first_measurement_is_the_best_so_far(early_stopping):
    """The first accuracy is an improvement, however small: there is nothing to be better than."""
    stopper = early_stopping.EarlyStopping(patience=200)
    assert stopper.update(100, 0.1) == same((True, False))
    assert stopper.best_accuracy == same(0.1)
    assert stopper.best_iteration == same(100)


def test_better_is_an_improvement(early_stopping):
    """0.6 after 0.5 improves, 0.55 after that does not: the best so far counts, not the last."""
    stopper = early_stopping.EarlyStopping(patience=1000)
    stopper.update(100, 0.5)
    assert stopper.update(200, 0.6) == same((True, False))
    assert stopper.update(300, 0.55) == same((False, False))
    assert stopper.best_accuracy == same(0.6)


def test_equal_is_no_improvement(early_stopping):
    """0.5 after 0.5 is no improvement."""
    stopper = early_stopping.EarlyStopping(patience=1000)
    stopper.update(100, 0.5)
    assert stopper.update(200, 0.5) == same((False, False))
    assert stopper.best_iteration == same(100)


@points(2)
def test_patience_counts_iterations(early_stopping):
    """Best at 100, patience 200: at 300 just 200 iterations have passed, at 301 they are more than 200."""
    stopper = early_stopping.EarlyStopping(patience=200)
    stopper.update(100, 0.5)
    assert stopper.update(300, 0.4) == same((False, False))
    assert stopper.update(301, 0.4) == same((False, True))


def test_no_patience_at_all(early_stopping):
    """Patience 0 stops at the first measurement that is no improvement."""
    stopper = early_stopping.EarlyStopping(patience=0)
    assert stopper.update(100, 0.5) == same((True, False))
    assert stopper.update(101, 0.5) == same((False, True))


def test_an_improvement_starts_the_wait_again(early_stopping):
    """Best at 100, then better at 250: with patience 200 the wait ends after 450, not after 300."""
    stopper = early_stopping.EarlyStopping(patience=200)
    stopper.update(100, 0.5)
    stopper.update(250, 0.6)
    assert stopper.update(450, 0.1) == same((False, False))
    assert stopper.update(451, 0.1) == same((False, True))


def test_not_a_number_never_improves(early_stopping):
    """NaN is no accuracy: not an improvement, and no later accuracy is compared with it."""
    stopper = early_stopping.EarlyStopping(patience=1000)
    assert stopper.update(100, math.nan) == same((False, False))
    assert stopper.update(200, 0.2) == same((True, False))
    assert stopper.update(300, math.nan) == same((False, False))
    assert stopper.best_accuracy == same(0.2)


def test_without_any_improvement_the_wait_begins_at_zero(early_stopping):
    """Only NaN, patience 100: 100 - 0 is not more than 100, 101 - 0 is."""
    stopper = early_stopping.EarlyStopping(patience=100)
    assert stopper.best_accuracy == same(None)
    assert stopper.update(100, math.nan) == same((False, False))
    assert stopper.update(101, math.nan) == same((False, True))


def test_an_improvement_never_stops(early_stopping):
    """Best at 100, patience 10; better at 500: 400 iterations have passed, and still training goes on."""
    stopper = early_stopping.EarlyStopping(patience=10)
    stopper.update(100, 0.5)
    assert stopper.update(500, 0.6) == same((True, False))


def test_zero_is_an_accuracy(early_stopping):
    """0.0 improves on nothing, a second 0.0 does not improve on 0.0."""
    stopper = early_stopping.EarlyStopping(patience=10)
    assert stopper.update(1, 0.0) == same((True, False))
    assert stopper.update(2, 0.0) == same((False, False))


def test_any_gain_is_an_improvement(early_stopping):
    """4,944 of 5,000 images after 4,943: 0.9888 > 0.9886, and the best is exactly 0.9888."""
    stopper = early_stopping.EarlyStopping(patience=10)
    stopper.update(1, 4943 / 5000)
    assert stopper.update(2, 4944 / 5000) == same((True, False))
    assert stopper.best_accuracy == same(4944 / 5000)


def test_each_object_has_its_own_best(early_stopping):
    """0.9 in one training is nothing to another: there, a first 0.1 is an improvement."""
    first, second = early_stopping.EarlyStopping(patience=10), early_stopping.EarlyStopping(patience=10)
    first.update(5, 0.9)
    assert second.update(5, 0.1) == same((True, False))


def test_wrong_arguments_are_named(early_stopping):
    """A negative patience is a ValueError that names it."""
    with bad_input("patience", -1):
        early_stopping.EarlyStopping(patience=-1)
