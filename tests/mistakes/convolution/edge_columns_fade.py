"""Your columns fade from 1 to -1; all columns left of the middle are 1, all right of it are -1."""

_reference = vertical_edge_filter


def vertical_edge_filter(size=3):
    _reference(size)
    return np.tile(np.linspace(1, -1, size), (size, 1))[:, :, None, None]
