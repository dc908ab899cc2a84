"""What is drawn is what was measured: the numbers are read off the figures."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from PIL import Image

from trainer import pictures

NAMES = tuple("0123456789")


def titles(figure):
    return [axes.get_title() for axes in figure.axes]


def drawn(figure):
    """The arrays that are drawn as images."""
    return [np.asarray(axes.images[0].get_array()) for axes in figure.axes if axes.images]


def test_a_picture_is_written_whole(tmp_path, data):
    figure = pictures.nine_digits(data.test.images, data.test.labels)
    pictures.save(figure, tmp_path / "new" / "digits.png")
    pictures.save(figure, tmp_path / "new" / "digits.png")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["digits.png"]
    with Image.open(tmp_path / "new" / "digits.png") as image:
        assert image.format == "PNG"
        assert min(image.size) > 300
        assert len(np.unique(np.asarray(image.convert("L")))) > 10


def test_nine_digits(data):
    """The first nine, each with its class; a wrong prediction is red."""
    images, labels = data.test.images, data.test.labels
    predicted = labels.copy()
    predicted[2] = (labels[2] + 1) % 10
    figure = pictures.nine_digits(images, labels, predicted)
    np.testing.assert_array_equal(drawn(figure), images[:9, ..., 0])
    assert titles(figure)[0] == f"True: {labels[0]}, predicted: {labels[0]}"
    assert titles(figure)[2] == f"True: {labels[2]}, predicted: {(labels[2] + 1) % 10}"
    red = [to_rgba(axes.title.get_color())[0] > 0.5 for axes in figure.axes]
    assert red == [place == 2 for place in range(9)]
    assert len(drawn(pictures.nine_digits(images[:4], labels[:4]))) == 4


def test_nine_errors(data):
    images, labels = data.test.images, data.test.labels
    predicted = labels.copy()
    predicted[[5, 20]] = (labels[[5, 20]] + 3) % 10
    figure = pictures.nine_errors(images, labels, predicted, NAMES)
    np.testing.assert_array_equal(drawn(figure), images[[5, 20], ..., 0])
    none = pictures.nine_errors(images, labels, labels, NAMES)
    assert none.texts[0].get_text() == f"no errors among {len(images)} images"


def test_confusion():
    """Every number is written in its place, in a colour that can be read."""
    matrix = np.array([[9, 1], [0, 1200]])
    figure = pictures.confusion(matrix, ("cat", "dog"))
    texts = figure.axes[0].texts
    assert [text.get_text() for text in texts] == ["9", "1", "0", "1200"]
    assert [text.get_color() for text in texts] == ["white", "black", "black", "white"]
    assert titles(figure) == ["99.9% (1209 / 1210)"]
    assert pictures.confusion_text(matrix, ("cat", "dog")).splitlines() == [
        "     cat  dog",
        "cat    9    1",
        "dog    0 1200",
    ]


def test_filters():
    """Red is positive, blue negative, white nothing; one scale for all, also for those that are not drawn."""
    weights = np.zeros((3, 3, 2, 70), np.float32)
    weights[0, 0, 1, 0], weights[1, 1, 1, 1], weights[0, 0, 0, 69] = 0.5, -0.25, 2.0
    figure = pictures.filters(weights, "conv2", most=64, input_channel=1)
    images = [axes.images[0] for axes in figure.axes if axes.images]
    assert len(images) == 64
    assert {image.get_clim() for image in images} == {(-2.0, 2.0)}
    np.testing.assert_array_equal(images[1].get_array(), weights[:, :, 1, 1])
    colors = images[0].cmap(images[0].norm([1.0, -1.0, 0.0]))
    assert colors[0][0] > 0.9 > colors[0][2]
    assert colors[1][2] > 0.9 > colors[1][0]
    np.testing.assert_allclose(colors[2][:3], 1, atol=0.02)
    assert "conv2, input channel 1, 64 of 70: mean " in figure.get_suptitle()
    assert pictures.filters(weights * 0, "conv1")


def test_layer_outputs():
    outputs = np.random.default_rng(0).normal(0, 1, (5, 4, 10))
    figure = pictures.layer_outputs(outputs, "conv1", most=6)
    assert len(drawn(figure)) == 6
    np.testing.assert_array_equal(drawn(figure)[3], outputs[:, :, 3])
    assert {axes.images[0].get_clim() for axes in figure.axes if axes.images} == {
        (outputs.min(), outputs.max())
    }
    assert "6 of 10 channels" in figure.get_suptitle()


def test_curves():
    losses = np.geomspace(2.3, 0.001, 500)
    figure = pictures.curves(np.arange(1, 501), losses, [100, 200], [0.5, 0.9], best_iteration=200)
    upper, lower = figure.axes
    np.testing.assert_allclose(upper.lines[0].get_ydata(), losses)
    # The mean of the last ten losses, over the last of them.
    assert upper.lines[1].get_ydata()[-1] == pytest.approx(losses[-10:].mean())
    assert upper.lines[1].get_xdata()[-1] == 500
    assert upper.get_yscale() == "log"
    assert list(lower.lines[0].get_ydata()) == [0.5, 0.9]
    assert lower.texts[0].get_text() == "best: 90.0% at 200"
    assert pictures.curves([1], [2.0], [], [])


def test_histograms():
    """All finite values are counted; what is not finite is told."""
    outputs = {
        "conv1": np.array([-2e4, 0, 2e4]),
        "conv2": np.ones(5),
        "conv3": np.array([np.nan, np.inf, 1, 2]),
    }
    figure = pictures.histograms(outputs, np.linspace(-1, 1, 50), np.linspace(0, 1, 50))
    counted = [sum(patch.get_height() for patch in axes.patches) for axes in figure.axes]
    assert counted == [3, 5, 2, 50, 50, 0]
    assert titles(figure)[0].splitlines() == ["conv1", "[-20,000, 20,000], deviation 16,330"]
    assert "2 not finite" in titles(figure)[2]
    assert titles(figure)[4].startswith("predictions")


def test_comparison():
    figure = pictures.comparison(
        {"a": [0.5, 0.7], "b": [0.9]}, {"a": (0.4, 0.8), "b": (0.9, 0.9)}, "networks"
    )
    axes = figure.axes[0]
    dots, interval, mean = axes.lines[:3]
    np.testing.assert_allclose(sorted(dots.get_xdata()), [50, 70])
    np.testing.assert_allclose(interval.get_xdata(), [40, 80])
    np.testing.assert_allclose(mean.get_xdata(), [60])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "b"]


def test_paths():
    path = np.array([[3.0, 1.0], [1.0, 0.5], [0.1, 0.0]])
    figure = pictures.surface_paths(
        lambda x, y: x**2 + y**2, {"sgd": path}, ((-4.0, 4.0), (-2.0, 2.0)), "three steps"
    )
    axes = figure.axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), path)
    assert axes.get_legend().get_texts()[0].get_text() == "sgd: cost 0.01"
    # The star is where the surface is lowest.
    np.testing.assert_allclose(axes.lines[-1].get_xydata(), [[0, 0]], atol=0.02)
    curve = pictures.surface_curve(lambda x: x**2, {"a": path[:, 0], "b": path[:, 1]}, (-4.0, 4.0), "steps")
    assert titles(curve) == ["a: ends at 0.1", "b: ends at 0"]


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: pictures.nine_digits(np.zeros((2, 28, 28)), np.zeros(2, int)), r"images .*\(2, 28, 28\)"),
        (
            lambda: pictures.nine_digits(np.zeros((2, 28, 28, 1)), np.zeros(3, int)),
            "labels must have one entry",
        ),
        (lambda: pictures.confusion(np.zeros((2, 3)), NAMES), r"matrix .*\(2, 3\)"),
        (lambda: pictures.filters(np.zeros((3, 3)), "conv1"), r"weights .*\(3, 3\)"),
        (lambda: pictures.layer_outputs(np.zeros((3, 3)), "conv1"), r"outputs .*\(3, 3\)"),
    ],
)
def test_wrong_shapes_are_named(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
