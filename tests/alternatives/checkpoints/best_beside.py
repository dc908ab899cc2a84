"""Reads the best accuracy with numpy.load directly, and compares it in another way."""

import math
import os

import numpy as np


def keep_best(directory, variables, step, accuracy):
    if math.isnan(accuracy):
        return False
    path = os.path.join(directory, "best.npz")
    try:
        with np.load(path) as archive:
            if accuracy <= archive[ACCURACY].item():
                return False
    except FileNotFoundError:
        pass
    arrays = dict(variables)
    arrays[STEP], arrays[ACCURACY] = np.int32(step), np.float64(accuracy)
    write_whole(path, arrays)
    return np.bool_(True)
