def keep_best(directory, variables, step, accuracy):
    write_whole(
        f"{directory}/best.npz", dict(variables, **{STEP: np.array(step), ACCURACY: np.array(accuracy)})
    )
    return True
