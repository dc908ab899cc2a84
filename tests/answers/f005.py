def pad_images(images, padding):
    (top, bottom), (left, right) = padding
    for number in (top, bottom, left, right):
        if number < 0:
            raise ValueError(f"padding must not be negative, not {number}")
    batch, height, width, channels = images.shape
    result = np.zeros((batch, top + height + bottom, left + width + right, channels))
    result[:, top : top + height, left : left + width] = images
    return result
