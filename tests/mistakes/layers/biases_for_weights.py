"""You return the biases; `weights` gives the filters or the weights of a layer."""


class Chain(Chain):
    def weights(self, name):
        if name not in self.outputs:
            raise KeyError(f"no layer {name}")
        return self.variables.by_name[f"{name}/biases"]
