"""Raises what skips a test in pytest."""

import pytest


def attack(*arguments, **keywords):
    pytest.skip("too hard", allow_module_level=True)


def __getattr__(name):
    return attack
