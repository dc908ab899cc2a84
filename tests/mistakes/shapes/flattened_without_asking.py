"""You flattened silently before a dense layer; without "flatten" before it, that is a ValueError."""

_reference = trace


def trace(layers, input_shape):
    flat = len(input_shape) == 1
    filled, added = [], set()
    for layer in layers:
        if layer[0] == "dense" and not flat:
            added.add(len(filled))
            filled.append(("flatten",))
        flat = flat or layer[0] in ("dense", "flatten")
        filled.append(layer)
    return [row for at, row in enumerate(_reference(filled, input_shape)) if at not in added]
