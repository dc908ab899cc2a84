def crop_or_pad(images, height, width):
    if height < 1:
        raise ValueError(f"height {height}")
    if width < 1:
        raise ValueError(f"width {width}")
    images = images[:, :height, :width, :]
    _, now_high, now_wide, _ = images.shape
    top, left = (height - now_high) // 2, (width - now_wide) // 2
    result = np.zeros((images.shape[0], height, width, images.shape[3]), dtype=images.dtype)
    result[:, top : top + now_high, left : left + now_wide] = images
    return result
