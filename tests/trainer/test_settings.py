"""Settings are checked before anything is computed, and kept as they are."""

from __future__ import annotations

import msgspec
import pytest

from trainer.settings import (
    FILE_NAME,
    NETWORKS,
    RECIPES,
    SettingsError,
    read_settings,
    settings_for,
    with_changes,
)


@pytest.mark.parametrize(
    ("network", "chosen", "message"),
    [
        ("resnet", {}, "there is no network resnet, only linear, dense, small_vgg, cnn, vgg"),
        ("cnn", {"optimizer": "lion"}, "--optimizer: Expected sgd, momentum or adam, not 'lion'"),
        ("cnn", {"learning_rate": -1.0}, "--learning-rate: Expected `float` >= 0.0, not -1.0"),
        ("cnn", {"learning_rate": "fast"}, "--learning-rate: Expected `float`, got `str`"),
        ("cnn", {"learning_rate": float("nan")}, "--learning-rate: "),
        ("cnn", {"batch_size": 0}, "--batch-size: "),
        ("cnn", {"dropout": 1.0}, "--dropout: "),
        ("cnn", {"decay": 0.0}, "--decay: "),
        ("cnn", {"l2": float("inf")}, "--l2: "),
        ("cnn", {"decay_every": -1}, "--decay-every: Expected `int` >= 0, not -1"),
        ("dense", {"units": (3, 0)}, "--units: Expected `int` >= 1, not 0"),
        ("cnn", {"colour": "red"}, "--colour: unknown setting"),
        ("cnn", {"precision": "float16"}, "--precision: "),
        ("linear", {"units": (3,)}, "units: the network linear does not take this setting"),
        ("cnn", {"units": (3, 4)}, "units: the network cnn has one dense layer, so one number"),
        ("vgg", {"filters": (3, 4)}, "filters: the network vgg has four blocks, so four numbers"),
        ("cnn", {"xla": True, "devices": "all"}, "xla: does not work with --devices all"),
    ],
)
def test_a_bad_setting_is_one_line(network, chosen, message):
    with pytest.raises(SettingsError) as caught:
        settings_for(network, **chosen)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("network", NETWORKS)
def test_every_net_has_a_recipe(network):
    settings = settings_for(network, iterations=None)
    for name, value in RECIPES[network].items():
        assert getattr(settings, name) == value


def test_who_chooses_an_initializer_means_all_layers():
    assert settings_for("small_vgg").last_initializer == "glorot_normal"
    assert settings_for("small_vgg", initializer="small").last_initializer == "small"
    assert (
        settings_for("small_vgg", initializer="he_normal", last_initializer="small").last_initializer
        == "small"
    )


def test_the_rate_decays():
    settings = settings_for("cnn", learning_rate=0.8, decay=0.5, decay_every=100)
    assert [settings.rate_at(iteration) for iteration in (0, 99, 100, 250)] == [0.8, 0.8, 0.4, 0.2]
    assert settings_for("cnn", learning_rate=0.8).rate_at(10**6) == 0.8


def test_settings_come_back(tmp_path):
    settings = settings_for("vgg", filters=(1, 2, 3, 4), reference=("layers",), patience=5)
    (tmp_path / FILE_NAME).write_bytes(msgspec.json.encode(settings))
    assert read_settings(tmp_path) == settings


def test_settings_of_version_0_1_are_read(tmp_path):
    (tmp_path / FILE_NAME).write_text(
        '{"network": "vgg", "data": "digits", "data_folder": null, "parts": "exercises", "reference": ["layers"], '
        '"iterations": 1000, "batch_size": 64, "learning_rate": 0.0001, "decay": 0.5, "decay_every": 0, '
        '"optimizer": "adam", "initializer": "he", "last_initializer": "glorot_normal", "initial_bias": 0.0, '
        '"activation": "relu", "pooling": "max", "dropout": 0.0, "l2": 0.0, "augment": false, "kernel_size": null, '
        '"filters": [1, 2, 3, 4], "units": null, "patience": 5, "validate_every": 100, "save_every": 1000, '
        '"keep": 5, "seed": 0, "precision": "float32", "xla": false, "devices": "one"}'
    )
    assert read_settings(tmp_path) == settings_for(
        "vgg",
        filters=(1, 2, 3, 4),
        reference=("layers",),
        patience=5,
        initializer="he",
        last_initializer="glorot_normal",
    )


def test_changes_are_checked_too():
    settings = settings_for("cnn")
    assert with_changes(settings, iterations=5) == settings_for("cnn", iterations=5)
    with pytest.raises(SettingsError, match="--iterations: Expected `int` >= 0, not -5"):
        with_changes(settings, iterations=-5)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ""),
        ("[]", "Expected `object`, got `array`"),
        ("{}", "network: missing"),
        ('{"network": "cnn", "colour": "red"}', "colour: unknown setting"),
        ('{"network": "cnn", "save_every": 0}', "save_every: Expected `int` >= 1, not 0"),
        ("\xff", ""),
    ],
)
def test_settings_that_cannot_be_read(tmp_path, text, problem):
    (tmp_path / FILE_NAME).write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=f"cannot be read: {problem}"):
        read_settings(tmp_path)
    with pytest.raises(SettingsError, match="holds no run"):
        read_settings(tmp_path / "nowhere")
