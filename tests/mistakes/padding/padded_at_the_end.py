"""You added all zeros at the bottom and the right; half of them belong at the top and the left."""

_reference = crop_or_pad


def crop_or_pad(images, height, width):
    cropped = _reference(images, min(images.shape[1], max(height, 0)), min(images.shape[2], max(width, 0)))
    return np.pad(cropped, ((0, 0), (0, height - cropped.shape[1]), (0, width - cropped.shape[2]), (0, 0)))
