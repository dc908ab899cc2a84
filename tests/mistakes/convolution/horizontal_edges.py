"""Your filter finds horizontal edges; for vertical ones the numbers change from column to column."""

_reference = vertical_edge_filter


def vertical_edge_filter(size=3):
    return _reference(size).swapaxes(0, 1)
