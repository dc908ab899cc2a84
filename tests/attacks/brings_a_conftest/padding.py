"""Brings a conftest.py, a pytest.ini and a plugin that make every test pass."""


def attack(*arguments, **keywords):
    return None


def __getattr__(name):
    return attack
