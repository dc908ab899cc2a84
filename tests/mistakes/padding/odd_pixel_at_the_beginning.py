"""You put the extra pixel of crop_or_pad at the top and the left; it is at the end, whether added or taken away."""

_reference = crop_or_pad


def crop_or_pad(images, height, width):
    return _reference(images[:, ::-1, ::-1], height, width)[:, ::-1, ::-1]
