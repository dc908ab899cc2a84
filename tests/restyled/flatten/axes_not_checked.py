def flatten(layer):
    size = 1
    for n in layer.shape[1:]:
        size *= n
    xp = array_namespace(layer)
    return xp.reshape(layer, [-1, size]), size
