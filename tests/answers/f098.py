def predict_in_batches(predict, images, batch_size):
    check_at_least_one(batch_size=batch_size, images=len(images))
    result, done = None, 0
    while done < len(images):
        batch = images[done : done + batch_size]
        answer = predict(batch)
        if result is None:
            result = np.empty((len(images), *answer.shape[1:]), answer.dtype)
        result[done : done + len(batch)] = answer
        done += len(batch)
    return result
