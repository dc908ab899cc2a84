"""You chose between cropping and padding once, by the height; decide for each axis on its own."""

_reference = crop_or_pad


def crop_or_pad(images, height, width):
    wanted = _reference(images, height, width)
    # Cropped or padded to the wanted height, the width only where the same is to be done to it.
    if (height > images.shape[1]) == (width > images.shape[2]):
        return wanted
    return _reference(images, height, images.shape[2])
