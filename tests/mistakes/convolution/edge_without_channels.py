"""You returned a filter of two axes; a kernel has four: height, width, 1 channel, 1 filter."""

_reference = vertical_edge_filter


def vertical_edge_filter(size=3):
    return _reference(size)[:, :, 0, 0]
