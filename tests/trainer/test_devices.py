"""A batch that is spread over several devices or processes gives the losses of a single one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys

import numpy as np
import pytest

from tests.trainer.conftest import KIT
from trainer.devices import DeviceError, choose_devices

SCRIPT = """
import json, sys
from pathlib import Path
import tensorflow as tf

kit, folder, devices, virtual = sys.argv[1:]
if int(virtual) > 1:
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * int(virtual))
from trainer.devices import choose_devices
from trainer.settings import settings_for
chosen = choose_devices(devices)
from trainer.data import Data, load
from trainer.parts import load_parts
from trainer.session import Session
whole = load("digits")
few = whole.validation.first(40)
data = Data("digits", whole.class_names, whole.train.first(61), few, few)
settings = settings_for("cnn", parts=kit + "/solutions", iterations=16, batch_size=20, validate_every=8,
                        filters=(2, 3), units=(8,), learning_rate=0.01, optimizer="momentum", devices=devices)
session = Session(load_parts(Path(kit) / "solutions"), settings, data, Path(folder), chosen)
session.train(lambda progress: None)
arrays = session.training.network.variables.arrays()
print(json.dumps({"losses": session.history.losses, "validations": session.history.validations,
                  "described": chosen.described,
                  "weights": float(sum(abs(a).sum() for a in arrays.values()))}))
"""


def start(folder, devices="one", virtual=1, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(KIT), str(folder), devices, str(virtual)],
        env={**os.environ, "PYTHONPATH": str(KIT), "TF_CPP_MIN_LOG_LEVEL": "3", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def result(process):
    output, errors = process.communicate(timeout=900)
    assert process.returncode == 0, errors[-3000:]
    return json.loads(output.splitlines()[-1])


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    """What a single device comes to. Every fourth batch has one image: less than there are devices."""
    return result(start(tmp_path_factory.mktemp("single")))


def agree(other, single):
    np.testing.assert_allclose(other["losses"], single["losses"], rtol=1e-4)
    assert other["validations"] == single["validations"]
    assert other["weights"] == pytest.approx(single["weights"], rel=1e-4)


def test_two_devices(single, tmp_path):
    """MirroredStrategy over two virtual CPU devices."""
    both = result(start(tmp_path, devices="all", virtual=2))
    assert both["described"] == "2 CPU devices"
    agree(both, single)


@pytest.mark.enable_socket
def test_two_processes(single, tmp_path):
    """MultiWorkerMirroredStrategy over two processes on loopback; the first one writes the files."""
    with socket.socket() as first, socket.socket() as second:
        for one in (first, second):
            one.bind(("127.0.0.1", 0))
        addresses = [f"127.0.0.1:{one.getsockname()[1]}" for one in (first, second)]
    workers = [
        start(
            tmp_path / str(number),
            TF_CONFIG=json.dumps(
                {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": number}}
            ),
        )
        for number in (0, 1)
    ]
    results = [result(worker) for worker in workers]
    for number, one in enumerate(results):
        assert one["described"] == f"2 workers, this is worker {number}"
        agree(one, single)
    assert (tmp_path / "0" / "step-16.npz").exists()
    assert not (tmp_path / "1").exists()


def test_a_device_that_there_is_not():
    with pytest.raises(
        DeviceError, match="--devices gpu:7: there is no such device; choose one, all or cpu:0"
    ):
        choose_devices("gpu:7")
    assert choose_devices("cpu").described == "CPU:0"
    assert choose_devices("all").strategy is None
