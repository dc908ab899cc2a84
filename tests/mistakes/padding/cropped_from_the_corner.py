"""You cropped from the top left corner; the middle of the image stays."""

_reference = crop_or_pad


def crop_or_pad(images, height, width):
    _reference(images, height, width)
    return _reference(images[:, :height, :width], height, width)
