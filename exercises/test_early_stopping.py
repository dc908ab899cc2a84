"""The public suite of `early_stopping`: short histories, each to be followed with a finger."""

import math

from autograder import bad_input, points, same


@points(2)
def test_the_first_measurement_is_the_best_so_far(early_stopping):
    """The first accuracy is an improvement whatever it is: there is nothing to be better than."""
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


def test_wrong_arguments_are_named(early_stopping):
    """A negative patience, or an iteration smaller than the one before, is a ValueError that names it."""
    with bad_input("patience", -1):
        early_stopping.EarlyStopping(patience=-1)
    stopper = early_stopping.EarlyStopping(patience=10)
    stopper.update(5, 0.5)
    with bad_input("iteration", 4):
        stopper.update(4, 0.9)
