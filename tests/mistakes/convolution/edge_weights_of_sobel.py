"""You gave the middle row more weight, as the Sobel filter does; here all rows are equal: 1, 0, -1."""

_reference = vertical_edge_filter


def vertical_edge_filter(size=3):
    edges = _reference(size)
    edges[size // 2] *= 2
    return edges
