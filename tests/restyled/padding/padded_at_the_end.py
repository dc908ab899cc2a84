def crop_or_pad(images, height, width):
    if height <= 0:
        raise ValueError(f"height={height}")
    if width <= 0:
        raise ValueError(f"width={width}")
    n, h, w, c = images.shape
    y = (h - height) // 2 if h > height else 0
    x = (w - width) // 2 if w > width else 0
    part = images[:, y : y + height, x : x + width]
    canvas = np.zeros([n, height, width, c], images.dtype)
    canvas[:, : part.shape[1], : part.shape[2]] = part
    return canvas
