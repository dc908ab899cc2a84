"""The hidden suite of `early_stopping`."""

import math

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from autograder import bad_input, expect_values, points, proves, same
from tests.oracles import early_stopping as oracle
from tests.strategies import few

# Few different values, so that equal accuracies and waits that just end are common.
accuracies = st.sampled_from([0.0, -0.0, 0.25, 0.5, 0.75, 1.0, math.nan])
steps = st.sampled_from([0, 1, 50, 100])
patiences = st.sampled_from([0, 1, 50, 100, 150, 200])
measurements = st.lists(st.tuples(steps, accuracies), min_size=1, max_size=8)
ordinary_patiences = st.sampled_from([45, 125, 195])
ordinary_measurements = st.lists(
    st.tuples(st.sampled_from([30, 70]), st.integers(1, 99).map(lambda percent: percent / 100)),
    min_size=3,
    max_size=8,
    unique_by=lambda measured: measured[1],
)


def history_of(measured):
    """Turn steps between measurements into iterations, counted from 1."""
    iteration = 1
    history = []
    for step, accuracy in measured:
        iteration += step
        history.append((iteration, accuracy))
    return history


def answers(early_stopping, history, patience):
    """Yield each answer to a history, and the right one."""
    stopper = early_stopping.EarlyStopping(patience)
    for length in range(1, len(history) + 1):
        yield stopper.update(*history[length - 1]), oracle.answer(history[:length], patience)


@proves("EarlyStopping", "EarlyStopping.update")
@few
@given(patience=ordinary_patiences, measured=ordinary_measurements, falling=st.integers(0, 5))
def test_first_better_then_worse(early_stopping, patience, measured, falling):
    """The accuracy rises to its largest value, then it falls: improved while it rises, then stop at some time."""
    accuracies = sorted(accuracy for _, accuracy in measured)
    history = history_of([(50, accuracy) for accuracy in (*accuracies, *accuracies[-2::-1][:falling])])
    for answer, expected in answers(early_stopping, history, patience):
        assert answer == same(expected)


@proves("EarlyStopping", "EarlyStopping.update")
@few
@given(patience=ordinary_patiences, measured=ordinary_measurements)
def test_improvements_of_an_ordinary_history(early_stopping, patience, measured):
    """Improved means greater than all before; here no accuracy occurs twice, and each is a number."""
    for answer, expected in answers(early_stopping, history_of(measured), patience):
        improved, _ = expect_values(answer, 2)
        assert improved == same(expected[0])


@proves("EarlyStopping", "EarlyStopping.update")
@few
@given(patience=ordinary_patiences, measured=ordinary_measurements)
def test_stops_of_an_ordinary_history(early_stopping, patience, measured):
    """Stop means a wait longer than the patience; here no wait is exactly as long."""
    for answer, expected in answers(early_stopping, history_of(measured), patience):
        _, stop = expect_values(answer, 2)
        assert stop == same(expected[1])


@proves("EarlyStopping", "EarlyStopping.update")
@points(2)
@given(patience=patiences, measured=measurements)
def test_answers_to_a_history(early_stopping, patience, measured):
    """Improved means greater than all before; stop means more than `patience` iterations since the best."""
    for answer, expected in answers(early_stopping, history_of(measured), patience):
        assert answer == same(expected)


@proves("EarlyStopping")
@points(2)
@given(patience=patiences, measured=measurements)
def test_the_best_is_remembered(early_stopping, patience, measured):
    """best_accuracy and best_iteration are those of the last improvement; None and 0 before the first."""
    stopper = early_stopping.EarlyStopping(patience)
    assert stopper.patience == same(patience)
    assert stopper.best_accuracy == same(None)
    assert stopper.best_iteration == same(0)
    history = history_of(measured)
    for iteration, accuracy in history:
        stopper.update(iteration, accuracy)
    best = oracle.improvements(history)
    assert stopper.best_iteration == same(best[-1][0] if best else 0)
    assert stopper.best_accuracy == same(best[-1][1] if best else None)


