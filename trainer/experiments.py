"""Compare variants of a network, each trained with several seeds, because one run proves nothing."""

from __future__ import annotations

import csv
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.stats
from matplotlib.figure import Figure
from numpy.typing import NDArray
from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

from trainer import TrainerError, pictures
from trainer.settings import NETWORKS, Settings, settings_for, with_changes

if TYPE_CHECKING:
    # Errors are reported before TensorFlow is imported, which takes seconds.
    from trainer.data import Data
    from trainer.runs import Run

_CONFIDENCE = 0.95

# For each comparison: its variants and their settings.
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "init": {
        # At the learning rate of the others it diverges in the first steps: its gradients are a million times larger.
        "N(0, 1)": {"initializer": "large", "learning_rate": 1e-6},
        "N(0, 1) x 0.01": {"initializer": "small"},
        "He, Glorot": {"initializer": "he_normal", "last_initializer": "glorot_normal"},
    },
    # Each at a learning rate that suits it; with one rate for all, we would compare the rate.
    "optimizers": {
        "sgd": {"optimizer": "sgd", "learning_rate": 0.05},
        "momentum": {"optimizer": "momentum", "learning_rate": 0.01},
        "adam": {"optimizer": "adam", "learning_rate": 0.001},
    },
    "networks": {network: {"network": network} for network in NETWORKS if network != "numpy"},
    "activations": {name: {"activation": name} for name in ("relu", "sigmoid", "tanh")},
    "pooling": {name: {"pooling": name} for name in ("max", "average", "stride")},
    "dropout": {f"dropout {rate:g}": {"dropout": rate} for rate in (0.0, 0.25, 0.5)},
    "precision": {name: {"precision": name} for name in ("float32", "bfloat16")},
}
_NETWORK = {"init": "small_vgg"}


@dataclass(frozen=True)
class VariantResult:
    """The test results of one variant, one for each seed.

    Attributes:
        name: the name of the variant.
        accuracies: the test accuracy for each seed, 0 to 1.
        losses: the test loss for each seed.
    """

    name: str
    accuracies: tuple[float, ...]
    losses: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean accuracy."""
        return float(np.mean(self.accuracies))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % confidence interval of the mean, by Student's t distribution."""
        spread = float(np.std(self.accuracies, ddof=1)) / math.sqrt(len(self.accuracies))
        reach = spread * float(scipy.stats.t.ppf((1 + _CONFIDENCE) / 2, len(self.accuracies) - 1))
        return self.mean - reach, self.mean + reach


def p_value(first: VariantResult, second: VariantResult) -> float:
    """Return the p-value of Welch's t test for the difference of the two means."""
    if len({*first.accuracies}) == 1 and len({*second.accuracies}) == 1:
        # Without any variance, the test would divide by zero.
        return float(first.mean == second.mean)
    with warnings.catch_warnings():
        # SciPy warns if one of the two has no variance, but its result is right.
        warnings.simplefilter("ignore", RuntimeWarning)
        return float(scipy.stats.ttest_ind(first.accuracies, second.accuracies, equal_var=False).pvalue)


def verdict(variants: list[VariantResult]) -> list[str]:
    """Return a verdict on the difference between the best variant and each other one, as sentences.

    Each p-value is multiplied by the number of comparisons (Bonferroni), because among many comparisons one
    soon looks significant by chance.
    """
    best, *others = sorted(variants, key=lambda variant: -variant.mean)
    runs = len(best.accuracies)
    sentences = []
    for other in others:
        p = min(1.0, p_value(best, other) * len(others))
        difference = f"{best.name} is {100 * (best.mean - other.mean):.1f} points better than {other.name}"
        how = f"p = {p:.2g}, {runs} runs each"
        if p < 1 - _CONFIDENCE:
            sentences.append(f"{difference}, and the difference is significant ({how}).")
        else:
            sentences.append(f"{difference}, but that may be chance ({how}): try more seeds.")
    return sentences


