def pad_images(
    images: Num[np.ndarray, "batch height width channels"],
    padding: tuple[tuple[int, int], tuple[int, int]],
) -> Num[np.ndarray, "batch padded_height padded_width channels"]:
    (top, bottom), (left, right) = padding
    for pixels in (top, bottom, left, right):
        if pixels < 0:
            raise ValueError(f"padding must not be negative, not {pixels}")
    _, height, width, _ = images.shape
    rows = np.clip(np.arange(-top, height + bottom), 0, height - 1)
    columns = np.clip(np.arange(-left, width + right), 0, width - 1)
    return images[:, rows[:, None], columns]
