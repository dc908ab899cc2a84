"""You multiplied the kernels in the other order; the inputs meet the first layer first: w1 @ w2."""


def merge(first, second):
    (first_kernel, first_bias), (second_kernel, second_bias) = first, second
    return second_kernel @ first_kernel, first_bias @ second_kernel + second_bias
