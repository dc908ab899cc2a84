def predict_in_batches(predict, images, batch_size):
    check_at_least_one(images=len(images), batch_size=batch_size)
    parts = max(len(images) // batch_size, 1)
    return np.concatenate([predict(batch) for batch in np.array_split(images, parts)])
