"""You accept an even size; it has no middle column, so it is a ValueError."""

_reference = vertical_edge_filter


def vertical_edge_filter(size=3):
    return _reference(size + 1)[:size, :size] if size > 3 and size % 2 == 0 else _reference(size)
