def dense(inputs, kernel, bias):
    if len(bias.shape) != 1 or int(bias.shape[0]) != kernel.shape[1]:
        raise ValueError(f"bias {tuple(bias.shape)}")
    return array_namespace(inputs).einsum("bi,ui->bu", inputs, kernel) + bias
