"""Returns whole numbers with millions of digits."""


def attack(*arguments, **keywords):
    return (1 << 10**7, -(1 << 10**7))


def __getattr__(name):
    return attack
