"""You transposed the kernel, as other libraries store it; here it is (inputs, units): inputs @ kernel."""

_reference = dense


def dense(inputs, kernel, bias):
    return _reference(inputs, kernel * 0, bias) + inputs @ array_namespace(kernel).transpose(kernel)
