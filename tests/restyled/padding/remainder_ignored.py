def same_padding(size, kernel_size, strides):
    names = ["size", "kernel_size", "strides"]
    for name, number in zip(names, [size, kernel_size, strides]):
        if number <= 0:
            raise ValueError(name + " is " + str(number))
    if strides >= kernel_size:
        return (0, 0)
    left = int((kernel_size - strides) / 2)
    right = kernel_size - strides - left
    return (left, right)
