def restore_into(variables, path):
    restored, _ = restore(path)
    differences = []
    for name, array in variables.items():
        if name not in restored:
            differences.append(f"{name} is not in the checkpoint")
        elif restored[name].shape != array.shape:
            differences.append(f"{name} has shape {array.shape}, in the checkpoint {restored[name].shape}")
    if differences:
        raise ValueError("; ".join(differences))
    return {name: restored[name] for name in variables}
