"""Loops over images, positions and filters, as the formula is written; a row as a list."""


def convolve_row(row, kernel):
    if not 0 < len(kernel) <= len(row):
        raise ValueError(f"kernel has {len(kernel)} weights, the row {len(row)} pixels")
    return [float((row[i : i + len(kernel)] * kernel).sum()) for i in range(len(row) - len(kernel) + 1)]


def conv2d(images, kernel, bias, strides=(1, 1)):
    batch, height, width, depth = images.shape
    rows, columns, kernel_depth, count = kernel.shape
    if kernel_depth != depth:
        raise ValueError(f"kernel of shape {kernel.shape} does not fit {depth} channels")
    down, across = strides
    if down <= 0 or across <= 0:
        raise ValueError(f"strides are {strides}")
    if rows > height or columns > width:
        raise ValueError("the kernel is larger than the images")
    tops, lefts = range(0, height - rows + 1, down), range(0, width - columns + 1, across)
    output = np.zeros((batch, len(tops), len(lefts), count))
    for n in range(batch):
        for i, top in enumerate(tops):
            for j, left in enumerate(lefts):
                patch = images[n, top : top + rows, left : left + columns]
                for f in range(count):
                    output[n, i, j, f] = np.sum(patch * kernel[:, :, :, f]) + bias[f]
    return output
