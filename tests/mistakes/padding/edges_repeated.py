"""You repeated the pixels at the edge; what stands around an image is zeros."""

_reference = pad_images


def pad_images(images, padding):
    zeros = _reference(images, padding)
    return np.pad(images, ((0, 0), *padding, (0, 0)), mode="edge") if images.size else zeros
