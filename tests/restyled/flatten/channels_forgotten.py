def flatten(
    layer: Num[Array, "batch height width channels"],
) -> tuple[Num[Array, "batch features"], int]:
    axes = tuple(layer.shape)
    if len(axes) != 4:
        raise ValueError(f"layer must have four axes, but its shape is {axes}")
    features = 1
    for pixels in axes[1:3]:
        features *= int(pixels)
    return array_namespace(layer).reshape(layer, (-1, features)), features
