"""You convolved the images without padding, so each block loses their rims; pad them first, by what
`same_padding` says."""


def block(images, kernel, bias):
    padded = images
    convolved = conv2d(padded, kernel, bias)
    pooled = max_pool(convolved)
    return relu(pooled), (padded, convolved, pooled)
