"""Returns lists in lists in lists, and a list that holds itself."""


def attack(*arguments, **keywords):
    deep = []
    for _ in range(10**5):
        deep = [deep]
    deep.append(deep)
    return deep


def __getattr__(name):
    return attack