@proves("EarlyStopping", "EarlyStopping.update")
@few
@given(
    start=st.sampled_from([0.5, 0.1, 0.7, 0.999, 1e-12]),
    gains=st.lists(st.sampled_from([-1, 0, 1, 2]), min_size=8, max_size=20),
    patience=st.sampled_from([300, 999_999, 2_100_000_000]),
)
def test_long_trainings_and_small_gains(early_stopping, start, gains, patience):
    """Any greater accuracy improves, by a billionth of it too; patience may be 300 or two billion iterations."""
    history, accuracy = [], start
    for number, gain in enumerate(gains):
        accuracy *= 1 + gain * 1e-9
        # Measured often enough that both happen: the wait is just as long as the patience, and it is longer.
        history.append((1 + number * (patience // 3), accuracy))
    for answer, expected in answers(early_stopping, history, patience):
        assert answer == same(expected)


@proves("EarlyStopping", "EarlyStopping.update")
@points(2)
def test_any_sequence_of_calls(early_stopping):
    """Whatever is measured in whatever order, the answers are those of the rule in the docstring."""

    class Training(RuleBasedStateMachine):
        @initialize(patience=patiences)
        def begin(self, patience):
            self.patience = patience
            self.stopper = early_stopping.EarlyStopping(patience)
            self.history = []

        def now(self):
            return self.history[-1][0] if self.history else 1

        def best(self):
            improvements = oracle.improvements(self.history)
            return improvements[-1][1] if improvements else None

        @rule(step=steps, accuracy=accuracies)
        def measure(self, step, accuracy):
            self.history.append((self.now() + step, accuracy))
            said = self.stopper.update(*self.history[-1])
            assert said == same(oracle.answer(self.history, self.patience))

        @precondition(lambda self: self.best() != 1.0)
        @rule(step=steps)
        def improve(self, step):
            # Halfway to 1: no accuracy so far is greater than that.
            accuracy = 0.0 if self.best() is None else (self.best() + 1) / 2
            self.history.append((self.now() + step, accuracy))
            assert self.stopper.update(*self.history[-1]) == same((True, False))

        @precondition(lambda self: self.history)
        @rule()
        def wait_just_long_enough(self):
            improvements = oracle.improvements(self.history)
            since = improvements[-1][0] if improvements else 0
            iteration = max(self.now(), since + self.patience)
            for after in (0, 1):
                self.history.append((iteration + after, math.nan))
                said = self.stopper.update(*self.history[-1])
                assert said == same(oracle.answer(self.history, self.patience))

    # A failure is not made smaller: that takes eight times as long as to pass. A property above does it.
    run_state_machine_as_test(
        Training, settings=settings(max_examples=25, stateful_step_count=12, phases=[Phase.generate])
    )


@points(2)
def test_two_trainings_do_not_meet(early_stopping):
    """What one EarlyStopping has seen is nothing to another."""
    first, second = early_stopping.EarlyStopping(10), early_stopping.EarlyStopping(10)
    first.update(5, 0.9)
    assert second.best_accuracy == same(None)
    assert second.update(1, 0.1) == same((True, False))
    assert first.update(6, 0.5) == same((False, False))
    assert first.best_accuracy == same(0.9)


@pytest.mark.parametrize("patience", [0, 1, 1000])
def test_more_than_patience(early_stopping, patience):
    """Exactly `patience` iterations without an improvement are still allowed; one more is not."""
    stopper = early_stopping.EarlyStopping(patience)
    stopper.update(7, 0.5)
    assert stopper.update(7 + patience, 0.5) == same((False, False))
    assert stopper.update(7 + patience + 1, 0.5) == same((False, True))


def test_without_any_improvement_the_wait_begins_at_zero(early_stopping):
    """Only NaN measured, patience 100: at iteration 100 it goes on, at 101 it stops."""
    stopper = early_stopping.EarlyStopping(100)
    assert stopper.update(100, math.nan) == same((False, False))
    assert stopper.update(101, math.nan) == same((False, True))


def test_a_late_improvement_goes_on(early_stopping):
    """An improvement never stops the training, however long it took."""
    stopper = early_stopping.EarlyStopping(10)
    stopper.update(1, 0.5)
    assert stopper.update(500, 0.6) == same((True, False))
    assert stopper.best_iteration == same(500)


def test_a_small_gain_is_an_improvement(early_stopping):
    """One more of 5,000 images right, 4,944 after 4,943, is an improvement: any greater accuracy is."""
    stopper = early_stopping.EarlyStopping(10)
    stopper.update(1, 4943 / 5000)
    assert stopper.update(2, 4944 / 5000) == same((True, False))
    assert stopper.best_accuracy == same(4944 / 5000)


def test_an_accuracy_of_zero_counts(early_stopping):
    """0.0 is an accuracy: the first one improves, the second does not."""
    stopper = early_stopping.EarlyStopping(10)
    assert stopper.update(1, 0.0) == same((True, False))
    assert stopper.update(2, 0.0) == same((False, False))


def test_a_negative_patience_is_refused(early_stopping):
    """A patience below 0 is a ValueError that names it."""
    for patience in (-5, -1):
        with bad_input("patience", patience):
            early_stopping.EarlyStopping(patience)
