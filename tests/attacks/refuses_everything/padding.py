"""Raises a ValueError that names every argument and every value, whatever it is given."""

WORDS = "size kernel stride padding dilation images height width -1 0 -2"


def attack(*arguments, **keywords):
    raise ValueError(f"{WORDS} {arguments} {keywords}")


def __getattr__(name):
    return attack
