"""Your zeros are float64, so the padded images are too; the images keep their dtype, whatever it is."""


def pad_images(images, padding):
    if np.min(padding) < 0:
        raise ValueError(f"padding must not be negative, not {padding}")
    (top, bottom), (left, right) = padding
    batch, height, width, channels = images.shape
    padded = np.zeros((batch, top + height + bottom, left + width + right, channels))
    padded[:, top : top + height, left : left + width] = images
    return padded