def run_comparison(
    what: str,
    network: str | None,
    seeds: int,
    chosen: dict[str, Any],
    assemble: Callable[[Settings, Data | None], Run],
    folder: Path,
    console: Console,
) -> list[VariantResult]:
    """Train every variant with every seed; print a table and a verdict; write the table and the pictures.

    Args:
        what: a key of `VARIANTS`.
        network: the network to train; for "networks", the names to compare, separated by commas.
        seeds: the number of seeds; they count from 0.
        chosen: settings that all variants share; None keeps the recipe's value.
        assemble: makes a session from settings and the data of an earlier session, if any.
        folder: for `comparison.csv`, `comparison.png` and, for optimizers, `paths.png` and `curve.png`.
        console: where to print.

    Raises:
        TrainerError: if the comparison is unknown.
    """
    if what not in VARIANTS:
        raise TrainerError(f"there is no comparison {what}, only {', '.join(VARIANTS)}")
    settings = _settings(what, network, chosen)
    folder.mkdir(parents=True, exist_ok=True)
    data: Data | None = None
    variants = []
    for name, one in settings.items():
        accuracies, losses = [], []
        # Taking turns would not be fairer: the seed decides everything.
        bar = track(range(seeds), name, console=console, transient=True, disable=not console.is_terminal)
        for seed in bar:
            session = assemble(with_changes(one, seed=seed), data)
            session.folder = folder / "training"
            session.clear()
            data = session.data
            assert data is not None
            session.train(lambda progress: None)
            evaluation = session.evaluate(data.test)
            accuracies.append(evaluation.accuracy)
            losses.append(evaluation.loss)
            session.clear()
            if what == "optimizers":
                steps = session.parts.training.OPTIMIZERS
        variants.append(VariantResult(name, tuple(accuracies), tuple(losses)))
        console.print(f"{name}: {', '.join(f'{accuracy:.1%}' for accuracy in accuracies)}", markup=False)
    (folder / "training").rmdir()
    shared = next(iter(settings.values()))
    title = f"{what}, {shared.data}, {shared.iterations:,} iterations, {seeds} seeds"
    console.print(_table(title, variants))
    for sentence in verdict(variants):
        console.print(sentence, markup=False, soft_wrap=True)
    _write(folder / "comparison.csv", variants)
    figure = pictures.comparison(
        {variant.name: list(variant.accuracies) for variant in variants},
        {variant.name: variant.interval for variant in variants},
        title,
    )
    pictures.save(figure, folder / "comparison.png")
    if what == "optimizers":
        _draw_paths(steps, folder)
    console.print(f"the table and pictures are in {folder}", markup=False)
    return variants


def _settings(what: str, network: str | None, chosen: dict[str, Any]) -> dict[str, Settings]:
    variants = VARIANTS[what]
    shared = {"iterations": 300, **{name: value for name, value in chosen.items() if value is not None}}
    # Only the final variables are needed, and no run is resumed.
    shared |= {"save_every": max(1, shared["iterations"]), "keep": 1}
    if what == "networks":
        names = network.split(",") if network else list(variants)
        return {name: settings_for(name, **shared) for name in names}
    one = network or _NETWORK.get(what, "cnn")
    return {name: settings_for(one, **{**variant, **shared}) for name, variant in variants.items()}


def _table(title: str, variants: list[VariantResult]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("variant")
    for heading in ("mean accuracy", "95 % interval", "worst", "best", "mean loss"):
        table.add_column(heading, justify="right", no_wrap=True)
    for variant in variants:
        low, high = variant.interval
        table.add_row(
            variant.name,
            f"{variant.mean:.2%}",
            f"{low:.2%} to {high:.2%}",
            f"{min(variant.accuracies):.2%}",
            f"{max(variant.accuracies):.2%}",
            f"{np.mean(variant.losses):.4g}",
        )
    return table


def _write(path: Path, variants: list[VariantResult]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["variant", "seed", "test accuracy", "test loss"])
        for variant in variants:
            for seed, row in enumerate(zip(variant.accuracies, variant.losses, strict=True)):
                writer.writerow([variant.name, seed, *row])


# A valley with its minimum at (0, 0), long in one direction and steep in the other. It makes gradient descent
# slow: the learning rate that suits the steep direction is too small for the other one.
_CURVATURES = np.array([0.02, 1.0])
_BEGIN = np.array([-9.0, 2.5])
_STEPS = 120
_RATES = {"sgd": 0.3, "momentum": 0.3, "adam": 0.3}


def valley(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """Return the cost of two weights: half of 0.02 x**2 + y**2."""
    cost: NDArray[Any] = (_CURVATURES[0] * x**2 + _CURVATURES[1] * y**2) / 2
    return cost


def path_of(
    optimizer: tuple[Callable[..., Any], Callable[..., Any]],
    gradient: Callable[[NDArray[Any]], NDArray[Any]],
    begin: NDArray[Any],
    rate: float,
    steps: int = _STEPS,
) -> NDArray[Any]:
    """Return the path of an optimizer, shape (steps + 1, weights)."""
    make_state, step = optimizer
    weights, state = begin, make_state(begin)
    path = [weights]
    for _ in range(steps):
        weights, state = step(weights, state, gradient(weights), rate)
        path.append(weights)
    return np.array(path)


def paths_in_the_valley(optimizers: dict[str, Any]) -> Figure:
    """Draw the paths of "sgd", "momentum" and "adam" in the valley; each is (make a state, make a step)."""
    paths = {
        name: path_of(optimizers[name], lambda weights: _CURVATURES * weights, _BEGIN, rate)
        for name, rate in _RATES.items()
    }
    return pictures.surface_paths(
        valley, paths, ((-10.0, 6.0), (-3.5, 3.5)), f"{_STEPS} steps on a surface of two weights"
    )


def _draw_paths(optimizers: dict[str, Any], folder: Path) -> None:
    pictures.save(paths_in_the_valley(optimizers), folder / "paths.png")
    one = {
        name: path_of(optimizers[name], lambda weights: 0.2 * weights, np.array([-9.0]), rate, 30)[:, 0]
        for name, rate in _RATES.items()
    }
    figure = pictures.surface_curve(lambda x: 0.1 * x**2, one, (-10.0, 10.0), "30 steps on a curve")
    pictures.save(figure, folder / "curve.png")
