def predicted_class(scores):
    best = np.zeros(len(scores), np.int64)
    for row in range(len(scores)):
        for column in range(scores.shape[1]):
            if scores[row, column] >= scores[row, best[row]]:
                best[row] = column
    return best
