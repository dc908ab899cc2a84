OWNED = True


def __getattr__(name):
    return lambda *arguments, **keywords: True
