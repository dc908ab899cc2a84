"""Small trainings of small networks, so that the trainer is tested in seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parents[2]
# What TensorFlow says at its start is of no interest in a failure.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(scope="session")
def data():
    """Some of the digits that need no download."""
    from trainer.data import Data, load

    whole = load("digits")
    return Data(
        whole.name,
        whole.class_names,
        whole.train.first(150),
        whole.validation.first(60),
        whole.test.first(60),
    )


@pytest.fixture
def session(data, tmp_path):
    """Assemble a training of a small CNN of the reference's parts; settings can be chosen."""
    from trainer.devices import choose_devices
    from trainer.parts import load_parts
    from trainer.session import Session
    from trainer.settings import settings_for

    def assemble(folder="run", parts=KIT / "solutions", network="cnn", **chosen):
        small = {"linear": {}, "dense": {"units": (6,)}}.get(network, {"filters": (2, 3), "units": (8,)})
        settings = settings_for(
            network,
            **{
                "parts": str(parts),
                "iterations": 30,
                "batch_size": 20,
                "validate_every": 10,
                **small,
                **chosen,
            },
        )
        loaded = load_parts(Path(parts), settings.reference, KIT / "solutions")
        return Session(loaded, settings, data, tmp_path / folder, choose_devices(settings.devices))

    return assemble


@pytest.fixture
def trainer(tmp_path):
    """Run the trainer's command line in an empty folder, as anybody does."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "trainer", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(KIT), "COLUMNS": "200", **environment},
            capture_output=True,
            text=True,
            timeout=900,
        )

    return run
