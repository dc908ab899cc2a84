"""Your filter answers with the wrong sign; light to dark is positive, so the ones stand at the left."""

_reference = vertical_edge_filter


def vertical_edge_filter(size=3):
    return -_reference(size)
