def average_pool(
    images: Float[np.ndarray, "batch height width channels"],
    pool_size: tuple[int, int] = (2, 2),
    strides: tuple[int, int] = (2, 2),
    padding: Padding = NO_PADDING,
) -> Float[np.ndarray, "batch new_height new_width channels"]:
    rows, columns = padding
    larger = np.pad(images, ((0, 0), rows, columns, (0, 0)), mode="edge")
    windows = patches(larger, pool_size, strides)
    return np.einsum("nijyxc->nijc", windows) / (pool_size[0] * pool_size[1])
