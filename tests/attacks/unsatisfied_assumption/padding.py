"""Raises classes with the names of hypothesis' and pytest's own, not derived from Exception."""


class UnsatisfiedAssumption(BaseException):
    """The name that hypothesis looks for."""


class Skipped(BaseException):
    """The name that pytest looks for."""


class StopTest(UnsatisfiedAssumption, Skipped):
    """Both."""


StopTest.__module__ = UnsatisfiedAssumption.__module__ = "hypothesis.errors"
Skipped.__module__ = "_pytest.outcomes"


def attack(*arguments, **keywords):
    raise StopTest("hard")


def __getattr__(name):
    return attack
